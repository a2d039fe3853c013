using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Processing.Folding;

public sealed class LargeFoldTests
{
    private readonly InMemoryEntityStore _store = new();
    private readonly FoldApp _app;

    public LargeFoldTests() => _app = new FoldApp(_store, FoldModel.Groups);

    [Fact]
    public async Task Twenty_thousand_events_of_one_person_in_a_week_spill_their_ids_and_are_still_folded_once()
    {
        var events = Enumerable
            .Range(0, 20_000)
            .Select(i => EventOf.Track("u", FoldModel.Watched, FoldApp.Noon.AddSeconds(i * 30), id: $"e{i}"))
            .ToList();
        foreach (var (part, i) in events.Chunk(1000).Select((part, i) => (part, i)))
        {
            _app.Clock.MoveTo(part[^1].ReceivedAt);
            await _app.FoldAsync($"m{i}", part);
        }

        await _app.FoldAsync("again", events.Where((_, i) => i % 20 == 0));

        var person = await _app.UserAsync("u");
        Assert.True(person.Ids.Spilled);
        Assert.Equal(20_000, person.History.Total(FoldModel.Watched)!.Count);
        Assert.Equal(new PipelineTotals(20_000, 1000, 0), await _app.TotalsAsync());
        Assert.Equal(PersonIds.Chunks, _store.All(AccountRows.Table).Count(row => row.RowKey.StartsWith("ids:", StringComparison.Ordinal)));
        Assert.All(_store.All(AccountRows.Table), row => Assert.InRange(EntityLimits.SizeOf(row), 1, 64 * 1024));
    }

    [Fact]
    public async Task A_hundred_and_twenty_people_take_three_transactions_and_after_each_the_account_and_its_people_agree()
    {
        int transactions = 0;
        _store.Probe.After = async call =>
        {
            if (call is not { Kind: StoreCallKind.Commit, Key: "g_acme" })
                return;
            transactions++;
            var account = await _app.GroupAsync("acme");
            var people = await _app.Rows.GetPeopleAsync(account.Key, null, 1000, TestContext.Current.CancellationToken);
            Assert.Equal(account.People, people.Count);
            Assert.Equal(
                account.History.Total(FoldModel.Watched)!.Count,
                people.Sum(person => person.History.Total(FoldModel.Watched)!.Count)
            );
        };

        await _app.FoldAsync("m1", People(120));

        Assert.Equal(3, transactions);
        Assert.Equal(120, Assert.Single((await _app.GroupAsync("acme")).History.Buckets).People);
    }

    [Fact]
    public async Task People_whose_rows_fill_a_transaction_are_folded_in_smaller_parts()
    {
        // 48 people with 400 days of 100 names each: a transaction of 4 MiB does not hold them all.
        var names = Enumerable.Range(0, 100).Select(i => $"A rather long name of an event {i}").ToArray();
        byte[] packed = HeavyPerson(names);
        for (int i = 0; i < 48; i++)
        {
            var row = new Entity("g_acme", AccountRows.PersonRow(PersonKey.User($"u{i}")));
            BlobColumns.Write(row, "state", packed);
            await _store.CommitAsync(AccountRows.Table, "g_acme", [EntityOperation.Insert(row)], TestContext.Current.CancellationToken);
        }
        int commits = 0;
        _store.Probe.After = call =>
        {
            commits += call is { Kind: StoreCallKind.Commit, Key: "g_acme" } ? 1 : 0;
            return ValueTask.CompletedTask;
        };

        await _app.FoldAsync("m1", People(48));

        Assert.InRange(48L * packed.Length, EntityLimits.MaxTransactionBytes + 1, long.MaxValue);
        Assert.InRange(commits, 2, 8);
        Assert.Equal(1, (await _app.MemberAsync("acme", "u47")).History.Total(FoldModel.Watched)!.Count);
    }

    [Theory]
    [InlineData(230_000)]
    [InlineData(1_000_000)]
    public async Task A_person_whose_ids_fill_more_than_a_transaction_is_folded_in_parts_and_once_wherever_it_dies(int ids)
    {
        await RememberAsync("u", ids);
        var batch = new[] { Week(0), Week(1) };
        int commits = await DieAtAsync(commit: int.MaxValue, applied: true, batch);
        Assert.InRange(commits, 2, 32);
        var totals = await _app.TotalsAsync();
        long watched = await WatchedAsync("u");

        // The same again, and as many new events in a process that dies between its parts: nothing is lost, nothing counts twice.
        await _app.FoldAsync(batch);
        Assert.Equal((watched, totals), (await WatchedAsync("u"), await _app.TotalsAsync()));
        foreach (var (dies, applied) in new[] { (1, true), (2, false), (2, true) })
        {
            var more = new[] { Week(10 + (2 * dies) + (applied ? 20 : 0)) };
            await DieAtAsync(dies, applied, more);
            await _app.Restarted().FoldAsync(more);
            watched += PerMessage;
            Assert.Equal(watched, await WatchedAsync("u"));
        }
        Assert.Equal(new PipelineTotals(1 + 5 * PerMessage, 0, 0), await _app.TotalsAsync());
    }

