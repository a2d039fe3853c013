using Signals.Core.Causes;
using Signals.Core.Reviews;

namespace Signals.Core.Health;

/// <summary>Scores how much of what it pays for an account gets.</summary>
public static class HealthAssessor
{
    private const int TrendDays = 14;

    public static HealthScore Assess(AccountContext context, PeopleSummary people)
    {
        int days = context.Model.Value.Floor.Days;
        int from = context.Today - days + 1;
        double value = context.Usage.Value(from, context.Today);
        var key = context.Model.FeaturesOf(context.Facts.Plan).Where(feature => feature.Key).ToList();
        double? depth = key.Count == 0
            ? null
            : (double)key.Count(feature => context.Usage.Count(feature.Events, from, context.Today) > 0) / key.Count;
        int seats = context.Facts.Seats ?? people.Reviewed;
        double? breadth = seats == 0 ? null : Math.Min(1, (double)people.Active / seats);
        double? reach = context.Model.Reach is { } definition ? context.Usage.Distinct(definition, from, context.Today) : null;

        double earlier = context.Usage.Value(context.Today - 2 * TrendDays + 1, context.Today - TrendDays);
        double recent = context.Usage.Value(context.Today - TrendDays + 1, context.Today);
        double[] parts = [.. new[] { depth, breadth }.OfType<double>()];
        return new HealthScore(
            parts.Length == 0 ? 0 : (int)Math.Round(100 * parts.Average()),
            Rounded(depth), Rounded(breadth), reach is { } reached ? Math.Round(reached) : null,
            Math.Round(value, 2),
            context.Facts.Price > 0 ? Math.Round(value / context.Facts.Price, 3) : null,
            earlier > 0 ? Math.Round(recent / earlier - 1, 3) : null);
    }

    private static double? Rounded(double? share) => share is { } known ? Math.Round(known, 3) : null;
}
