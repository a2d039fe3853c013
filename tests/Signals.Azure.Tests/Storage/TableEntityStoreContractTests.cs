using Signals.Core.Platform.Storage;
using Signals.Testing.Storage;

namespace Signals.Azure.Tests.Storage;

/// <summary>What every store does, on Azurite or a real account.</summary>
public sealed class TableEntityStoreContractTests(Azurite azurite) : EntityStoreContract, IAsyncLifetime
{
    private IEntityStore? _store;

    protected override IEntityStore Store => _store!;

    public async ValueTask InitializeAsync() => _store = await azurite.OpenStoreAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_table_that_many_write_to_first_is_made_once_and_takes_all_rows()
    {
        string table = $"New{Guid.NewGuid():N}";
        Assert.Null(await Store.GetAsync(table, Partition, "row0", TestContext.Current.CancellationToken));
        Assert.Empty((await Store.QueryAsync(new EntityQuery(table, Partition), TestContext.Current.CancellationToken)).Entities);

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        var store = await azurite.OpenStoreAsync();
                        EntityOperation[] rows =
                        [
                            .. Enumerable
                                .Range(0, 1 + (i % 2))
                                .Select(part => EntityOperation.Insert(new Entity(Partition, $"row{i}-{part}"))),
                        ];
                        return await store.CommitAsync(table, Partition, rows, TestContext.Current.CancellationToken);
                    })
                )
        );

        Assert.All(results, result => Assert.True(result.Committed));
        Assert.Equal(12, (await Store.QueryAsync(new EntityQuery(table, Partition), TestContext.Current.CancellationToken)).Entities.Count);
    }

    [Fact]
    public async Task A_table_that_was_never_written_has_nothing_to_replace_or_delete()
    {
        string table = $"New{Guid.NewGuid():N}";

        var replaced = await Store.CommitAsync(
            table,
            Partition,
            [EntityOperation.Replace(new Entity(Partition, "row"), EntityOperation.AnyETag)],
            TestContext.Current.CancellationToken
        );
        var deleted = await Store.CommitAsync(table, Partition, [EntityOperation.Delete("row")], TestContext.Current.CancellationToken);
        var mixed = await Store.CommitAsync(
            table,
            Partition,
            [EntityOperation.Insert(new Entity(Partition, "new")), EntityOperation.Delete("row")],
            TestContext.Current.CancellationToken
        );

        Assert.Equal((CommitStatus.NotFound, 0), (replaced.Status, replaced.FailedIndex));
        Assert.Equal((CommitStatus.NotFound, 0), (deleted.Status, deleted.FailedIndex));
        Assert.Equal((CommitStatus.NotFound, 1), (mixed.Status, mixed.FailedIndex));
    }

    [Fact]
    public async Task Text_that_was_cut_within_a_character_is_kept_but_for_the_half_of_it()
    {
        await Store.CommitAsync(
            Table,
            Partition,
            [EntityOperation.Upsert(new Entity(Partition, "row") { ["Text"] = "cut \U0001F600"[..^1] })],
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            "cut \uFFFD",
            (await Store.GetAsync(Table, Partition, "row", TestContext.Current.CancellationToken))!.GetString("Text")
        );
    }

    [Fact]
    public async Task A_transaction_as_large_as_the_limits_allow_is_taken_as_it_travels()
    {
        // Quotes travel as six bytes each; the limits count them so.
        EntityOperation[] rows =
        [
            .. Enumerable
                .Range(0, 21)
                .Select(i =>
                    EntityOperation.Insert(new Entity(Partition, $"row{i}") { ["Text"] = new string('"', EntityLimits.MaxStringChars) })
                ),
        ];

        var result = await Store.CommitAsync(Table, Partition, rows, TestContext.Current.CancellationToken);

        Assert.True(result.Committed);
    }
}
