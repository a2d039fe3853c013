using Signals.Core.Intake.Events;
using Signals.Testing.Folding;

namespace Signals.Core.Tests.Processing.Folding;

/// <summary>
/// Random events of a few people over some months: with duplicates, late ones, equal moments, tickets, feedback, anonymous beginnings,
/// aliases. Each person belongs to one group at most, and each id is named once: beyond that, order matters by design.
/// </summary>
internal sealed class RandomStory(int seed)
{
    private readonly Random _random = new(seed);

    public List<UsageEvent> Events(int count)
    {
        var events = new List<UsageEvent>();
        while (events.Count < count)
            events.Add(Next(events.Count));
        return [.. events, .. events.Where(_ => _random.Next(5) == 0)];
    }

    public UsageEvent[] Shuffled(IReadOnlyList<UsageEvent> events)
    {
        var shuffled = events.ToArray();
        _random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>Cuts a list into parts of 1 to <paramref name="most"/>.</summary>
    public IEnumerable<List<T>> Cut<T>(IReadOnlyList<T> items, int most)
    {
        for (int at = 0; at < items.Count; )
        {
            int size = Math.Min(items.Count - at, 1 + _random.Next(most));
            yield return items.Skip(at).Take(size).ToList();
            at += size;
        }
    }

    private UsageEvent Next(int number)
    {
        int who = _random.Next(6);
        string user = $"user {who}",
            anonymous = $"device-{who}";
        string? group = who < 4 ? $"Group {who / 2}" : null;
        var received = FoldApp.Noon.AddHours(_random.Next(0, 12));
        var at = received.AddDays(-_random.Next(0, 90)).AddMinutes(-30 * _random.Next(0, 20));
        string id = $"{seed}-{number}";
        bool named = _random.Next(3) > 0;
        string? eventUser = named ? user : null,
            eventAnonymous = named && _random.Next(2) == 0 ? null : anonymous;
        string? eventGroup = _random.Next(3) == 0 ? group : null;
        var usageEvent = _random.Next(14) switch
        {
            0 => EventOf.Identify(
                user,
                at,
                new
                {
                    plan = $"plan{_random.Next(3)}",
                    email = $"{_random.Next(4)}@example.com",
                    name = "é",
                },
                id,
                anonymous: anonymous
            ),
            1 => EventOf.Alias(anonymous, user, at, id),
            2 => EventOf.Alias($"earlier {who}", user, at, id),
            3 when group is not null => EventOf.Group(
                user,
                group,
                at,
                new { plan = $"plan{_random.Next(3)}", seats = _random.Next(5) },
                id
            ),
            4 => EventOf.Track(
                eventUser,
                FoldModel.Rated,
                at,
                new
                {
                    score = _random.Next(11),
                    comment = "words",
                    channel = "mail",
                },
                id,
                eventGroup,
                eventAnonymous
            ),
            5 => EventOf.Track(
                eventUser,
                FoldModel.TicketOpened,
                at,
                new { ticketId = $"t{_random.Next(4)}", body = $"help {number}" },
                id,
                eventGroup,
                eventAnonymous
            ),
            6 => EventOf.Track(
                eventUser,
                _random.Next(2) == 0 ? FoldModel.TicketAnswered : FoldModel.TicketSolved,
                at,
                new { ticketId = $"t{_random.Next(4)}" },
                id,
                eventGroup,
                eventAnonymous
            ),
            7 => EventOf.Track(eventUser, FoldModel.Charged, at, new { amount = _random.Next(100) }, id, eventGroup, eventAnonymous),
            8 => EventOf.Track(
                eventUser,
                FoldModel.Delivered,
                at,
                new { recipientId = _random.Next(1000) },
                id,
                eventGroup,
                eventAnonymous
            ),
            9 => EventOf.Track($"earlier {who}", FoldModel.Watched, at, new { seconds = _random.NextDouble() * 100 }, id, eventGroup),
            10 => EventOf.Track(eventUser, $"Unmentioned {_random.Next(8)}", at, null, id, eventGroup, eventAnonymous) with
            {
                Locale = $"l{_random.Next(3)}",
            },
            _ => EventOf.Track(
                eventUser,
                FoldModel.Watched,
                at,
                new { seconds = _random.NextDouble() * 1000 },
                id,
                eventGroup,
                eventAnonymous
            ),
        };
        return usageEvent.ReceivedAt(received);
    }
}
