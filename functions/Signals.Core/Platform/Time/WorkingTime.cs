namespace Signals.Core.Platform.Time;

/// <summary>
/// By when something should be answered. Hours count on working days only: what came on Friday evening is not unanswered on Saturday, when
/// nobody is there to answer it.
/// </summary>
public static class WorkingTime
{
    /// <summary>The moment at which so many hours of Monday to Friday have passed in the zone; public holidays are not known.</summary>
    public static DateTimeOffset After(DateTimeOffset from, double hours, TimeZoneInfo zone) => After(from, hours, WorkCalendar.Of(zone));

    /// <summary>The moment at which so many hours of working days have passed.</summary>
    public static DateTimeOffset After(DateTimeOffset from, double hours, WorkCalendar calendar)
    {
        var zone = calendar.Zone;
        var left = TimeSpan.FromHours(hours);
        for (var moment = from; ; )
        {
            var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
            var midnight = Midnight(local.Date.AddDays(1), zone);
            if (calendar.IsWorkingDay(DateOnly.FromDateTime(local)))
            {
                if (moment + left <= midnight)
                    return (moment + left).ToUniversalTime();
                left -= midnight - moment;
            }
            moment = midnight;
        }
    }

    /// <summary>The hours of Monday to Friday between two moments in the zone; 0 where the second is not later.</summary>
    public static double HoursBetween(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var calendar = WorkCalendar.Of(zone);
        var passed = TimeSpan.Zero;
        for (var moment = from; moment < to; )
        {
            var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
            var midnight = Midnight(local.Date.AddDays(1), zone);
            var end = midnight < to ? midnight : to;
            if (calendar.IsWorkingDay(DateOnly.FromDateTime(local)))
                passed += end - moment;
            moment = end;
        }
        return passed.TotalHours;
    }

    /// <summary>The first moment of a local day, also where clocks go forward at midnight.</summary>
    private static DateTimeOffset Midnight(DateTime day, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(day))
            day = day.AddMinutes(15);
        return new DateTimeOffset(
            day,
            zone.IsAmbiguousTime(day) ? zone.GetAmbiguousTimeOffsets(day).Max() : zone.GetUtcOffset(day)
        ).ToUniversalTime();
    }
}
