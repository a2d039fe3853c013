using Signals.Core.Accounts;
using Signals.Core.Folding;
using Signals.Core.Model;

namespace Signals.Core.Outreach;

/// <summary>A person's own clock.</summary>
public static class LocalHours
{
    /// <summary>The person's zone by trait, else by device, else the model's. A zone that this machine does not know counts as none.</summary>
    public static TimeZoneInfo ZoneOf(PersonState? person, ValueModel model) =>
        Find(person?.Profile[Traits.TimeZone]) ?? Find(person?.Profile[EventFolder.DeviceTimeZone]) ?? model.TimeZone;

    /// <summary>The first moment from <paramref name="now"/> on that lies outside the quiet hours of the zone.</summary>
    public static DateTimeOffset NextAllowed(DateTimeOffset now, QuietHours? quiet, TimeZoneInfo zone)
    {
        if (quiet is null || quiet.From == quiet.To)
            return now;
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (!IsQuiet(TimeOnly.FromDateTime(local), quiet))
            return now;
        var end = local.Date + quiet.To.ToTimeSpan();
        if (end <= local)
            end = end.AddDays(1);
        while (zone.IsInvalidTime(end))
            end = end.AddMinutes(15);
        if (!zone.IsAmbiguousTime(end))
            return new DateTimeOffset(end, zone.GetUtcOffset(end)).ToUniversalTime();
        // When the clock goes back the end comes twice: the first one that is still ahead counts.
        return zone.GetAmbiguousTimeOffsets(end).Select(offset => new DateTimeOffset(end, offset).ToUniversalTime()).Where(moment => moment > now).Min();
    }

    private static bool IsQuiet(TimeOnly time, QuietHours quiet) => quiet.From < quiet.To
        ? time >= quiet.From && time < quiet.To
        : time >= quiet.From || time < quiet.To;

    private static TimeZoneInfo? Find(string? id) =>
        id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;
}
