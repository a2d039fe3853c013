using System.Text.Json;
using Signals.Core.Intake.Events;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo;

/// <summary>One visit of a person to the product: each event comes some minutes after the one before.</summary>
public sealed class StoryVisit(StoryAccount account, StoryPerson person, DateTimeOffset start, StoryDay day)
{
    private static readonly TimeSpan Transit = TimeSpan.FromMilliseconds(400);

    private DateTimeOffset _now = start;

    public StoryVisit Track(string name) => Add(EventType.Track, name, default);

    public StoryVisit Track(string name, string property, string value) =>
        Add(EventType.Track, name, Json(writer => writer.WriteString(property, value)));

    public StoryVisit Track(string name, string property, double value) =>
        Add(EventType.Track, name, Json(writer => writer.WriteNumber(property, value)));

    public StoryVisit Track(string name, Action<Utf8JsonWriter> properties) => Add(EventType.Track, name, Json(properties));

    /// <summary>What follows happens so much later.</summary>
    public StoryVisit Later(TimeSpan wait)
    {
        _now += wait;
        return this;
    }

    /// <summary>What an SDK sends when somebody signs in for the first time: who they are, and which account they belong to.</summary>
    public StoryVisit SignIn()
    {
        Add(
            EventType.Identify,
            "",
            Json(traits =>
            {
                traits.WriteString("email", person.Email);
                traits.WriteString("name", person.Name);
                traits.WriteString("locale", person.Locale);
                traits.WriteString("timezone", account.TimeZone.Id);
                traits.WriteString("role", person.Role.ToString().ToLowerInvariant());
                traits.WriteString("createdAt", day.Moment(person.CreatedOn));
            })
        );
        return Group("live");
    }

    /// <summary>The account's facts as they are now.</summary>
    public StoryVisit Group(string stage) =>
        Add(
            EventType.Group,
            "",
            Json(traits =>
            {
                traits.WriteString("name", account.Name);
                traits.WriteString("plan", account.Plan);
                traits.WriteNumber("mrr", account.MrrOn(day.Index));
                traits.WriteNumber("seats", account.Seats);
                traits.WriteString("csm", account.Csm);
                traits.WriteBoolean("strategic", account.Strategic);
                traits.WriteString("goal", account.Goal);
                traits.WriteString("stage", stage);
                traits.WriteString("createdAt", day.Moment(account.CreatedOn));
                if (account.RenewsOn is { } renewal)
                    traits.WriteString("renewalAt", day.Moment(renewal));
                if (account.TrialEndsOn is { } end)
                    traits.WriteString("trialEndsAt", day.Moment(end));
            })
        );

    private StoryVisit Add(EventType type, string name, ReadOnlyMemory<byte> payload)
    {
        day.Add(
            new UsageEvent
            {
                Type = type,
                MessageId = day.NextMessageId(account.Id),
                UserId = person.Id,
                GroupId = account.Id,
                Name = name,
                Timestamp = _now,
                ReceivedAt = _now + Transit,
                Payload = payload,
            }
        );
        // Whole seconds, and more than the transit takes, so that order survives.
        _now += TimeSpan.FromSeconds(account.Chance.Next(20, 240));
        return this;
    }

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
