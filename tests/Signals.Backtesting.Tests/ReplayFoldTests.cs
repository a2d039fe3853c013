using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Folding;
using Signals.Core.Response.Erasure;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Core.State.People;
using Signals.Core.State.Seen;
using Signals.Core.State.WakeUps;
using Signals.Testing.Storage;
using Signals.Testing.World;

namespace Signals.Backtesting.Tests;

/// <summary>A backtest folds what the service folds: the same states from the same events, whoever turns out to be who.</summary>
public sealed class ReplayFoldTests
{
    private const int Events = 250;

    private static readonly DateTimeOffset Start = new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("person")]
    [InlineData("group")]
    public async Task Replaying_gives_the_states_that_the_service_stores(string accounts)
    {
        var model = Model(accounts);
        for (int seed = 0; seed < 40; seed++)
        {
            var events = RandomStream(new Random(seed));
            var replay = new Replay(model);
            foreach (var usageEvent in events)
                replay.Fold(usageEvent, MessageHash.Of(usageEvent.MessageId));

            var (stored, counts) = await FoldAsync(model, events);

            Assert.Equal(stored, Portraits(replay.Accounts.Values.Select(account => (account.State, account.People.All))));
            Assert.Equal(counts, (replay.Folded, replay.Duplicates));
        }
    }

    private static ValueModel Model(string accounts) =>
        new ModelFile()
            .With("accounts", $"\"{accounts}\"")
            .With(
                "value",
                """{ "unit": "minutes", "from": [{ "event": "Watched", "property": "seconds", "scale": 0.5 }, { "event": "Shared", "amount": 3 }] }"""
            )
            .With("reach", """{ "events": ["Sent"], "distinct": "to" }""")
            .With("tickets", """{ "opened": ["Asked"], "solved": ["Answered"], "id": "ticket" }""")
            .With("feedback", """{ "nps": ["Rated"] }""")
            .With("facts", """[{ "event": "Billed", "plan": "plan" }]""")
            .ReadValid();

    /// <summary>
    /// Tracks of users and anonymous people, with groups and without, and everything that changes who they are; some out of order, some
    /// twice. Ids hold spaces, which keys do not; aliases make chains of names and try to close circles.
    /// </summary>
    private static List<UsageEvent> RandomStream(Random random)
    {
        var events = new List<UsageEvent>();
        for (int i = 0; i < Events; i++)
        {
            if (events.Count > 5 && random.Next(20) == 0)
            {
                events.Add(events[^random.Next(1, 5)]);
                continue;
            }
            var at = Start.AddHours(i * 2 - random.Next(30)).AddMilliseconds(random.Next(3_600_000));
            string user = $"user {random.Next(6)}",
                anonymous = $"anonymous {random.Next(5)}",
                group = $"group {random.Next(3)}";
            var usageEvent = new UsageEvent
            {
                Type = EventType.Track,
                MessageId = $"m{i}",
                Timestamp = at,
                ReceivedAt = at,
            };
            events.Add(
                random.Next(12) switch
                {
                    0 => usageEvent with
                    {
                        Type = EventType.Identify,
                        UserId = user,
                        AnonymousId = random.Next(2) == 0 ? anonymous : null,
                        Payload = Json($$"""{"plan":"p{{i}}","email":"e{{i}}@x.example"}"""),
                    },
                    1 => usageEvent with
                    {
                        Type = EventType.Group,
                        UserId = user,
                        GroupId = group,
                        Payload = Json($$"""{"name":"Group {{i}}","seats":{{i}}}"""),
                    },
                    2 when random.Next(3) == 0 => usageEvent with
                    {
                        Type = EventType.Alias,
                        UserId = user,
                        PreviousId = random.Next(2) == 0 ? anonymous : $"user {random.Next(6)}",
                    },
                    _ => Track(usageEvent, random, user, anonymous, group),
                }
            );
        }
        return events;
    }

    private static UsageEvent Track(UsageEvent usageEvent, Random random, string user, string anonymous, string group)
    {
        string[] names = ["Watched", "Shared", "Sent", "Asked", "Answered", "Rated", "Billed", "Other"];
        bool isAnonymous = random.Next(3) == 0;
        return usageEvent with
        {
            UserId = isAnonymous ? null : user,
            AnonymousId = isAnonymous || random.Next(4) == 0 ? anonymous : null,
            GroupId = random.Next(2) == 0 ? group : null,
            Name = names[random.Next(names.Length)],
            Locale = random.Next(5) == 0 ? "fr" : null,
            Payload = Json(
                $$"""{"seconds":{{random.Next(100)}},"to":"c{{random.Next(40)}}","ticket":"t{{random.Next(6)}}","score":{{random.Next(11)}},"plan":"q{{random.Next(3)}}"}"""
            ),
        };
    }

    private static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<(List<string> Portraits, (long Folded, long Duplicates) Counts)> FoldAsync(
        ValueModel model,
        List<UsageEvent> events
    )
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var store = new InMemoryEntityStore();
        var clock = new VirtualClock(Start);
        var wakes = new WakeIndex(store);
        var wishes = new ProductWishes(new Recipients(store, clock), new RecipientKey(new byte[32]), model);
        var list = new PeopleList(new ShardedList(store));
        var directory = new PersonDirectory(store, wakes, new HistoryMover(store, wakes, wishes, list, model, clock), clock);
        var folder = new EventFolder(model);
        var counters = new PipelineCounters(store, clock);
        var handler = new FoldHandler(
            new EventRouter(directory, model),
            new AccountFold(store, folder, directory, wakes, wishes, list, model, clock),
            folder,
            new Quarantine(store),
            counters,
            new LiveSince(store),
            new ImportedHistory(store, clock),
            new KnownEvents(store, clock),
            new MinuteCounts(clock),
            new SeenBook(store, new NamesInUse(model), new LeftOutList(store, new LeftOutCounts(clock), clock), clock),
            new LeftOutCounts(clock),
            new ErasedIds(store, new RecipientKey(new byte[32]), clock),
            clock,
            NullLogger<FoldHandler>.Instance
        );
        int number = 0;
        foreach (var usageEvent in events)
        {
            clock.MoveTo(usageEvent.ReceivedAt);
            var packed = Assert.Single(EventBatchCodec.Pack(new EventBatch([usageEvent], []), clock.GetUtcNow()));
            var message = new QueueMessage(QueueNames.Usage, $"message{number++}", packed.Body, 1, 1, clock.GetUtcNow(), "lease");
            Assert.Equal([Settlement.Done], await handler.HandleAsync([message], cancellationToken));
        }

        var rows = new AccountRows(store);
        var accounts = new List<(AccountState, IEnumerable<PersonState>)>();
        foreach (string key in store.All(AccountRows.Table).Select(row => row.PartitionKey).Distinct())
        {
            var account = await rows.GetAccountAsync(new AccountKey(key), cancellationToken);
            var people = await rows.GetPeopleAsync(new AccountKey(key), null, 100, cancellationToken);
            accounts.Add((account!, people));
        }
        var totals = await counters.GetAsync(cancellationToken);
        return (Portraits(accounts), (totals.Folded, totals.Duplicates));
    }

    /// <summary>Everything a review may look at, but for what only the service needs: deliveries, wake-ups, versions.</summary>
    private static List<string> Portraits(IEnumerable<(AccountState Account, IEnumerable<PersonState> People)> accounts) =>
        [
            .. accounts
                .Select(entry =>
                    $"""
                        {entry.Account.Key} id {entry.Account.Id} named {entry.Account.NamedAs} moved {entry.Account.Moved} people {entry.Account.People} live {entry.Account.FirstLiveAt:O}
                        profile {Packed(entry.Account.Profile.Write)} history {Packed(entry.Account.History.Write)} tickets {Packed(
                            entry.Account.Tickets.Write
                        )}
                        feedback {Packed(entry.Account.Feedback.Write)} memberships {Packed(entry.Account.Memberships.Write)}
                        {string.Join("\n", entry.People.OrderBy(person => person.Key.Value, StringComparer.Ordinal).Select(Portrait))}
                        """
                )
                .Order(StringComparer.Ordinal),
        ];

    private static string Portrait(PersonState person) =>
        $"  {person.Key} user {person.UserId} anonymous {person.AnonymousId} live {person.FirstLiveAt:O} "
        + $"profile {Packed(person.Profile.Write)} history {Packed(person.History.Write)}";

    private static string Packed(Action<PackWriter> write)
    {
        var writer = new PackWriter();
        write(writer);
        return Convert.ToHexString(writer.ToArray());
    }
}
