using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;
using Signals.Testing;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Processing.Folding;

/// <summary>The process dies before or after every single store call in turn; then the queue delivers again what was not settled.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(AccountsMode.Group, false)]
    [InlineData(AccountsMode.Group, true)]
    [InlineData(AccountsMode.Person, false)]
    [InlineData(AccountsMode.Person, true)]
    public async Task Wherever_a_fold_dies_redelivery_gives_the_same_state_and_counts(AccountsMode mode, bool applied)
    {
        var (expected, totals, calls) = await WithoutCrashAsync(mode);

        for (int call = 1; call <= calls; call++)
        {
            var store = new InMemoryEntityStore();
            var app = await BeforeAsync(store, mode);
            await DieAtAsync(app, store, call, applied);

            await AssertNothingIsForgottenAsync(app, store, $"died at call {call}, applied: {applied}");
            await app.Restarted().FoldAsync(Batch());

            string state = await StateText.OfAsync(app, store.All(AccountRows.Table));
            Assert.True(expected == state, $"Died at call {call}:{Environment.NewLine}{StateText.Difference(expected, state)}");
            Assert.Equal(totals, await app.TotalsAsync());
            await AssertNothingIsForgottenAsync(app, store, $"recovered from call {call}");
        }
    }

    [Theory]
    [InlineData(AccountsMode.Group)]
    [InlineData(AccountsMode.Person)]
    public async Task Wherever_a_fold_dies_a_second_death_does_no_more_harm(AccountsMode mode)
    {
        var (expected, totals, calls) = await WithoutCrashAsync(mode);
        var random = new Random(5);
        for (int round = 0; round < 150; round++)
        {
            var store = new InMemoryEntityStore();
            var app = await BeforeAsync(store, mode);
            for (int death = 0; death < 3; death++)
                await DieAtAsync(app, store, 1 + random.Next(calls), random.Next(2) == 0);

            await app.Restarted().FoldAsync(Batch());

            string state = await StateText.OfAsync(app, store.All(AccountRows.Table));
            Assert.True(expected == state, $"Round {round}:{Environment.NewLine}{StateText.Difference(expected, state)}");
            Assert.Equal(totals, await app.TotalsAsync());
        }
    }

    private static async Task<(string State, PipelineTotals Totals, int Calls)> WithoutCrashAsync(AccountsMode mode)
    {
        var store = new InMemoryEntityStore();
        var app = await BeforeAsync(store, mode);
        store.Probe.Reset();
        await app.FoldAsync(Batch());
        int calls = store.Probe.Total;
        var totals = await app.TotalsAsync();
        Assert.Equal(Before().Count() + Batch().Sum(message => message.Items), totals.Folded + totals.Duplicates + totals.Quarantined);
        return (await StateText.OfAsync(app, store.All(AccountRows.Table)), totals, calls);
    }

    /// <summary>
    /// Histories that the batch will move: a user without a group, anonymous ones alone and in a group, a user to be aliased.
    /// </summary>
    private static IEnumerable<UsageEvent> Before() =>
        [
            EventOf.Track("joins", FoldModel.Watched, properties: new { seconds = 60 }, id: "b1"),
            EventOf.Track("enters", FoldModel.Charged, properties: new { amount = 9 }, id: "b2"),
            EventOf.Track(null, FoldModel.Rated, properties: new { score = 2 }, id: "b3", anonymous: "device"),
            EventOf.Track(null, FoldModel.TicketOpened, properties: new { ticketId = "t" }, id: "b4", anonymous: "visitor", group: "acme"),
            EventOf.Track(null, FoldModel.Watched, properties: new { seconds = 5 }, id: "b5", anonymous: "visitor"),
            EventOf.Track("old", FoldModel.Watched, properties: new { seconds = 7 }, id: "b6", group: "acme"),
            EventOf.Track("settled", FoldModel.Watched, properties: new { seconds = 8 }, id: "b7", group: "acme"),
        ];

    private static QueueMessage[] Batch()
    {
        UsageEvent[] first =
        [
            EventOf.Group("joins", "acme", traits: new { plan = "pro" }, id: "c1"),
            EventOf.Track("joins", FoldModel.Watched, properties: new { seconds = 30 }, id: "c2"),
            EventOf.Track("joins", FoldModel.Watched, properties: new { seconds = 60 }, id: "b1"),
            EventOf.Identify("named", traits: new { email = "n@example.com" }, id: "c3", anonymous: "device"),
            EventOf.Track(null, FoldModel.Rated, properties: new { score = 2 }, id: "b3", anonymous: "device"),
        ];
        UsageEvent[] second =
        [
            EventOf.Track("enters", FoldModel.Watched, properties: new { seconds = 3 }, id: "c4"),
            EventOf.Track("enters", FoldModel.Imported, id: "c5", group: "acme"),
            EventOf.Identify("guest", id: "c6", anonymous: "visitor"),
            EventOf.Track(null, FoldModel.Watched, properties: new { seconds = 5 }, id: "b5", anonymous: "visitor"),
            EventOf.Alias("old", "young", id: "c7"),
            EventOf.Track("old", FoldModel.Watched, properties: new { seconds = 7 }, id: "b6", group: "acme"),
        ];
        UsageEvent[] third =
        [
            EventOf.Track("young", FoldModel.Watched, properties: new { seconds = 4 }, id: "c8", group: "acme"),
            EventOf.Track("settled", FoldModel.Watched, properties: new { seconds = 8 }, id: "b7", group: "acme"),
            EventOf.Track("settled", FoldModel.TicketSolved, properties: new { ticketId = "t" }, id: "c9", group: "acme"),
            EventOf.Track("joins", FoldModel.Watched, properties: new { seconds = 30 }, id: "c2"),
        ];
        return
        [
            FoldApp.Message("first", first),
            FoldApp.Message("second", second),
            FoldApp.Message("third", new EventBatch(third, [new QuarantinedEvent("no type", "{}", FoldApp.Noon)])),
        ];
    }

    private static async Task<FoldApp> BeforeAsync(InMemoryEntityStore store, AccountsMode mode)
    {
        var app = new FoldApp(store, FoldModel.Of(mode));
        await app.FoldAsync("before", Before());
        app.Clock.Advance(TimeSpan.FromHours(3));
        return app.Restarted();
    }

    /// <summary>Folds the batch in a process that dies at one call: whatever it does after that reaches the store no more.</summary>
    private static async Task DieAtAsync(FoldApp app, InMemoryEntityStore store, int number, bool applied)
    {
        bool dead = false;
        store.Probe.Reset();
        store.Probe.Before = call =>
        {
            dead |= !applied && call.Number == number;
            return dead ? throw new SimulatedCrashException(call) : ValueTask.CompletedTask;
        };
        store.Probe.After = call =>
        {
            dead |= call.Number == number;
            return dead ? throw new SimulatedCrashException(call) : ValueTask.CompletedTask;
        };
        try
        {
            await app.Restarted().DeliverAsync(Batch());
        }
        catch (SimulatedCrashException)
        {
            // The dead settle nothing: whether the handler threw or answered, the queue delivers again.
        }
        finally
        {
            store.Probe.Reset();
        }
    }

    /// <summary>
    /// Every account that is reviewed and has people has a wake-up or was reviewed after; every unfinished move has one too.
    /// </summary>
    private static async Task AssertNothingIsForgottenAsync(FoldApp app, InMemoryEntityStore store, string when)
    {
        var wakes = await app.AllWakesAsync();
        foreach (var row in store.All(AccountRows.Table).Where(row => row.RowKey == AccountRows.AccountRow))
        {
            var account = await app.AccountAsync(new AccountKey(row.PartitionKey));
            if (account is { IsHome: false, Moved: false })
                Assert.True(
                    wakes.Any(wake => wake.Kind == WakeKind.Move && wake.Account == account.Key),
                    $"{account.Key} is half moved and sleeps; {when}."
                );
            if (account.People == 0 || !ReviewSchedule.Covers(account.Key, app.Model.Accounts))
                continue;
            Assert.True(wakes.Any(wake => wake.Kind == WakeKind.Review && wake.Account == account.Key), $"{account.Key} sleeps; {when}.");
            Assert.True(
                wakes.Any(wake => wake.Account == account.Key && wake.At == account.NextWake),
                $"{account.Key} waits for {account.NextWake:O}, when nothing comes; {when}."
            );
        }
    }
}
