using System.Text;
using Signals.Core.Intake.Events;

namespace Signals.Core.Intake.Doors;

/// <summary>What became of a post, in lines for whoever tries a door.</summary>
public static class DoorTelling
{
    public static IEnumerable<string> Of(DoorReading reading)
    {
        for (int i = 0; i < reading.Items.Count; i++)
        {
            var item = reading.Items[i];
            yield return $"{i + 1}. {item.Type ?? "(no type)"}: {Outcome(item)}";
            foreach (var made in item.Events)
                yield return $"   {Told(made)}";
            if (item.Reason is { } reason)
                yield return $"   {reason}";
        }
    }

    private static string Outcome(DoorItem item) =>
        item.Outcome switch
        {
            DoorOutcome.Taken => $"becomes {item.Events.Count} {(item.Events.Count == 1 ? "event" : "events")}",
            DoorOutcome.NothingToTell => "known, and tells nothing that matters",
            DoorOutcome.Ignored => "ignored",
            _ => "quarantined",
        };

    private static string Told(UsageEvent made)
    {
        string what = made.Type switch
        {
            EventType.Track => $"track \"{made.Name}\"",
            EventType.Identify => "identify",
            EventType.Group => "group: this id is that account's",
            _ => $"alias: {made.PreviousId} is",
        };
        var line = new StringBuilder(what);
        if (made.GroupId is { } group)
            line.Append($", account {group}");
        if ((made.UserId ?? made.AnonymousId) is { } who)
            line.Append(made.Type == EventType.Alias ? $" {who}" : $", of {who}");
        line.Append($", at {made.Timestamp.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
        if (!made.Payload.IsEmpty)
            line.Append($": {Encoding.UTF8.GetString(made.Payload.Span)}");
        return line.ToString();
    }
}
