using Signals.Core.Intake.Events;
using Signals.Core.Platform.Time;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo;

/// <summary>One day of the story, and what happens on it. Everything lies within the customers' office hours.</summary>
/// <param name="index">0 to 89.</param>
/// <param name="date">Midnight UTC of the date.</param>
public sealed class StoryDay(int index, DateTimeOffset date)
{
    private readonly List<UsageEvent> _events = [];
    private readonly Dictionary<string, int> _eventsOf = new(StringComparer.Ordinal);

    public int Index => index;

    public DateTimeOffset Date => date;

    public DayOfWeek Weekday => date.DayOfWeek;

    public bool IsWeekend => Weekday is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>The day's events so far, in order of time.</summary>
    public IReadOnlyList<UsageEvent> InOrder() =>
        [.. _events.OrderBy(usageEvent => usageEvent.Timestamp).ThenBy(usageEvent => usageEvent.MessageId, StringComparer.Ordinal)];

    /// <summary>The moment of another day of the story at nine in the morning UTC, as text in ISO 8601.</summary>
    public string Moment(int day) => date.AddDays(day - index).AddHours(9).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>A person comes to the product at some time of their office hours.</summary>
    public StoryVisit Visit(StoryAccount account, StoryPerson person)
    {
        var local = date.Date.AddHours(8.5).AddSeconds(account.Chance.Next((int)TimeSpan.FromHours(7).TotalSeconds));
        var start = new DateTimeOffset(local, account.TimeZone.GetUtcOffset(local)).ToUniversalTime();
        return new StoryVisit(account, person, start, this);
    }

    internal void Add(UsageEvent usageEvent) => _events.Add(usageEvent);

    /// <summary>Counts each account's events by themselves, so that one account's part leaves the ids of all others as they were.</summary>
    internal string NextMessageId(string account)
    {
        int number = _eventsOf[account] = _eventsOf.GetValueOrDefault(account) + 1;
        return $"{account}-{Days.Key(Days.Of(date))}-{number}";
    }
}
