using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.UsageDrop;

/// <summary>
/// Strong use, then a sudden fall: value of the last whole days, up to yesterday, far under the account's own level before. Days on which
/// customers at large stayed away (<see cref="Norms.CohortNorms.IsDip"/>) count on neither side, and windows are compared as a whole, so
/// that weekends weigh alike when the window is whole weeks. A week off between days of ordinary use is a holiday and no drop, nor is a
/// lull such as the account has had before. Who comes by the fortnight, month or quarter is judged by those: <see cref="RhythmDrop"/>.
/// </summary>
/// <remarks>
/// The level is the median of all earlier windows of the same length. Confidence is how unlikely the fall is by chance, times the square
/// root of the fall, times the share of earlier windows that were better (bursty use has low windows of its own). By chance is the less of
/// two: the Poisson probability of seeing so few days with value at the earlier rate (a quiet fortnight of someone who came once a week
/// says little), and, for who still comes a little every day, of so little value: whatever the distribution, a sum lies so many standard
/// deviations under its mean in one of 1 + z^2 cases at most (Cantelli's inequality), taken twice since every day is looked at.
/// </remarks>
public sealed class UsageDropRule : IAccountRule
{
    private const int LeastBaselineDays = 28;

    /// <summary>A week away and the weekends around it.</summary>
    private const int HolidayDays = 9;

    /// <summary>A level that so many earlier windows reached too is no fall.</summary>
    private const double OrdinaryShare = 0.05;

    public string Cause => CauseIds.UsageDrop;

    public RuleFinding? Assess(AccountContext context)
    {
        var settings = UsageDropSettings.Of(context.Model);
        if (RhythmDrop.RhythmOf(context, settings) is { } rhythm)
            return RhythmDrop.Assess(context, settings, rhythm);
        if (Windows.Of(context, settings) is not { } windows)
            return null;
        var floor = context.Model.Value.Floor;
        double typical = windows.Typical,
            recent = windows.Recent;
        double fall = typical > 0 ? 1 - recent / typical : 0;
        if (
            fall < settings.Fall
            || windows.EarlierDays < settings.ActiveDays
            || typical / windows.Days * floor.Days < floor.Amount
            || windows.AsLowBefore > OrdinaryShare
            || IsHoliday(context, windows, settings)
        )
            return null;

        double chance = Math.Min(Poisson.AtMost(windows.RecentDays, windows.ExpectedDays), windows.ChanceOfAmount);
        double confidence = (1 - chance) * Math.Sqrt(Math.Clamp(fall, 0, 1)) * (1 - windows.AsLowBefore);
        return new RuleFinding(confidence, null, () => Explain(context, windows, fall));
    }

    /// <summary>True for one stretch away, between days on which they used it as ever.</summary>
    private static bool IsHoliday(AccountContext context, Windows windows, UsageDropSettings settings)
    {
        int longest = 0,
            run = 0;
        for (int day = windows.From; day <= context.Yesterday; day++)
        {
            if (context.Norms.IsDip(day))
                continue;
            run = context.Usage.ValueDays(day, day) > 0 ? 0 : run + 1;
            longest = Math.Max(longest, run);
        }
        double expectedWhileThere = windows.Typical * (windows.Days - longest) / windows.Days;
        return longest <= HolidayDays && longest < windows.Days && windows.Recent >= expectedWhileThere * (1 - settings.Fall);
    }

    private static List<Evidence> Explain(AccountContext context, Windows windows, double fall)
    {
        string unit = context.Model.Value.Unit;
        DateOnly from = Days.Date(windows.From),
            to = Days.Date(context.Yesterday);
        return
        [
            new Evidence(
                Phrase.Of($"{Format.Amount(windows.Recent)} {unit} from {from} to {to}, {Format.Percent(fall)} under their own level"),
                Phrase.Of($"{Format.Amount(windows.Recent)} {unit}"),
                Phrase.Of($"about {Format.Amount(windows.Typical)} {unit}"),
                from
            ),
            new Evidence(
                Phrase.Of($"{Format.DayCount(windows.RecentDays)} with value in that time"),
                Format.DayCount(windows.RecentDays),
                Phrase.Of($"about {Format.Amount(windows.ExpectedDays)} days"),
                from
            ),
            new Evidence(
                Phrase.Of($"last value on {Days.Date(windows.LastDay)}"),
                Format.Day(Days.Date(windows.LastDay)),
                Phrase.Of("more recent"),
                Days.Date(windows.LastDay)
            ),
        ];
    }

