using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Digests;

/// <summary>The working day whose digest is due: digests leave on weekday mornings of the model's time zone.</summary>
/// <param name="Day">The local day's number.</param>
/// <param name="At">When it is due, in UTC.</param>
/// <param name="Since">When the one before was due: what it told is no news.</param>
/// <param name="Until">When its day is over: news that are still untold by then are the next one's.</param>
/// <param name="Next">When the next one is due.</param>
public sealed record DigestDay(int Day, DateTimeOffset At, DateTimeOffset Since, DateTimeOffset Until, DateTimeOffset Next)
{
    private const int DaysAWeek = 7;

    private static readonly TimeOnly Hour = new(7, 0);

    /// <summary>Open accounts that did not change are told again on Mondays.</summary>
    public bool IsFirstOfWeek => Days.Date(Day).DayOfWeek == DayOfWeek.Monday;

    /// <summary>The latest digest day that has begun by <paramref name="now"/>.</summary>
    public static DigestDay Latest(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        int day = DateOnly.FromDateTime(local.DateTime).DayNumber;
        if (TimeOnly.FromDateTime(local.DateTime) < Hour)
            day--;
        day = WorkingDay(day);
        return new DigestDay(
            day,
            Moment(day, zone),
            Moment(WorkingDay(day - 1), zone),
            Moment(day + 1, zone, TimeOnly.MinValue),
            Moment(NextWorkingDay(day), zone)
        );
    }

    /// <summary>The latest Monday whose digest hour has come, whatever the day is now.</summary>
    public static DigestDay LatestMonday(DateTimeOffset now, TimeZoneInfo zone)
    {
        var latest = Latest(now, zone);
        int monday = latest.Day - ((int)Days.Date(latest.Day).DayOfWeek + 6) % 7;
        return new DigestDay(
            monday,
            Moment(monday, zone),
            Moment(monday - DaysAWeek, zone),
            Moment(monday + 1, zone, TimeOnly.MinValue),
            Moment(monday + DaysAWeek, zone)
        );
    }

    /// <summary>When a day's digest is due, in UTC.</summary>
    public static DateTimeOffset Moment(int day, TimeZoneInfo zone) => Moment(day, zone, Hour);

    private static int WorkingDay(int day)
    {
        while (Days.Date(day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            day--;
        return day;
    }

    private static int NextWorkingDay(int day)
    {
        do day++;
        while (Days.Date(day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
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
