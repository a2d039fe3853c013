using Signals.Core.Platform.Storage;
using Xunit;

namespace Signals.Testing.Storage;

public abstract partial class EntityStoreContract
{
    /// <summary>Keys with characters beyond U+FFFF beside ones from U+E000 up; a store that sorts those otherwise says false.</summary>
    protected virtual bool OrdersSurrogatesOrdinally => true;

    [Fact]
    public async Task Rows_come_in_ordinal_order()
    {
        string[] keys = ["b", "B", "a", "10", "9", "", "é", "z", "aa", "a-", "a=", "_", "中"];
        await CommitAsync([.. keys.Select(key => EntityOperation.Insert(Row(key)))]);

        Assert.Equal(keys.Order(StringComparer.Ordinal), await ReadKeysAsync(new EntityQuery(Table, Partition)));
    }

    [Fact]
    public async Task Characters_beyond_the_basic_plane_sort_as_dotnet_sorts_them()
    {
        Assert.SkipUnless(OrdersSurrogatesOrdinally, "This store sorts such keys in an order of its own.");
        string[] keys = ["\U0001F600", "\uE000", "\uFFFD", "\uD7FF", "a\U0001F600", "a\uFF5E", "z"];
        await CommitAsync([.. keys.Select(key => EntityOperation.Insert(Row(key)))]);

        Assert.Equal(keys.Order(StringComparer.Ordinal), await ReadKeysAsync(new EntityQuery(Table, Partition)));
    }

    [Fact]
    public async Task A_range_holds_its_start_and_not_its_end()
    {
        await CommitAsync([.. "abcdef".Select(key => EntityOperation.Insert(Row(key.ToString())))]);

        Assert.Equal(["b", "c", "d"], await ReadKeysAsync(new EntityQuery(Table, Partition, "b", "e")));
        Assert.Equal(["e", "f"], await ReadKeysAsync(new EntityQuery(Table, Partition, From: "e")));
        Assert.Equal(["a"], await ReadKeysAsync(new EntityQuery(Table, Partition, To: "b")));
        Assert.Empty(await ReadKeysAsync(new EntityQuery(Table, Partition, "c", "c")));
        Assert.Empty(await ReadKeysAsync(new EntityQuery(Table, Partition, "e", "b")));
    }

    [Fact]
    public async Task A_prefix_holds_every_row_that_starts_with_it_and_no_other()
    {
        string[] keys = ["person", "person.", "person.1", "person.é", "person.\uFFFD", "person-1", "persona", "q"];
        await CommitAsync([.. keys.Select(key => EntityOperation.Insert(Row(key)))]);

        Assert.Equal(
            ["person.", "person.1", "person.é", "person.\uFFFD"],
            await ReadKeysAsync(EntityQuery.Prefix(Table, Partition, "person."))
        );
    }

    [Fact]
    public async Task An_empty_partition_reads_as_an_empty_last_page()
    {
        var page = await Store.QueryAsync(new EntityQuery(Table, Partition), Cancellation);

        Assert.Empty(page.Entities);
        Assert.Null(page.Continuation);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Pages_of_any_size_give_every_row_once(int take)
    {
        string[] keys = [.. Enumerable.Range(0, 10).Select(i => $"row{i}")];
        await CommitAsync([.. keys.Select(key => EntityOperation.Insert(Row(key)))]);

        Assert.Equal(keys, await ReadKeysAsync(new EntityQuery(Table, Partition, Take: take)));
    }

    [Fact]
    public async Task Paging_goes_on_behind_the_last_row_while_rows_come_and_go()
    {
        await CommitAsync([.. "bdfhj".Select(key => EntityOperation.Insert(Row(key.ToString())))]);
        var query = new EntityQuery(Table, Partition, From: "b", To: "k", Take: 2);
        var first = await Store.QueryAsync(query, Cancellation);

        await CommitAsync(
            EntityOperation.Delete("d"),
            EntityOperation.Delete("f"),
            EntityOperation.Insert(Row("a")),
            EntityOperation.Insert(Row("c")),
            EntityOperation.Insert(Row("e")),
            EntityOperation.Insert(Row("k"))
        );
        var rest = await ReadKeysAsync(query with { Continuation = first.Continuation });

        Assert.Equal(["b", "d"], first.Entities.Select(entity => entity.RowKey));
        Assert.Equal(["e", "h", "j"], rest);
    }

    [Fact]
    public async Task A_thousand_rows_and_more_are_read_page_by_page()
    {
        string[] keys = [.. Enumerable.Range(0, 1100).Select(i => $"row{i:D4}")];
        foreach (var chunk in keys.Chunk(EntityLimits.MaxOperations))
            await CommitAsync([.. chunk.Select(key => EntityOperation.Insert(Row(key)))]);

        Assert.Equal(keys, await ReadKeysAsync(new EntityQuery(Table, Partition)));
    }

    [Fact]
    public async Task Pages_of_large_rows_stay_small_enough_and_lose_none()
    {
        string[] keys = [.. Enumerable.Range(0, 24).Select(i => $"row{i:D2}")];
        foreach (var chunk in keys.Chunk(4))
            await CommitAsync([.. chunk.Select(key => EntityOperation.Insert(LargeRow(key, 9)))]);

        Assert.Equal(keys, await ReadKeysAsync(new EntityQuery(Table, Partition)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(EntityLimits.MaxPage + 1)]
    public async Task A_page_of_a_size_that_no_store_has_is_refused(int take) =>
        await Assert.ThrowsAsync<EntityLimitException>(async () =>
            await Store.QueryAsync(new EntityQuery(Table, Partition, Take: take), Cancellation)
        );

    /// <summary>A row of that many binary columns of the largest size.</summary>
    private Entity LargeRow(string rowKey, int columns)
    {
        var entity = new Entity(Partition, rowKey);
        for (int i = 0; i < columns; i++)
            entity[$"Part{i}"] = Pattern(EntityLimits.MaxPropertyBytes, i);
        return entity;
    }

    private static byte[] Pattern(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
