using Signals.Core.Platform.Serialization;

namespace Signals.Core.Diagnosis.Norms;

/// <summary>
/// How many accounts there were on each day, and how many of them got value: shows the days on which everybody stayed away.
/// </summary>
public sealed class ActivityDays
{
    /// <summary>How far back days are counted.</summary>
    public const int Length = 140;

    private const int WeeksAround = 4;

    /// <summary>Accounts that must be expected on a day before their absence says anything.</summary>
    private const double LeastExpected = 10;

    /// <summary>A dip has under this share of what the same weekday usually has.</summary>
    private const double DipShare = 0.5;

    private readonly SortedDictionary<int, (int Present, int Active)> _days = [];

    public void Add(int day, bool active)
    {
        var known = _days.GetValueOrDefault(day);
        _days[day] = (known.Present + 1, known.Active + (active ? 1 : 0));
    }

    public void MergeFrom(ActivityDays other)
    {
        foreach (var (day, counts) in other._days)
        {
            var known = _days.GetValueOrDefault(day);
            _days[day] = (known.Present + counts.Present, known.Active + counts.Active);
        }
    }

    /// <summary>
    /// Days with less than half the active share that the same weekday has in the four weeks on either side, by their median: the calendar
    /// of holidays that the customers themselves keep, whichever country they are in.
    /// </summary>
    public IEnumerable<int> Dips()
    {
        foreach (var (day, (present, active)) in _days)
        {
            var around = Enumerable
                .Range(-WeeksAround, 2 * WeeksAround + 1)
                .Where(week => week != 0)
                .Select(week => _days.GetValueOrDefault(day + 7 * week))
                .Where(counts => counts.Present > 0)
                .Select(counts => (double)counts.Active / counts.Present)
                .Order()
                .ToList();
            if (around.Count < WeeksAround)
                continue;
            double usual = around[around.Count / 2];
            if (usual * present >= LeastExpected && active < DipShare * usual * present)
                yield return day;
        }
    }

    public void Write(PackWriter writer)
    {
        writer.Count(_days.Count);
        foreach (var (day, (present, active)) in _days)
        {
            writer.Count(day);
            writer.Count(present);
            writer.Count(active);
        }
    }

    public static ActivityDays Read(ref PackReader reader)
    {
        var days = new ActivityDays();
        for (int count = reader.Count(); count > 0; count--)
            days._days[reader.Int()] = (reader.Int(), reader.Int());
        return days;
    }
}
