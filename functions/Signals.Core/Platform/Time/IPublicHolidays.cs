namespace Signals.Core.Platform.Time;

/// <summary>The days on which a country rests beside its weekends.</summary>
public interface IPublicHolidays
{
    /// <summary>The countries whose days are known: ISO 3166-1, two capital letters.</summary>
    IReadOnlyCollection<string> Countries { get; }

    /// <summary>Whether people rest on that day all over the country; false where the country is not known.</summary>
    bool IsHoliday(string country, DateOnly day);
}

/// <summary>For whoever works by weekdays alone.</summary>
public sealed class NoPublicHolidays : IPublicHolidays
{
    public IReadOnlyCollection<string> Countries => [];

    public bool IsHoliday(string country, DateOnly day) => false;
}
