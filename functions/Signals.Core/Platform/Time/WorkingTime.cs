namespace Signals.Core.Platform.Time;

/// <summary>
/// By when something should be answered. Hours count from Monday to Friday only: what came on Friday evening is not unanswered on Saturday,
/// when nobody is there to answer it. Public holidays are not known.
/// </summary>
public static class WorkingTime
{
    /// <summary>The moment at which so many hours of working days have passed in the zone.</summary>
    public static DateTimeOffset After(DateTimeOffset from, double hours, TimeZoneInfo zone)
    {
        var left = TimeSpan.FromHours(hours);
        for (var moment = from; ; )
        {
            var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
            var midnight = Midnight(local.Date.AddDays(1), zone);
            if (local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                if (moment + left <= midnight)
                    return (moment + left).ToUniversalTime();
                left -= midnight - moment;
            }
            moment = midnight;
        }
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
