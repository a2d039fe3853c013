using Signals.Core.Diagnosis.Causes;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// The last day of real use. Crumbs that follow a fall are no recovery: that is seen when the amount comes back towards their own level,
/// by a day of half a usual one, or by a week of a fifth of what is usual. For who always used little, little is real use.
/// </summary>
/// <param name="Day">A UTC day, by number.</param>
/// <param name="Since">Value after it, up to today, in the model's unit; 0 where it is the last day with value.</param>
/// <param name="Usual">What their habit brings in that time; 0 where it is the last day with value.</param>
public sealed record LastUse(int Day, double Since, double Usual)
{
    private const int HabitDays = 56;
    private const int LeastHabitDays = 28;
    private const int Week = 7;

    /// <summary>A day of so much of a usual day with value is real use.</summary>
    private const double RealDay = 0.5;

    /// <summary>So much of what is usual is real use, since the fall and in its last week.</summary>
    private const double RealShare = 0.2;

    /// <summary>How far back stretches as poor are looked for, and the share of them that makes it their way.</summary>
    private const int StretchesBack = 120;
    private const double OrdinaryShare = 0.05;

    public static LastUse? Of(AccountContext context)
    {
        var usage = context.Usage;
        if (usage.LastValueDay is not { } last)
            return null;
        var use = new LastUse(last, 0, 0);
        for (int day = last; Before(context, day) is { } before && IsCrumb(context, day, before, out var earlier); day = before)
            use = earlier;
        return use.Day < last && IsTheirWay(context, use.Day, context.Yesterday - use.Day, use.Since) ? new LastUse(last, 0, 0) : use;
    }

    /// <summary>The last day with value before a day, as far back as a habit goes.</summary>
    private static int? Before(AccountContext context, int day)
    {
        for (int before = day - 1; before >= day - HabitDays; before--)
        {
            if (context.Usage.ValueDays(before, before) > 0)
                return before;
        }
        return null;
    }

    /// <summary>Whether the value of a day and of those after it is a crumb beside the habit up to the day with value before it.</summary>
    private static bool IsCrumb(AccountContext context, int day, int before, out LastUse earlier)
    {
        var usage = context.Usage;
        int from = Math.Max(before - HabitDays + 1, usage.FirstDay ?? before),
            yesterday = context.Yesterday;
        earlier = new LastUse(before, usage.Value(before + 1, context.Today), 0);
        if (
            before - from + 1 < LeastHabitDays
            || yesterday <= before
            || !context.KnowsValueFrom(from)
            || usage.Value(day, day) >= RealDay * usage.Value(from, before) / Math.Max(1, usage.ValueDays(from, before))
        )
            return false;
        Span<double> value = stackalloc double[Week];
        Span<int> days = stackalloc int[Week];
        for (int habit = from; habit <= before; habit++)
        {
            if (context.Norms.IsDip(habit))
                continue;
            days[habit % Week]++;
            value[habit % Week] += usage.Value(habit, habit);
        }
        double usual = 0,
            ofWeek = 0;
        for (int after = before + 1; after <= yesterday; after++)
        {
            double expected = context.Norms.IsDip(after) ? 0 : value[after % Week] / Math.Max(1, days[after % Week]);
            usual += expected;
            ofWeek += after > yesterday - Week ? expected : 0;
        }
        earlier = earlier with { Usual = usual };
        return earlier.Since < RealShare * usual && usage.Value(Math.Max(before, yesterday - Week) + 1, context.Today) < RealShare * ofWeek;
    }

    /// <summary>True for who had stretches as long and as poor before and went on: use that comes in bursts.</summary>
    private static bool IsTheirWay(AccountContext context, int to, int days, double value)
    {
        int stretches = 0,
            asPoor = 0;
        for (int end = to; end - days + 1 >= Math.Max(context.Usage.FirstDay ?? to, to - StretchesBack + 1); end--)
        {
            stretches++;
            asPoor += context.Usage.Value(end - days + 1, end) <= value ? 1 : 0;
        }
        return asPoor > OrdinaryShare * stretches;
    }
}
