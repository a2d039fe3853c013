namespace Signals.Web.Charts;

/// <summary>A whole cut into its parts, side by side. It repeats what the text says.</summary>
public static class Shares
{
    public static Html Of(params IReadOnlyList<(double Part, string Tone)> parts)
    {
        double whole = parts.Sum(part => part.Part),
            at = 0;
        var pieces = new List<Html>();
        foreach (var (part, tone) in parts)
        {
            double width = whole <= 0 ? 0 : 100 * part / whole;
            pieces.Add(
                $"""
                <rect class="{(tone.Length == 0 ? "track" : "fill " + tone)}" x="{Scale.Text(at)}%" width="{Scale.Text(width)}%"
                    height="100%"/>
                """
            );
            at += width;
        }
        return $"""<svg class="shares" aria-hidden="true">{pieces}</svg>""";
    }
}
