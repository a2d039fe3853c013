using System.Globalization;
using System.Net;
using System.Text;

namespace Signals.Local.Backtest.Page;

/// <summary>
/// One plot as inline SVG: a frame with two axes, and lines, bars, points and bands in it. Colours are the page's, by class, so that light
/// and dark follow the reader.
/// </summary>
internal sealed class Plot
{
    private const double Width = 640, Height = 320, Left = 56, Right = 16, Top = 14, Bottom = 46;

    private static readonly double[] RoundSteps = [1, 2, 5, 10];

    private readonly StringBuilder _marks = new();
    private readonly string _description;
    private readonly (double From, double To) _across, _up;

    /// <param name="description">What the plot shows, for who cannot see it.</param>
    /// <param name="across">The range of the horizontal axis.</param>
    /// <param name="up">The range of the vertical axis.</param>
    public Plot(string description, (double From, double To) across, (double From, double To) up)
    {
        _description = description;
        _across = across;
        _up = up.To > up.From ? up : (up.From, up.From + 1);
    }

    public Plot AxisAcross(string title, IEnumerable<(double At, string Text)> ticks)
    {
        foreach (var (at, text) in ticks)
            _marks.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{X(at):0.#}\" y=\"{Height - Bottom + 18:0.#}\" text-anchor=\"middle\">{Encoded(text)}</text>");
        _marks.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"{(Left + Width - Right) / 2:0.#}\" y=\"{Height - 8:0.#}\" text-anchor=\"middle\">{Encoded(title)}</text>");
        return this;
    }

    public Plot AxisUp(IEnumerable<(double At, string Text)> ticks)
    {
        foreach (var (at, text) in ticks)
        {
            _marks.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left:0.#}\" x2=\"{Width - Right:0.#}\" y1=\"{Y(at):0.#}\" y2=\"{Y(at):0.#}\"/>");
            _marks.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{Left - 8:0.#}\" y=\"{Y(at) + 4:0.#}\" text-anchor=\"end\">{Encoded(text)}</text>");
        }
        return this;
    }

    public Plot Line(IEnumerable<(double X, double Y)> points, string style)
    {
        string path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));
        _marks.Append($"<polyline class=\"{style}\" points=\"{path}\"/>");
        return this;
    }

    /// <summary>A bar from the axis up; its title shows where it is pointed at.</summary>
    public Plot Bar(double from, double to, double value, string style, string title)
    {
        double top = Y(value), bottom = Y(Math.Max(0, _up.From));
        _marks.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{X(from):0.#}\" y=\"{Math.Min(top, bottom):0.#}\" width=\"{Math.Max(1, X(to) - X(from)):0.#}\" height=\"{Math.Abs(bottom - top):0.#}\"><title>{Encoded(title)}</title></rect>");
        return this;
    }

    public Plot Point(double x, double y, string style, string title)
    {
        _marks.Append(CultureInfo.InvariantCulture, $"<circle class=\"{style}\" cx=\"{X(x):0.#}\" cy=\"{Y(y):0.#}\" r=\"4.5\"><title>{Encoded(title)}</title></circle>");
        return this;
    }

    /// <summary>A whisker from one value up to another.</summary>
    public Plot Whisker(double x, double from, double to)
    {
        _marks.Append(CultureInfo.InvariantCulture, $"<line class=\"whisker\" x1=\"{X(x):0.#}\" x2=\"{X(x):0.#}\" y1=\"{Y(from):0.#}\" y2=\"{Y(to):0.#}\"/>");
        return this;
    }

    public string ToSvg() => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Encoded(_description)}\">{_marks}<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\"/></svg>");

    /// <summary>Ticks at round numbers from 0, five or so of them.</summary>
    public static IEnumerable<double> Ticks(double to)
    {
        double rough = Math.Max(to, 1e-9) / 5, unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = RoundSteps.Select(times => times * unit).First(size => size >= rough * 0.999);
        for (int i = 0; i * step <= to * 1.0001; i++)
            yield return i * step;
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private double X(double value) => Left + (value - _across.From) / (_across.To - _across.From) * (Width - Left - Right);

    private double Y(double value) =>
        Height - Bottom - (Math.Clamp(value, _up.From, _up.To) - _up.From) / (_up.To - _up.From) * (Height - Top - Bottom);
}
