namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// A habit and how unlikely it is that they stay away so long by chance. Each weekday has its own share of days with value in the weeks
/// before the last one; only weekdays on which they nearly always came count as missed, so that a weekend is no silence. A crumb of use
/// does not end it (<see cref="LastUse"/>).
/// </summary>
internal static class Habit
{
    private const int HabitDays = 56;
    private const int LeastHabitDays = 28;
    private const int Week = 7;

    /// <summary>A weekday belongs to the habit from this share of its days on.</summary>
    private const double Usually = 0.6;

    /// <summary>No habit is surer than that: everybody misses a day at times.</summary>
    private const double MostSure = 0.9;

    /// <summary>From then on the stop is no news; the silence goes on to count by its days.</summary>
    private const int News = 28;
    private const int OldNews = 120;

    /// <summary>Days that are looked at for earlier silences, and what is left of a surprise that had its like.</summary>
    private const int SilencesBack = 180;
    private const double HadItsLike = 0.35;

    /// <summary>
    /// The negative natural logarithm of the chance of missing so many days, 0 without a habit: 2.3 for each day on which they come nine
    /// times in ten. Less after a month of it, and where an earlier silence as long was no farewell.
    /// </summary>
    public static double? Surprise(RiskSubject subject)
    {
        if (Look(subject) is not { } habit)
            return null;
        double fresh = 1 - Math.Clamp((habit.Silent - News) / (double)(OldNews - News), 0, 1);
        return habit.Surprise * fresh * (habit.HadItsLike ? HadItsLike : 1);
    }

    /// <summary>How many days of the habit they missed.</summary>
    public static int Missed(RiskSubject subject) => Look(subject)?.Missed ?? 0;

    private static Stop? Look(RiskSubject subject)
    {
        var usage = subject.Usage;
        if (subject.LastUse is not { Day: var last } || usage.FirstDay is not { } first)
            return null;
        int from = Math.Max(first, last - HabitDays + 1);
        if (last - from + 1 < LeastHabitDays || !subject.Context.KnowsValueFrom(from))
            return null;
        int yesterday = subject.Context.Yesterday;
        Span<int> came = stackalloc int[Week];
        Span<int> days = stackalloc int[Week];
        for (int day = from; day <= last; day++)
        {
            if (subject.Context.Norms.IsDip(day))
                continue;
            days[day % Week]++;
            came[day % Week] += usage.ValueDays(day, day);
        }
        double surprise = 0;
        int missed = 0;
        for (int day = last + 1; day <= Math.Min(yesterday, last + OldNews); day++)
        {
            int weekday = day % Week;
            double share = (came[weekday] + 0.5) / (days[weekday] + 1.0);
            if (share < Usually || subject.Context.Norms.IsDip(day) || usage.ValueDays(day, day) > 0)
                continue;
            missed++;
            surprise -= Math.Log(1 - Math.Min(share, MostSure));
        }
        int silent = Math.Max(0, yesterday - last);
        return new Stop(silent, missed, surprise, missed > 0 && LongestSilence(subject, first, last) >= silent);
    }

    private static int LongestSilence(RiskSubject subject, int first, int last)
    {
        int longest = 0,
            silent = 0;
        for (int day = Math.Max(first, last - SilencesBack); day <= last; day++)
        {
            if (subject.Usage.ValueDays(day, day) > 0)
                silent = 0;
            else if (!subject.Context.Norms.IsDip(day))
                silent++;
            longest = Math.Max(longest, silent);
        }
        return longest;
    }

    private sealed record Stop(int Silent, int Missed, double Surprise, bool HadItsLike);
}
