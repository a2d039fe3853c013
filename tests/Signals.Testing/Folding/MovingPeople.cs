using Signals.Core.Intake.Events;

namespace Signals.Testing.Folding;

/// <summary>
/// Events of people who move: half of them are anonymous until an identify names them, and each joins one of some groups later, so that
/// whoever folds them merges and moves histories.
/// </summary>
public static class MovingPeople
{
    private const int EventsEach = 15;

    /// <summary>Fifteen events of each, newest first, hours apart.</summary>
    public static UsageEvent[] Events(int people, int groups) =>
        [
            .. Enumerable
                .Range(0, EventsEach * people)
                .Select(i =>
                {
                    int who = i % people;
                    string user = $"user {who}",
                        device = $"device {who}",
                        group = $"Group {who % groups}";
                    var at = FoldApp.Noon.AddHours(-i);
                    var usageEvent = (i / people) switch
                    {
                        7 => EventOf.Identify(user, at, new { email = $"{who}@example.com" }, $"e{i}", anonymous: device),
                        9 => EventOf.Group(user, group, at, new { plan = "pro" }, $"e{i}"),
                        11 => EventOf.Track(user, FoldModel.TicketOpened, at, new { ticketId = $"t{who}", body = "help" }, $"e{i}", group),
                        _ when who % 2 == 0 => EventOf.Track(
                            null,
                            FoldModel.Watched,
                            at,
                            new { seconds = i * 1.1 },
                            $"e{i}",
                            anonymous: device
                        ),
                        _ => EventOf.Track(user, FoldModel.Watched, at, new { seconds = i * 1.1 }, $"e{i}", i % 3 == 0 ? group : null),
                    };
                    return usageEvent.ReceivedAt(FoldApp.Noon);
                }),
        ];
}
