using Signals.Core.Diagnosis.Causes.UsageDrop;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>The rule against its description, worked out the long way on random days: what each day brought, in minutes.</summary>
public sealed class UsageDropByHandTests
{
    private const int Samples = 4_000;

    [Fact]
    public void It_finds_what_its_description_says_and_is_as_sure()
    {
        var random = new Random(20);
        int found = 0,
            bySilence = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            var (days, dips, settings) = Draw(random);
            var context = DayContexts.Of(days, settings) with { Norms = DayContexts.NormsWith(dips) };
            if (RhythmDrop.RhythmOf(context, settings) is not null)
                continue;
            double? expected = ByHand(days, dips, settings, context.Model.Value.Floor),
                said = new UsageDropRule().Assess(context)?.Confidence;
            Assert.True(
                expected is null == said is null && Math.Abs((expected - said) ?? 0) < 1e-9,
                $"sample {sample}: {said} instead of {expected} for {settings} and {string.Join(' ', days)}, without {string.Join(' ', dips)}"
            );
            found += said is null ? 0 : 1;
            bySilence += said is null || days.TakeLast(settings.Days).Any(value => value > 0) ? 0 : 1;
        }
        Assert.InRange(found, Samples / 10, Samples / 2);
        Assert.InRange(bySilence, 1, found - 1);
    }

    [Fact]
    public void All_days_of_the_baseline_may_be_asked_for() =>
        Assert.Empty(new ModelFile().With("causes", """{ "usage-drop": { "baselineDays": 30, "activeDays": 30 } }""").Errors());

    /// <summary>Some time of one level, then a window of another; amounts are few, so that borders are met often.</summary>
    private static (int[] Days, HashSet<int> Dips, UsageDropSettings Settings) Draw(Random random)
    {
        var settings = new UsageDropSettings(
            random.Next(2) == 0 ? 7 : 14,
            random.Next(2) == 0 ? 0.5 : 0.25,
            random.Next(3) switch
            {
                0 => 21,
                1 => 35,
                _ => 56,
            },
            random.Next(2) == 0 ? 3 : 6,
            random.Next(2) == 0 ? 20 : 120
        );
        int[] days = new int[random.Next(25, 110)];
        double often = 0.3 + 0.7 * random.NextDouble();
        int usual = random.Next(1, 5);
        bool alike = random.Next(3) == 0;
        int fallsAt = days.Length - random.Next(5, 25);
        double left = random.Next(3) == 0 ? 0 : random.NextDouble();
        for (int day = 0; day < days.Length; day++)
        {
            bool comes = random.NextDouble() < (day < fallsAt ? often : often * left);
            days[day] = comes ? 2 * (alike ? usual : random.Next(1, 2 * usual)) : 0;
        }
        var dips = new HashSet<int>();
        for (int count = random.Next(3) == 0 ? random.Next(1, 12) : 0; count > 0; count--)
            dips.Add(random.Next(days.Length));
        return (days, dips, settings);
    }

    private static double? ByHand(int[] days, HashSet<int> dips, UsageDropSettings settings, Floor floor)
    {
        int today = days.Length,
            last = Array.FindLastIndex(days, value => value > 0);
        if (last < 0 || today - last > settings.ForgetDays)
            return null;
        int[] recent = Counting(today - settings.Days, today - 1);
        // What lies behind the last day with value and before the window is neither level nor window.
        int to = Math.Min(today - settings.Days - 1, last),
            from = Math.Max(0, to - settings.BaselineDays + 1);
        if (recent.Length == 0 || to - from + 1 < Math.Min(28, settings.BaselineDays))
            return null;
        var level = new List<double>();
        for (int start = from; start + settings.Days <= to + 1; start++)
        {
            if (Counting(start, start + settings.Days - 1) is { Length: > 0 } window)
                level.Add(window.Average() * recent.Length);
        }
        double now = recent.Sum(),
            typical = Middle(level),
            fall = typical > 0 ? 1 - now / typical : 0;
        int valueDays = days[from..(to + 1)].Count(value => value > 0),
            recentDays = days.TakeLast(settings.Days).Count(value => value > 0);
        double asLow = level.Count(value => value <= now) / (double)level.Count;
        if (fall < settings.Fall || valueDays < settings.ActiveDays || typical / recent.Length * floor.Days < floor.Amount || asLow > 0.05)
            return null;
        int away = LongestAway(recent);
        if (away <= 9 && away < recent.Length && now >= typical * (recent.Length - away) / recent.Length * (1 - settings.Fall))
            return null;
        int[] baseline = Counting(from, to);
        double spread =
            Math.Max(Deviation(level), baseline.Length == 0 ? 0 : Deviation([.. baseline]) * Math.Sqrt(recent.Length))
            * Math.Sqrt(1 + recent.Length / (to - from + 1.0));
        double byAmount = spread > 0 ? Math.Min(1, 2 / (1 + (typical - now) * (typical - now) / (spread * spread))) : 0,
            byDays = Poisson.AtMost(recentDays, valueDays / (double)Math.Max(1, baseline.Length) * recent.Length);
        return (1 - Math.Min(byDays, byAmount)) * Math.Sqrt(fall) * (1 - asLow);

        int[] Counting(int first, int end) =>
            [.. Enumerable.Range(first, end - first + 1).Where(day => !dips.Contains(day)).Select(day => days[day])];
    }

    private static int LongestAway(int[] days)
    {
        int longest = 0;
        for (int from = 0; from < days.Length; from++)
            longest = Math.Max(longest, days.Skip(from).TakeWhile(value => value == 0).Count());
        return longest;
    }

    private static double Middle(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Deviation(IReadOnlyList<double> values) =>
        Math.Sqrt(Math.Max(0, values.Average(value => value * value) - values.Average() * values.Average()));

    private static double Deviation(IReadOnlyList<int> values) => Deviation([.. values.Select(value => (double)value)]);
}
