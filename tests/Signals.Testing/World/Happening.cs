using System.Text.Json;
using Signals.Core.Intake.Events;
using Signals.Core.Platform.Languages;

namespace Signals.Testing.World;

/// <summary>One thing a person does, until <see cref="On"/> and its like say when; each of those goes back to the person.</summary>
public sealed class Happening(PersonStory person, EventType type, string name)
{
    private readonly Dictionary<string, object> _payload = new(StringComparer.Ordinal);
    private string? _group;
    private double _hour = 10;
    private int _times = 1;
    private TimeSpan _apart = TimeSpan.FromSeconds(1);
    private bool _imported;
    private bool _fromBrowser;
    private TimeSpan _late;
    private string? _timeZone;
    private string? _consent;

    /// <summary>A property, or a trait of identify and group.</summary>
    public Happening With(string property, object value)
    {
        _payload[property] = value;
        return this;
    }

    public Happening In(string? group)
    {
        _group = group;
        return this;
    }

    /// <summary>The UTC hour of the day; 10 unless told.</summary>
    public Happening At(double hour)
    {
        _hour = hour;
        return this;
    }

    /// <summary>Several times that day, a second apart.</summary>
    public Happening Times(int times)
    {
        _times = times;
        return this;
    }

    /// <summary>In so many sessions that day, two hours apart.</summary>
    public Happening InSessions(int sessions)
    {
        (_times, _apart) = (sessions, TimeSpan.FromHours(2));
        return this;
    }

    /// <summary>Arrives through the import as history.</summary>
    public Happening Imported()
    {
        _imported = true;
        return this;
    }

    /// <summary>Comes with a public key, by which anybody may say anything.</summary>
    public Happening FromBrowser()
    {
        _fromBrowser = true;
        return this;
    }

    /// <summary>Arrives so long after it happened.</summary>
    public Happening Late(TimeSpan by)
    {
        _late = by;
        return this;
    }

    /// <summary>What the device says of its zone.</summary>
    public Happening FromZone(string timeZone)
    {
        _timeZone = timeZone;
        return this;
    }

    /// <summary>What <c>context.consent</c> says of a category.</summary>
    public Happening Consenting(string category, bool isGiven)
    {
        _consent += $"{(isGiven ? '+' : '-')}{PlainName.Of(category)}\n";
        return this;
    }

    public PersonStory On(params IEnumerable<int> days)
    {
        byte[] payload = _payload.Count == 0 ? [] : JsonSerializer.SerializeToUtf8Bytes(_payload);
        foreach (int day in days)
        {
            for (int i = 0; i < _times; i++)
            {
                var at = person.World.At(day, _hour) + _apart * i;
                person.World.Expect(
                    new UsageEvent
                    {
                        Type = type,
                        MessageId = person.World.NextMessageId(),
                        UserId = person.UserId,
                        GroupId = _group ?? (type == EventType.Identify ? null : person.Group),
                        Name = name,
                        Timestamp = at,
                        ReceivedAt = at + _late,
                        Imported = _imported,
                        FromBrowser = _fromBrowser,
                        Payload = payload,
                        TimeZone = _timeZone,
                        Consent = _consent,
                    }
                );
            }
        }
        return person;
    }

    /// <summary>Every day from one to another, both included.</summary>
    public PersonStory OnDays(int from, int to) => On(Enumerable.Range(from, to - from + 1));

    /// <summary>Monday to Friday from one day to another, both included.</summary>
    public PersonStory OnWeekdays(int from, int to) =>
        On(
            Enumerable
                .Range(from, to - from + 1)
                .Where(day => person.World.At(day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        );
}
