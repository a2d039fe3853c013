using System.Text;
using Signals.Web.Api;

namespace Signals.Web.Dashboard;

/// <summary>Small drawings beside numbers. They repeat what the text says, so readers that can't see them skip them.</summary>
internal static class Bars
{
    private const int Width = 100;

    /// <summary>A part of a whole.</summary>
    public static Html Share(int part, int whole) => Bar(whole == 0 ? 0 : Width * Math.Min(part, whole) / whole, mark: null, reached: part == whole);

    /// <summary>Value on a scale of twice the floor, which is marked in the middle.</summary>
    public static Html Value(double value, double floor) =>
        Bar((int)(Width * Math.Clamp(floor <= 0 ? 1 : value / (2 * floor), 0, 1)), Width / 2, value >= floor);

    /// <summary>Value a day over the days that end today, each against the best of them.</summary>
    public static Html Days(IReadOnlyList<DayValue> values, int today, int days)
    {
        var amounts = new double[days];
        foreach (var value in values)
        {
            int index = value.Date.DayNumber - (today - days + 1);
            if (index >= 0 && index < days)
                amounts[index] = Math.Max(0, value.Amount);
        }
        double best = amounts.Max();
        var path = new StringBuilder();
        for (int i = 0; i < days && best > 0; i++)
        {
            double height = 20 * amounts[i] / best;
            if (height > 0)
                path.Append($"M{i * 4} 22v-{Math.Max(1.5, height):0.#}h3v{Math.Max(1.5, height):0.#}z");
        }
        return Html.Of($"""<svg class="days" viewBox="0 0 {days * 4} 24" preserveAspectRatio="none" aria-hidden="true"><path class="base" d="M0 22.5h{days * 4}v1H0z"/><path class="fill" d="{path.ToString()}"/></svg>""");
    }

    private static Html Bar(int filled, int? mark, bool reached)
    {
        var line = mark is { } at ? Html.Of($"""<rect class="mark" x="{at}" width="1" height="6"/>""") : Html.Empty;
        string fill = reached ? "fill reached" : "fill";
        return Html.Of($"""<svg class="bar" viewBox="0 0 {Width} 6" preserveAspectRatio="none" aria-hidden="true"><rect class="base" width="{Width}" height="6"/><rect class="{fill}" width="{filled}" height="6"/>{line}</svg>""");
    }
}
