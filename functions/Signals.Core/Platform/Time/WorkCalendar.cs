namespace Signals.Core.Platform.Time;

/// <summary>When somebody works: Monday to Friday of a zone, but for the public holidays of a country, where one is named.</summary>
public sealed record WorkCalendar(TimeZoneInfo Zone, string? Country, IPublicHolidays Holidays)
{
    private static readonly NoPublicHolidays None = new();

    /// <summary>By weekdays alone.</summary>
    public static WorkCalendar Of(TimeZoneInfo zone) => new(zone, null, None);

    public bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && (Country is null || !Holidays.IsHoliday(Country, day));
}
