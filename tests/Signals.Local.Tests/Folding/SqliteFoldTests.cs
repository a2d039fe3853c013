using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.People;
using Signals.Local.Storage;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Local.Tests.Folding;

/// <summary>The fold's main promises again, on the store that keeps them across restarts.</summary>
public sealed class SqliteFoldTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signals-fold-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(AccountsMode.Group)]
    [InlineData(AccountsMode.Person)]
    public async Task Workers_on_one_file_fold_what_a_single_one_folds_in_memory(AccountsMode mode)
    {
        var events = MovingPeople.Events(people: 40, groups: 4);
        var messages = events.Chunk(20).Select((part, i) => FoldApp.Message($"m{i}", part)).ToList();
        var memory = new InMemoryEntityStore();
        var expected = new FoldApp(memory, FoldModel.Of(mode));
        await expected.FoldAsync(messages);

        using (var database = SqliteDatabase.Open(_folder.FullName))
        {
            var app = new FoldApp(new SqliteEntityStore(database), FoldModel.Of(mode));
            await Task.WhenAll(
                messages.Chunk(8).Select(part => Task.Run(() => app.Restarted().FoldAsync(part), TestContext.Current.CancellationToken))
            );
        }

        using (var database = SqliteDatabase.Open(_folder.FullName))
        {
            var app = new FoldApp(new SqliteEntityStore(database), FoldModel.Of(mode));
            await app.FoldAsync(messages);

            var rows = memory.All(AccountRows.Table);
            Assert.Equal(await StateText.OfAsync(expected, rows), await StateText.OfAsync(app, rows));
            Assert.Equal(new PipelineTotals(events.Length, 0, 0), await app.TotalsAsync());
        }
    }

    [Fact]
    public async Task Thousands_of_ids_spill_and_move_within_the_limits_of_the_file()
    {
        using var database = SqliteDatabase.Open(_folder.FullName);
        var app = new FoldApp(new SqliteEntityStore(database), FoldModel.Groups);
        var events = Enumerable.Range(0, PersonIds.SpillAt + 500).Select(i => EventOf.Track("u", FoldModel.Watched, id: $"e{i}")).ToList();
        foreach (var (part, i) in events.Chunk(1000).Select((part, i) => (part, i)))
            await app.FoldAsync($"m{i}", part);

        await app.FoldAsync("join", EventOf.Group("u", "acme"));
        await app.FoldAsync("again", events.Take(1000));

        Assert.Equal(events.Count, (await app.MemberAsync("acme", "u")).History.Total(FoldModel.Watched)!.Count);
        Assert.Equal(1000, (await app.TotalsAsync()).Duplicates);
        var left = await app.Store.QueryAsync(new EntityQuery(AccountRows.Table, "u_u"), TestContext.Current.CancellationToken);
        Assert.Equal([AccountRows.AccountRow], left.Entities.Select(row => row.RowKey));
    }
}
