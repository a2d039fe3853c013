namespace Signals.Core.Platform.Time;

/// <summary>Days are UTC days, numbered since 0001-01-01 as <see cref="DateOnly.DayNumber"/> does.</summary>
public static class Days
{
    public static int Of(DateTimeOffset moment) => (int)(moment.UtcTicks / TimeSpan.TicksPerDay);

    public static DateTimeOffset Start(int day) => new(day * TimeSpan.TicksPerDay, TimeSpan.Zero);

    public static DateOnly Date(int day) => DateOnly.FromDayNumber(day);

    /// <summary>yyyyMMdd, for row keys.</summary>
    public static string Key(int day) => Date(day).ToString("yyyyMMdd");

    /// <summary>The Monday on or before a day.</summary>
    public static int MondayOf(int day) => day - ((int)Date(day).DayOfWeek + 6) % 7;

    public static int ParseKey(ReadOnlySpan<char> key) => DateOnly.ParseExact(key, "yyyyMMdd").DayNumber;
}
