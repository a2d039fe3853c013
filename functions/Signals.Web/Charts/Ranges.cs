namespace Signals.Web.Charts;

/// <summary>A value on a fixed scale, with the interval in which the true one lies. It repeats what the text says.</summary>
public static class Ranges
{
    /// <param name="value">Between <paramref name="from"/> and <paramref name="to"/>.</param>
    /// <param name="low">The interval's lower end.</param>
    /// <param name="high">Its upper end.</param>
    /// <param name="from">The scale's left end.</param>
    /// <param name="to">Its right end.</param>
    public static Html Of(double value, double low, double high, double from, double to)
    {
        string X(double at) => Scale.Text(100 * Math.Clamp((at - from) / (to - from), 0, 1)) + "%";
        Html zero = from < 0 && to > 0 ? $"""<line class="zero" x1="{X(0)}" x2="{X(0)}" y1="10%" y2="90%"/>""" : Html.Empty;
        return $"""
            <svg class="range" aria-hidden="true"><line class="axis" x1="0" x2="100%" y1="50%" y2="50%"/>{zero}
            <line class="reach" x1="{X(low)}" x2="{X(high)}" y1="50%" y2="50%"/><circle class="point" cx="{X(value)}" cy="50%" r="5"/></svg>
            """;
    }
}
