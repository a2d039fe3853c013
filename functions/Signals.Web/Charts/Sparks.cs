using System.Text;

namespace Signals.Web.Charts;

/// <summary>Small drawings beside numbers. They repeat what the text says, so readers that can't see them skip them.</summary>
public static class Sparks
{
    private const int Width = 100;

    /// <summary>A part of a whole.</summary>
    public static Html Share(double part, double whole, string tone = "s1") =>
        Bar(whole <= 0 ? 0 : Width * Math.Min(part, whole) / whole, mark: null, tone);

    /// <summary>Value on a scale of twice the floor, which is marked in the middle.</summary>
    public static Html Value(double value, double floor) =>
        Bar(Width * Math.Clamp(floor <= 0 ? 1 : value / (2 * floor), 0, 1), Width / 2, value >= floor ? "healthy" : "at-risk");

    /// <summary>Value a day, each against the best of them.</summary>
    public static Html Days(IReadOnlyList<double> values)
    {
        double best = values.Count == 0 ? 0 : values.Max();
        var path = new StringBuilder();
        for (int i = 0; i < values.Count && best > 0; i++)
        {
            double height = values[i] <= 0 ? 0 : Math.Max(1.5, 20 * values[i] / best);
            if (height > 0)
                path.Append($"M{i * 4} 22v-{Scale.Text(height)}h3v{Scale.Text(height)}z");
        }
        return $"""
            <svg class="days" viewBox="0 0 {values.Count * 4} 24" preserveAspectRatio="none" aria-hidden="true"><path class="track"
                d="M0 22.5h{values.Count * 4}v1H0z"/><path class="fill" d="{path.ToString()}"/></svg>
            """;
    }

    private static Html Bar(double filled, int? mark, string tone)
    {
        Html line = mark is { } at ? $"""<rect class="mark" x="{at}" width="1" height="6"/>""" : Html.Empty;
        return $"""
            <svg class="bar" viewBox="0 0 {Width} 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track"
                width="{Width}" height="6"/><rect class="fill {tone}" width="{Scale.Text(filled)}" height="6"/>{line}</svg>
            """;
    }
}
