using Signals.Core.Accounts;
using Signals.Core.Model;
using Signals.Core.Value;

namespace Signals.Core.Causes;

/// <summary>
/// Strong use, then a sudden fall: value of the last days far under the account's own level before. Windows are compared as a whole, so
/// weekends weigh alike when the window is whole weeks. A week off between days of ordinary use is a holiday and no drop.
/// </summary>
/// <remarks>
/// Confidence is 1 minus the Poisson probability of seeing so few days with value at the earlier rate, times the square root of the
/// fall: a quiet fortnight of someone who came once a week says little.
/// </remarks>
public sealed class UsageDropRule : IAccountRule
{
    private const int LeastBaselineDays = 28;

    /// <summary>A week away and the weekends around it.</summary>
    private const int HolidayDays = 9;

    public string Cause => CauseIds.UsageDrop;

    public RuleFinding? Assess(AccountContext context)
    {
        var settings = context.Model.Causes.UsageDrop;
        var floor = context.Model.Value.Floor;
        if (context.Usage.LastValueDay is not { } lastDay || context.Usage.FirstDay is not { } first || context.Today - lastDay > settings.ForgetDays)
            return null;
        int recentFrom = context.Today - settings.Days + 1;
        int baselineTo = Math.Min(recentFrom - 1, lastDay);
        int baselineFrom = Math.Max(baselineTo - settings.BaselineDays + 1, first);
        int days = baselineTo - baselineFrom + 1;
        if (days < Math.Min(LeastBaselineDays, settings.BaselineDays) || !context.KnowsValueFrom(baselineFrom))
            return null;

        double earlier = context.Usage.Value(baselineFrom, baselineTo) / days * settings.Days;
        double recent = context.Usage.Value(recentFrom, context.Today);
        int activeDays = context.Usage.ValueDays(baselineFrom, baselineTo);
        double fall = earlier > 0 ? 1 - recent / earlier : 0;
        if (activeDays < settings.ActiveDays || fall < settings.Fall || earlier / settings.Days * floor.Days < floor.Amount)
            return null;
        int away = LongestAbsence(context.Usage, recentFrom, context.Today);
        double expectedWhileThere = earlier * (settings.Days - away) / settings.Days;
        if (away <= HolidayDays && away < settings.Days && recent >= expectedWhileThere * (1 - settings.Fall))
            return null;

        double expectedDays = (double)activeDays / days * settings.Days;
        int seenDays = context.Usage.ValueDays(recentFrom, context.Today);
        double confidence = (1 - PoissonAtMost(seenDays, expectedDays)) * Math.Sqrt(Math.Clamp(fall, 0, 1));
        string unit = context.Model.Value.Unit;
        return new RuleFinding(confidence, null, () =>
        [
            new Evidence(
                $"{Format.Amount(recent)} {unit} in the last {settings.Days} days, {Format.Percent(fall)} under their own level",
                $"{Format.Amount(recent)} {unit}", $"about {Format.Amount(earlier)} {unit}", Days.Date(recentFrom)),
            new Evidence(
                $"{Format.Count(seenDays, "day", "days")} with value in that time", Format.Count(seenDays, "day", "days"), $"about {Format.Amount(expectedDays)} days", Days.Date(recentFrom)),
            new Evidence($"last value on {Days.Date(lastDay):yyyy-MM-dd}", $"{Format.Count(context.Today - lastDay, "day", "days")} ago", "more recent", Days.Date(lastDay)),
        ]);
    }

    /// <summary>The most days in a row without value.</summary>
    private static int LongestAbsence(UsageView usage, int from, int to)
    {
        int longest = 0, run = 0;
        for (int day = from; day <= to; day++)
        {
            run = usage.ValueDays(day, day) > 0 ? 0 : run + 1;
            longest = Math.Max(longest, run);
        }
        return longest;
    }

    private static double PoissonAtMost(int count, double mean)
    {
        double term = Math.Exp(-mean), sum = term;
        for (int i = 1; i <= count; i++)
        {
            term *= mean / i;
            sum += term;
        }
        return Math.Min(1, sum);
    }
}
