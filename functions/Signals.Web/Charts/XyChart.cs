namespace Signals.Web.Charts;

/// <summary>One measure against another: lines, and points with the interval in which the true value lies.</summary>
public static class XyChart
{
    private const double Width = 1000;

    /// <param name="words">What every chart says.</param>
    /// <param name="text">
    /// Its title, what the measure from left to right is (<c>Along</c>), how a value of either reads, and the numbers; its places are not
    /// used.
    /// </param>
    /// <param name="across">From the left end to the right.</param>
    /// <param name="up">From the bottom to the top.</param>
    /// <param name="lines">Drawn first to last.</param>
    /// <param name="points">Drawn over the lines.</param>
    public static Html Of(ChartWords words, ChartText text, Scale across, Scale up, IReadOnlyList<XyLine> lines, XyPoints? points = null)
    {
        Html legend = $"""
            <ul class="legend">{lines.Select(line => ChartFrame.LegendEntry(line.Style, line.Name))}
            {(points is null ? Html.Empty : Html.Of($"""
            <li><svg width="12" height="12" aria-hidden="true"><circle class="end s1" cx="6" cy="6" r="4.5"/></svg>{points.Name}</li>
            """))}</ul>
            """;
        Html plot = $"""
            {ChartFrame.Heights(text, up)}
            <svg class="drawing">
            {ChartFrame.Grid}
            <svg viewBox="0 0 1000 100" preserveAspectRatio="none" width="100%" height="100%"
                class="lines">{lines.Select(line => Line(line, across, up))}</svg>
            {(points?.Values ?? []).Select(point => Point(text, point, across, up))}
            </svg>
            {ChartFrame.Ends(text, across)}
            """;
        return ChartFrame.Of(words, text, legend, plot, table: Html.Empty);
    }

    private static Html Line(XyLine line, Scale across, Scale up)
    {
        string points = string.Join(
            ' ',
            line.Points.Select(point => $"{Scale.Text(across.FromLeft(point.X) / 100 * Width)},{Scale.Text(up.FromTop(point.Y))}")
        );
        return $"""<polyline class="{line.Style}" points="{points}"/>""";
    }

    private static Html Point(ChartText text, XyPoint point, Scale across, Scale up)
    {
        string x = Scale.Text(across.FromLeft(point.X)),
            low = Scale.Text(up.FromTop(point.Low)),
            high = Scale.Text(up.FromTop(point.High));
        string told = $"{text.Format(point.X)}: {text.Format(point.Y)} ({text.Format(point.Low)} – {text.Format(point.High)})";
        return $"""
            <g><title>{told}</title><line class="whisker" x1="{x}%" x2="{x}%" y1="{low}%" y2="{high}%"/>
            <circle class="end s1" cx="{x}%" cy="{Scale.Text(up.FromTop(point.Y))}%" r="4.5"/></g>
            """;
    }
}

/// <summary>A line through points.</summary>
/// <param name="Name">What it is, for the legend.</param>
/// <param name="Style">How it is drawn: <c>line s1</c> for what was measured, <c>reference</c> for what it is held against.</param>
/// <param name="Points">From left to right.</param>
public sealed record XyLine(string Name, string Style, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Points of one kind.</summary>
public sealed record XyPoints(string Name, IReadOnlyList<XyPoint> Values);

/// <summary>A measured point, with the interval in which its true height lies.</summary>
public sealed record XyPoint(double X, double Y, double Low, double High);