    [Fact]
    public async Task A_person_with_too_many_ids_does_not_hold_up_the_people_beside()
    {
        await RememberAsync("u", 230_000);
        var people = Enumerable.Range(0, 60).Select(i => EventOf.Track($"v{i}", FoldModel.Watched, group: "acme"));

        int commits = await DieAtAsync(int.MaxValue, true, [Week(0), FoldApp.Message("others", people)]);

        Assert.Equal(PerMessage, await WatchedAsync("u"));
        Assert.Equal(61, (await _app.GroupAsync("acme")).People);
        Assert.InRange(commits, 4, 12);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("acme")]
    public async Task Histories_whose_ids_fill_more_than_a_transaction_are_joined_wherever_that_dies(string? group)
    {
        const int Each = 150_000;
        var (user, device) = (PersonKey.User("u"), PersonKey.Anonymous("d"));
        await _app.FoldAsync(
            "first",
            EventOf.Track("u", FoldModel.Watched, group: group, id: "u 0"),
            EventOf.Track(null, FoldModel.Watched, group: group, id: "d 0", anonymous: "d")
        );
        foreach (var person in (PersonKey[])[user, device])
            await RememberAsync(group is null ? AccountKey.Own(person) : AccountKey.Group(group), person, Each);
        var naming = FoldApp.Message("naming", EventOf.Identify("u", id: "i", anonymous: "d"));
        for (int call = 1; call < 60; call += 7)
        {
            _store.Probe.Reset();
            _store.Probe.After = made => made.Number >= call ? throw new SimulatedCrashException(made) : ValueTask.CompletedTask;
            await Record.ExceptionAsync(() => _app.Restarted().DeliverAsync(naming));
        }
        _store.Probe.Reset();

        await _app.Restarted().FoldAsync(naming);
        await _app.FoldAsync(
            "again",
            EventOf.Track("u", FoldModel.Watched, group: group, id: "u 0"),
            EventOf.Track(null, FoldModel.Watched, group: group, id: "d 0", anonymous: "d"),
            EventOf.Track("u", FoldModel.Watched, group: group, id: $"before {user} {Each - 1}"),
            EventOf.Track("u", FoldModel.Watched, group: group, id: $"before {device} {Each - 1}")
        );

        var joined = (await _app.FindAsync(group is null ? AccountKey.Own(user) : AccountKey.Group(group), user))!;
        Assert.Equal(2, joined.History.Total(FoldModel.Watched)!.Count);
        await _app.Rows.LoadIdsAsync(
            group is null ? AccountKey.Own(user) : AccountKey.Group(group),
            joined,
            Enumerable.Range(0, PersonIds.Chunks),
            TestContext.Current.CancellationToken
        );
        Assert.Equal((2 * Each) + 3, joined.Ids.All().Count());
    }

    private const int PerMessage = 1000;

    private static QueueMessage Week(int number) =>
        FoldApp.Message(
            $"w{number}",
            Enumerable.Range(0, PerMessage).Select(i => EventOf.Track("u", FoldModel.Watched, group: "acme", id: $"w{number} {i}"))
        );

    /// <summary>A member of a group of whom so many ids are remembered, as folds of the last days left them.</summary>
    private async Task RememberAsync(string userId, int ids)
    {
        await _app.FoldAsync("first", EventOf.Track(userId, FoldModel.Imported, group: "acme"));
        await RememberAsync(AccountKey.Group("acme"), PersonKey.User(userId), ids);
    }

    private async Task RememberAsync(AccountKey account, PersonKey key, int ids)
    {
        var person = (await _app.FindAsync(account, key))!;
        for (int i = 0; i < ids; i++)
            person.Ids.Add(MessageHash.Of($"before {key} {i}"), Days.Of(FoldApp.Noon), 7);
        foreach (var operation in AccountRows.Save(account, person, Days.Of(FoldApp.Noon)))
        {
            var result = await _store.CommitAsync(AccountRows.Table, account.Value, [operation], TestContext.Current.CancellationToken);
            Assert.True(result.Committed);
        }
    }

    private async Task<long> WatchedAsync(string userId) =>
        (await _app.MemberAsync("acme", userId)).History.Total(FoldModel.Watched)?.Count ?? 0;

    /// <summary>Delivers messages to a process that dies at a commit into the group, before or after it took; returns its commits.</summary>
    private async Task<int> DieAtAsync(int commit, bool applied, QueueMessage[] messages)
    {
        int commits = 0;
        bool dead = false;
        ValueTask Meet(StoreCall call, bool isAfter)
        {
            if (!isAfter && call is { Kind: StoreCallKind.Commit, Key: "g_acme" })
                commits++;
            dead |= commits == commit && isAfter == applied;
            return dead ? throw new SimulatedCrashException(call) : ValueTask.CompletedTask;
        }
        _store.Probe.Before = call => Meet(call, isAfter: false);
        _store.Probe.After = call => Meet(call, isAfter: true);
        try
        {
            var settlements = await _app.Restarted().DeliverAsync(messages);
            if (commit == int.MaxValue)
                Assert.All(settlements, settlement => Assert.Equal(Settlement.Done, settlement));
        }
        catch (SimulatedCrashException)
        {
            // The dead settle nothing.
        }
        finally
        {
            _store.Probe.Reset();
        }
        return commits;
    }

    private static byte[] HeavyPerson(string[] names)
    {
        var person = new PersonState(PersonKey.User("heavy"));
        for (int day = 0; day < History.RetentionDays; day++)
        {
            foreach (string name in names)
                person.History.Record(name, FoldApp.Noon.AddDays(-day), mentioned: false, []);
        }
        return person.Pack();
    }

    private static IEnumerable<UsageEvent> People(int count) =>
        Enumerable.Range(0, count).Select(i => EventOf.Track($"u{i}", FoldModel.Watched, group: "acme"));
}
