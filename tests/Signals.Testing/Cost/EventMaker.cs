using System.Text;
using Signals.Core.Intake.Events;

namespace Signals.Testing.Cost;

/// <summary>Events as large and as varied as products send them, the same with the same seed.</summary>
internal sealed class EventMaker(int seed)
{
    private static readonly string[] Names =
    [
        "Report Shared",
        "Video Watched",
        "Export Completed",
        "Feed Read",
        "Search Done",
        "Page Opened",
    ];

    private readonly Random _random = new(seed);

    public Random Random => _random;

    public UsageEvent Track(
        string user,
        string group,
        DateTimeOffset at,
        DateTimeOffset receivedAt,
        bool imported = false,
        string? name = null
    ) =>
        new()
        {
            Type = EventType.Track,
            MessageId = $"ajs-next-{NewId()}",
            UserId = user,
            GroupId = group,
            Name = name ?? Names[_random.Next(Names.Length)],
            Timestamp = at,
            ReceivedAt = receivedAt,
            Imported = imported,
            Locale = "en-US",
            TimeZone = "America/New_York",
            Library = "@segment/analytics-node 3.1.0",
            Payload = Encoding.UTF8.GetBytes(
                $$"""{"minutes":{{_random.Next(1, 20)}},"itemId":"{{NewId()}}","source":"{{(_random.Next(2) == 0 ? "web" : "mobile")}}","url":"https://app.nimbus.example/items/{{_random.Next(100_000)}}","durationMs":{{_random.Next(100_000)}}}"""
            ),
        };

    public UsageEvent Identify(string user, string group, DateTimeOffset at) =>
        Track(user, group, at, at, imported: true) with
        {
            Type = EventType.Identify,
            Name = "",
            Payload = Encoding.UTF8.GetBytes(
                $$"""{"email":"{{user}}@nimbus.example","name":"{{user}}","createdAt":"2025-06-01T00:00:00Z"}"""
            ),
        };

    /// <summary>The time until the next of so many arrivals a second that know nothing of each other.</summary>
    public TimeSpan Gap(double perSecond) => TimeSpan.FromSeconds(-Math.Log(1 - _random.NextDouble()) / perSecond);

    private string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
