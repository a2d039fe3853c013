using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.People;

namespace Signals.Core.Response.Planning;

/// <summary>A person's own clock.</summary>
public static class LocalHours
{
    /// <summary>
    /// The person's zone by trait, else by device, else the model's. A zone that nobody knows counts as none.
    /// </summary>
    public static TimeZoneInfo ZoneOf(PersonState? person, ValueModel model) =>
        ZoneNames.Find(person?.Profile[Traits.TimeZone]) ?? ZoneNames.Find(person?.Profile[Traits.DeviceTimeZone]) ?? model.TimeZone;

    /// <summary>
    /// The first moment from <paramref name="now"/> on that lies outside the quiet hours of the zone and, unless
    /// <paramref name="weekends"/>
    /// are allowed, on one of its working days.
    /// </summary>
    public static DateTimeOffset NextAllowed(DateTimeOffset now, QuietHours? quiet, bool weekends, TimeZoneInfo zone)
    {
        for (var moment = now; ; )
        {
            var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
            DateTime end;
            if (!weekends && local.DayOfWeek is (DayOfWeek.Saturday or DayOfWeek.Sunday))
                end = local.Date.AddDays(local.DayOfWeek == DayOfWeek.Saturday ? 2 : 1);
            else if (quiet is not null && quiet.From != quiet.To && IsQuiet(TimeOnly.FromDateTime(local), quiet))
                end = local.Date.AddDays(TimeOnly.FromDateTime(local) < quiet.To ? 0 : 1) + quiet.To.ToTimeSpan();
            else
                return moment;
            moment = MomentOf(end, zone, moment);
        }
    }

    /// <summary>A local time to come, as a moment.</summary>
    private static DateTimeOffset MomentOf(DateTime end, TimeZoneInfo zone, DateTimeOffset now)
    {
        while (zone.IsInvalidTime(end))
            end = end.AddMinutes(15);
        if (!zone.IsAmbiguousTime(end))
            return new DateTimeOffset(end, zone.GetUtcOffset(end)).ToUniversalTime();
        // When the clock goes back the end comes twice: the first one that is still ahead counts.
        return zone.GetAmbiguousTimeOffsets(end)
            .Select(offset => new DateTimeOffset(end, offset).ToUniversalTime())
            .Where(moment => moment > now)
            .Min();
    }

    private static bool IsQuiet(TimeOnly time, QuietHours quiet) =>
        quiet.From < quiet.To ? time >= quiet.From && time < quiet.To : time >= quiet.From || time < quiet.To;
}
