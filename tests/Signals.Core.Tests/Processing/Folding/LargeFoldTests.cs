using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
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