    /// <summary>
    /// The recent window and the earlier ones of the same length, without the days on which customers at large stayed away.
    /// </summary>
    private sealed record Windows(
        int From,
        int Days,
        double Recent,
        int RecentDays,
        double Typical,
        double ExpectedDays,
        int EarlierDays,
        double AsLowBefore,
        double Deviation,
        int LastDay
    )
    {
        /// <summary>How likely so little value is at most where nothing has changed.</summary>
        public double ChanceOfAmount =>
            Typical <= Recent ? 1
            : Deviation > 0 ? Math.Min(1, 2 / (1 + Math.Pow((Typical - Recent) / Deviation, 2)))
            : 0;

        /// <summary>Null when there is too little to compare.</summary>
        public static Windows? Of(AccountContext context, UsageDropSettings settings)
        {
            var usage = context.Usage;
            if (usage.LastValueDay is not { } lastDay || usage.FirstDay is not { } first || context.Today - lastDay > settings.ForgetDays)
                return null;
            int from = context.Today - settings.Days;
            int days = Counted(context, from, context.Yesterday);
            int to = Math.Min(from - 1, lastDay);
            int earliest = Math.Max(to - settings.BaselineDays + 1, first);
            if (days == 0 || to - earliest + 1 < Math.Min(LeastBaselineDays, settings.BaselineDays) || !context.KnowsValueFrom(earliest))
                return null;
            double recent = Value(context, from, context.Yesterday);
            var earlier = new List<double>(to - earliest + 1);
            for (int start = earliest; start + settings.Days - 1 <= to; start++)
            {
                int counted = Counted(context, start, start + settings.Days - 1);
                if (counted > 0)
                    earlier.Add(Value(context, start, start + settings.Days - 1) / counted * days);
            }
            if (earlier.Count == 0)
                return null;
            earlier.Sort();
            int earlierDays = usage.ValueDays(earliest, to);
            return new Windows(
                from,
                days,
                recent,
                usage.ValueDays(from, context.Yesterday),
                Median.Of(earlier)!.Value,
                (double)earlierDays / Math.Max(1, Counted(context, earliest, to)) * days,
                earlierDays,
                (double)earlier.Count(value => value <= recent) / earlier.Count,
                Math.Max(DeviationOf(earlier), DeviationByDays(context, earliest, to) * Math.Sqrt(days))
                    * Math.Sqrt(1 + (double)days / (to - earliest + 1)),
                lastDay
            );
        }

        private static int Counted(AccountContext context, int from, int to)
        {
            if (!context.Norms.HasDips)
                return Math.Max(0, to - from + 1);
            int days = 0;
            for (int day = from; day <= to; day++)
                days += context.Norms.IsDip(day) ? 0 : 1;
            return days;
        }

        private static double Value(AccountContext context, int from, int to)
        {
            double value = context.Usage.Value(from, to);
            for (int day = from; context.Norms.HasDips && day <= to; day++)
            {
                if (context.Norms.IsDip(day))
                    value -= context.Usage.Value(day, day);
            }
            return value;
        }

        /// <summary>Standard deviation of a day's value: whole windows overlap, and tell too little of what varies by day.</summary>
        private static double DeviationByDays(AccountContext context, int from, int to)
        {
            var values = new List<double>(Math.Max(0, to - from + 1));
            for (int day = from; day <= to; day++)
            {
                if (!context.Norms.IsDip(day))
                    values.Add(context.Usage.Value(day, day));
            }
            return values.Count == 0 ? 0 : DeviationOf(values);
        }

        private static double DeviationOf(List<double> values)
        {
            double mean = values.Average();
            return Math.Sqrt(values.Sum(value => Math.Pow(value - mean, 2)) / values.Count);
        }
    }
}
