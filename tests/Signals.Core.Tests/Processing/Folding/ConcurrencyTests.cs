using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Testing;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Processing.Folding;

public sealed class ConcurrencyTests
{
    [Theory]
    [InlineData(AccountsMode.Group)]
    [InlineData(AccountsMode.Person)]
    public async Task Workers_that_fold_into_the_same_accounts_at_once_lose_nothing_and_fold_nothing_twice(AccountsMode mode)
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            var story = new RandomStory(seed);
            var events = story.Events(120);
            var messages = story.Cut(story.Shuffled(events), 12).Select((part, i) => FoldApp.Message($"m{i}", part)).ToList();
            var calm = await FoldAsync(mode, [messages]);

            var store = new InMemoryEntityStore();
            // Gives way at every call, so that the workers' calls mix.
            store.Probe.Before = async _ =>
            {
                if (Random.Shared.Next(3) > 0)
                    await Task.Yield();
            };
            var busy = await FoldAsync(mode, messages.Chunk((messages.Count / 3) + 1), store);

            Assert.True(calm.State == busy.State, $"Seed {seed}:{Environment.NewLine}{StateText.Difference(calm.State, busy.State)}");
            Assert.Equal(calm.Totals, busy.Totals);
        }
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("other")]
    public async Task A_naming_between_the_reading_and_the_writing_of_a_row_leaves_no_row_behind(string home)
    {
        // The anonymous visitor's first event in the group is being folded while another worker names the visitor, at each call in turn.
        for (int number = 1; number <= 60; number++)
        {
            var store = new InMemoryEntityStore();
            var app = new FoldApp(store, FoldModel.Groups);
            if (home == "other")
                await app.FoldAsync("before", EventOf.Group("ada", home, id: "b1"));
            store.Probe.Reset();
            bool named = false;
            store.Probe.Before = async call =>
            {
                if (call.Number != number || named)
                    return;
                named = true;
                await app.Restarted().FoldAsync("naming", EventOf.Identify("ada", id: "i1", anonymous: "visitor"));
            };
            await app.FoldAsync(
                "folding",
                EventOf.Track(null, FoldModel.Watched, id: "e1", anonymous: "visitor", group: "acme"),
                EventOf.Track(null, FoldModel.Watched, id: "e2", anonymous: "visitor"),
                EventOf.Track("bob", FoldModel.Watched, id: "e3", group: "acme")
            );
            store.Probe.Reset();
            if (!named)
                await app.FoldAsync("naming", EventOf.Identify("ada", id: "i1", anonymous: "visitor"));

            Assert.Null(await app.FindAsync(AccountKey.Group("acme"), PersonKey.Anonymous("visitor")));
            Assert.Null(await app.FindAsync(AccountKey.Own(PersonKey.Anonymous("visitor")), PersonKey.Anonymous("visitor")));
            Assert.Equal(home == "acme" ? 2 : 1, (await app.MemberAsync("acme", "ada")).History.Total(FoldModel.Watched)!.Count);
            Assert.Equal(home == "acme" ? 3 : 2, (await app.GroupAsync("acme")).History.Total(FoldModel.Watched)!.Count);
            Assert.NotNull((await app.MemberAsync(home, "ada")).History.Total(FoldModel.Watched));
            Assert.Equal(2, (await app.GroupAsync("acme")).People);
            Assert.Equal(home == "acme" ? 4 : 5, (await app.TotalsAsync()).Folded);
        }
    }

    [Fact]
    public async Task An_alias_between_the_steps_of_another_move_loses_no_history()
    {
        // "visitor" is being named "ada" while another worker says that "ada" is really "zoe", at each call in turn.
        foreach (var mode in new[] { AccountsMode.Group, AccountsMode.Person })
        {
            for (int number = 1; number <= 60; number++)
            {
                var store = new InMemoryEntityStore();
                var app = new FoldApp(store, FoldModel.Of(mode));
                await app.FoldAsync(
                    "before",
                    EventOf.Track(null, FoldModel.Watched, id: "b1", anonymous: "visitor"),
                    EventOf.Track("ada", FoldModel.Watched, id: "b2", group: "acme"),
                    EventOf.Track("zoe", FoldModel.Watched, id: "b3", group: "acme"),
                    EventOf.Track(null, FoldModel.Watched, id: "b4", anonymous: "visitor", group: "acme")
                );
                store.Probe.Reset();
                bool aliased = false;
                store.Probe.Before = async call =>
                {
                    if (call.Number != number || aliased)
                        return;
                    aliased = true;
                    await app.Restarted().FoldAsync("alias", EventOf.Alias("ada", "zoe", id: "a1"));
                };
                await app.FoldAsync(
                    "naming",
                    EventOf.Identify("ada", id: "i1", anonymous: "visitor"),
                    EventOf.Track("ada", FoldModel.Watched, id: "e1", group: "acme")
                );
                store.Probe.Reset();
                if (!aliased)
                    await app.FoldAsync("alias", EventOf.Alias("ada", "zoe", id: "a1"));

                var account = mode == AccountsMode.Group ? AccountKey.Group("acme") : AccountKey.Own(PersonKey.User("zoe"));
                var zoe = await app.FindAsync(account, PersonKey.User("zoe"));
                Assert.Equal(5, zoe!.History.Total(FoldModel.Watched)!.Count);
                Assert.Equal(1, (await app.AccountAsync(account)).People);
                Assert.Equal(7, (await app.TotalsAsync()).Folded);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_workers_that_name_two_ids_after_each_other_leave_one_person(bool haveHistory)
    {
        for (int number = 1; number <= 30; number++)
        {
            var store = new InMemoryEntityStore();
            var app = new FoldApp(store, FoldModel.People);
            if (haveHistory)
                await app.FoldAsync("before", EventOf.Track("a", FoldModel.Watched), EventOf.Track("b", FoldModel.Watched));
            store.Probe.Reset();
            bool done = false;
            store.Probe.Before = async call =>
            {
                if (call.Number != number || done)
                    return;
                done = true;
                await app.Restarted().FoldAsync("other", EventOf.Alias("a", "b"));
            };
            await app.FoldAsync("one", EventOf.Alias("b", "a"));
            store.Probe.Reset();

            await app.FoldAsync("after", EventOf.Track("a", FoldModel.Watched), EventOf.Track("b", FoldModel.Watched));

            long[] counts = [await CountAsync(app, "a"), await CountAsync(app, "b")];
            Assert.Equal([0L, haveHistory ? 4L : 2L], counts.Order());
        }
    }

    [Fact]
    public async Task A_circle_of_names_that_two_dying_workers_left_is_broken_by_the_next_event()
    {
        for (int number = 1; number <= 4; number++)
        {
            var store = new InMemoryEntityStore();
            var app = new FoldApp(store, FoldModel.People);
            var (a, b) = (PersonKey.User("a"), PersonKey.User("b"));
            bool done = false;
            store.Probe.Before = async call =>
            {
                if (call.Number != number || done)
                    return;
                done = true;
                await app.Directory.NameAsync(b, "b", a, TestContext.Current.CancellationToken);
            };
            await app.Directory.NameAsync(a, "a", b, TestContext.Current.CancellationToken);
            store.Probe.Reset();

            await app.FoldAsync("after", EventOf.Track("a", FoldModel.Watched), EventOf.Track("b", FoldModel.Watched));

            long[] counts = [await CountAsync(app, "a"), await CountAsync(app, "b")];
            Assert.Equal([0L, 2L], counts.Order());
        }
    }

    [Fact]
    public async Task An_account_that_keeps_changing_gives_its_messages_back_and_no_others()
    {
        var store = new InMemoryEntityStore();
        var busy = AccountKey.Group("busy");
        var app = new FoldApp(store, FoldModel.Groups);
        await app.FoldAsync("before", EventOf.Track("u", FoldModel.Watched, group: "busy"));
        store.Probe.Before = async call =>
        {
            if (call is not { Kind: StoreCallKind.Commit, Target: AccountRows.Table } || call.Key != busy.Value || call.Writes < 2)
                return;
            var account = await app.AccountAsync(busy);
            await store.CommitAsync(AccountRows.Table, busy.Value, [AccountRows.Save(account)], TestContext.Current.CancellationToken);
        };

        var settlements = await app.DeliverAsync(
            FoldApp.Message("m1", EventOf.Track("u", FoldModel.Watched, group: "busy")),
            FoldApp.Message("m2", EventOf.Track("v", FoldModel.Watched, group: "calm"))
        );

        Assert.IsType<Settlement.Retry>(settlements[0]);
        Assert.Equal(Settlement.Done, settlements[1]);
        Assert.Equal(2, (await app.TotalsAsync()).Folded);
    }

    private static async Task<long> CountAsync(FoldApp app, string user) =>
        (await app.FindAsync(AccountKey.Own(PersonKey.User(user)), PersonKey.User(user)))?.History.Total(FoldModel.Watched)?.Count ?? 0;

    private static async Task<(string State, (long, long) Totals)> FoldAsync(
        AccountsMode mode,
        IEnumerable<IReadOnlyList<QueueMessage>> workers,
        InMemoryEntityStore? store = null
    )
    {
        store ??= new InMemoryEntityStore();
        var app = new FoldApp(store, FoldModel.Of(mode));
        await Task.WhenAll(
            workers.Select(messages =>
                Task.Run(
                    async () =>
                    {
                        // A store out of breath gives the whole batch back, as the queue would deliver it again.
                        var worker = app.Restarted();
                        for (var rest = messages; rest.Count > 0; )
                        {
                            try
                            {
                                var settlements = await worker.DeliverAsync(rest);
                                rest = [.. rest.Where((_, i) => settlements[i] != Settlement.Done)];
                            }
                            catch (TransientStoreException)
                            {
                                await Task.Yield();
                            }
                        }
                    },
                    TestContext.Current.CancellationToken
                )
            )
        );
        store.Probe.Reset();
        var totals = await app.TotalsAsync();
        return (await StateText.OfAsync(app, store.All(AccountRows.Table)), (totals.Folded, totals.Duplicates));
    }
}
