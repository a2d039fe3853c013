using System.Text;
using Signals.Core.Intake.Events;

namespace Signals.Core.Tests.Intake.Ingestion;

/// <summary>Builds batches to pack.</summary>
internal static class Batches
{
    public static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, 123, TimeSpan.Zero);

    public static UsageEvent Event(int number, int payloadBytes = 20) =>
        new()
        {
            Type = EventType.Track,
            MessageId = $"m-{number}",
            UserId = $"user-{number % 50}",
            Name = "Video Watched",
            Timestamp = Now.AddSeconds(-number),
            ReceivedAt = Now,
            Payload = Encoding.UTF8.GetBytes($$"""{"p":"{{Noise(number, payloadBytes)}}"}"""),
        };

    public static EventBatch Of(int events, int payloadBytes = 20) =>
        new([.. Enumerable.Range(0, events).Select(number => Event(number, payloadBytes))], []);

    /// <summary>All that an event says, payload included, for comparing.</summary>
    public static string Say(UsageEvent usage) => $"{usage with { Payload = default }} {Encoding.UTF8.GetString(usage.Payload.Span)}";

    /// <summary>Text that does not compress well, the same for the same seed.</summary>
    private static string Noise(int seed, int length) =>
        new(new Random(seed).GetItems<char>("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-", length));
}
