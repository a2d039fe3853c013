using System.Globalization;
using System.Net;
using System.Text;

namespace Signals.Local.Backtest.Page;

/// <summary>Named amounts as bars that lie one under the other, each with its name before it and its number behind it, as inline SVG.</summary>
/// <param name="description">What the plot shows, for who cannot see it.</param>
/// <param name="most">The amount that fills a row.</param>
internal sealed class BarList(string description, double most)
{
    private const double Width = 640, Left = 190, Right = 64, RowHeight = 30, Thickness = 18, Top = 10;

    private readonly StringBuilder _marks = new();
    private int _rows;

    /// <summary>A row with a part of its amount set off.</summary>
    public BarList Row(string name, double amount, double part, string number)
    {
        double top = Top + _rows++ * RowHeight, middle = top + Thickness / 2 + 4;
        _marks.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{Left - 10:0.#}\" y=\"{middle:0.#}\" text-anchor=\"end\">{Encoded(name)}</text>");
        Bar(amount, "bar soft");
        Bar(part, "bar");
        _marks.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{Left + Length(amount) + 6:0.#}\" y=\"{middle:0.#}\">{Encoded(number)}</text>");
        return this;

        void Bar(double value, string style) => _marks.Append(
            CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{Left:0.#}\" y=\"{top:0.#}\" width=\"{Length(value):0.#}\" height=\"{Thickness:0.#}\"/>");
    }

    public string ToSvg() => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg viewBox=\"0 0 {Width} {2 * Top + _rows * RowHeight - (RowHeight - Thickness)}\" role=\"img\" aria-label=\"{Encoded(description)}\">{_marks}</svg>");

    private double Length(double value) => most > 0 ? value / most * (Width - Left - Right) : 0;

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
