using Signals.Core.Platform.Storage;
using Signals.Testing;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Platform.Storage;

public sealed class EntityStoreExtensionsTests
{
    private const string Table = "lists";

    private readonly InMemoryEntityStore _store = new();

    [Fact]
    public async Task All_rows_are_read_page_by_page()
    {
        await PutAsync(7);

        var rows = await _store
            .ReadAllAsync(new EntityQuery(Table, "p", Take: 3), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 7).Select(Key), rows.Select(row => row.RowKey));
        Assert.Equal(3, _store.Probe.Count(StoreCallKind.Query));
    }

    [Fact]
    public async Task Who_stops_early_has_no_more_read()
    {
        await PutAsync(7);

        await foreach (var _ in _store.ReadAllAsync(new EntityQuery(Table, "p", Take: 3), TestContext.Current.CancellationToken))
            break;

        Assert.Equal(1, _store.Probe.Count(StoreCallKind.Query));
    }

    [Fact]
    public async Task Pages_grow_for_those_who_read_on()
    {
        await PutAsync(20);

        var rows = await _store
            .ReadAllAsync(new EntityQuery(Table, "p", Take: 2), TestContext.Current.CancellationToken, growTo: 8)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(20, rows.Count);
        // 2, 4, 8 and the last 6.
        Assert.Equal(4, _store.Probe.Count(StoreCallKind.Query));
    }

    [Fact]
    public async Task Short_and_empty_pages_do_not_end_it()
    {
        await PutAsync(5);
        var sparse = new ShortPages(_store);

        var all = await sparse
            .ReadAllAsync(new EntityQuery(Table, "p"), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        var first = await sparse.ReadFirstAsync(new EntityQuery(Table, "p"), 4, TestContext.Current.CancellationToken);

        Assert.Equal(5, all.Count);
        Assert.Equal(Enumerable.Range(0, 4).Select(Key), first.Select(row => row.RowKey));
        Assert.Equal(5, await sparse.RemoveAllAsync(new EntityQuery(Table, "p"), TestContext.Current.CancellationToken));
        Assert.Empty(_store.All(Table));
    }

    [Fact]
    public async Task The_first_rows_ask_for_no_more_than_they_are()
    {
        await PutAsync(7);

        Assert.Equal(3, (await _store.ReadFirstAsync(new EntityQuery(Table, "p"), 3, TestContext.Current.CancellationToken)).Count);
        Assert.Equal(1, _store.Probe.Count(StoreCallKind.Query));
    }

    [Fact]
    public async Task A_range_is_removed_and_nothing_beside_it()
    {
        await PutAsync(250);

        int removed = await _store.RemoveAllAsync(new EntityQuery(Table, "p", Key(10), Key(240)), TestContext.Current.CancellationToken);

        Assert.Equal(230, removed);
        Assert.Equal(20, _store.All(Table).Count);
    }

    [Fact]
    public async Task A_row_that_somebody_else_removes_meanwhile_is_not_counted()
    {
        await PutAsync(3);
        _store.Probe.Before = async call =>
        {
            if (call.Kind != StoreCallKind.Commit)
                return;
            _store.Probe.Before = null;
            await _store.CommitAsync(Table, "p", [EntityOperation.Delete(Key(1))], TestContext.Current.CancellationToken);
        };

        Assert.Equal(2, await _store.RemoveAllAsync(new EntityQuery(Table, "p"), TestContext.Current.CancellationToken));
        Assert.Empty(_store.All(Table));
    }

    private static string Key(int number) => $"{number:D3}";

    private async Task PutAsync(int rows)
    {
        foreach (var chunk in Enumerable.Range(0, rows).Chunk(100))
            await _store.CommitAsync(
                Table,
                "p",
                [.. chunk.Select(number => EntityOperation.Insert(new Entity("p", Key(number))))],
                TestContext.Current.CancellationToken
            );
        _store.Probe.Reset();
    }

    /// <summary>As Table Storage may answer: an empty page before every row.</summary>
    private sealed class ShortPages(IEntityStore inner) : IEntityStore
    {
        private const string Empty = "empty:";

        public ValueTask<Entity?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
            inner.GetAsync(table, partitionKey, rowKey, cancellationToken);

        public ValueTask<EntityPage> QueryAsync(EntityQuery query, CancellationToken cancellationToken)
        {
            string token = query.Continuation ?? "";
            if (!token.StartsWith(Empty, StringComparison.Ordinal))
                return new ValueTask<EntityPage>(new EntityPage([], Empty + token));
            string rest = token[Empty.Length..];
            return inner.QueryAsync(query with { Take = 1, Continuation = rest.Length == 0 ? null : rest }, cancellationToken);
        }

        public ValueTask<CommitResult> CommitAsync(
            string table,
            string partitionKey,
            IReadOnlyList<EntityOperation> operations,
            CancellationToken cancellationToken
        ) => inner.CommitAsync(table, partitionKey, operations, cancellationToken);
    }
}
