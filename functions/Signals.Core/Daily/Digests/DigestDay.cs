using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Digests;

/// <summary>The working day whose digest is due: digests leave on working mornings, in the zone and the country of who gets them.</summary>
/// <param name="Day">The local day's number.</param>
/// <param name="At">When it is due, in UTC.</param>
/// <param name="Since">When the one before was due: what it told is no news.</param>
/// <param name="Until">When its day is over: news that are still untold by then are the next one's.</param>
/// <param name="Next">When the next one is due.</param>
/// <param name="IsFirstOfWeek">Open accounts that did not change are told again then: on Mondays, or after a holiday.</param>
public sealed record DigestDay(
    int Day,
    DateTimeOffset At,
    DateTimeOffset Since,
    DateTimeOffset Until,
    DateTimeOffset Next,
    bool IsFirstOfWeek
)
{
    private const int DaysAWeek = 7;

    private static readonly TimeOnly Hour = new(7, 0);

    /// <summary>The latest digest day that has begun by <paramref name="now"/>.</summary>
    public static DigestDay Latest(DateTimeOffset now, WorkCalendar calendar)
    {
        var local = TimeZoneInfo.ConvertTime(now, calendar.Zone);
        int day = DateOnly.FromDateTime(local.DateTime).DayNumber;
        if (TimeOnly.FromDateTime(local.DateTime) < Hour)
            day--;
        day = WorkingDay(day, -1, calendar);
        int before = WorkingDay(day - 1, -1, calendar);
        return new DigestDay(
            day,
            Moment(day, calendar.Zone),
            Moment(before, calendar.Zone),
            Moment(day + 1, calendar.Zone, TimeOnly.MinValue),
            Moment(WorkingDay(day + 1, 1, calendar), calendar.Zone),
            before < Days.MondayOf(day)
        );
    }

    /// <summary>
    /// The latest week whose digest hour has come, whatever the day is now: named by its Monday, due on its first working day.
    /// </summary>
    public static DigestDay LatestWeek(DateTimeOffset now, WorkCalendar calendar)
    {
        int monday = Days.MondayOf(Latest(now, calendar).Day),
            first = WorkingDay(monday, 1, calendar);
        return new DigestDay(
            monday,
            Moment(first, calendar.Zone),
            Moment(monday - DaysAWeek, calendar.Zone),
            Moment(first + 1, calendar.Zone, TimeOnly.MinValue),
            Moment(monday + DaysAWeek, calendar.Zone),
            IsFirstOfWeek: true
        );
    }

    /// <summary>When a day's digest is due, in UTC.</summary>
    public static DateTimeOffset Moment(int day, TimeZoneInfo zone) => Moment(day, zone, Hour);

    /// <summary>That day, or the nearest working day on one side of it.</summary>
    private static int WorkingDay(int day, int step, WorkCalendar calendar)
    {
        while (!calendar.IsWorkingDay(Days.Date(day)))
            day += step;
        return day;
    }

    private static DateTimeOffset Moment(int day, TimeZoneInfo zone, TimeOnly hour)
    {
        var local = Days.Date(day).ToDateTime(hour);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
