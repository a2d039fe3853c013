using Signals.Core.Platform.Storage;
using Xunit;

namespace Signals.Testing.Storage;

public abstract partial class EntityStoreContract
{
    [Fact]
    public async Task A_transaction_of_a_hundred_operations_is_taken_and_one_more_refused()
    {
        EntityOperation[] Inserts(int count) => [.. Enumerable.Range(0, count).Select(i => EntityOperation.Insert(Row($"row{i}")))];

        await RefusedAsync(Inserts(EntityLimits.MaxOperations + 1));
        Assert.Empty(await ReadKeysAsync(new EntityQuery(Table, Partition)));
        Assert.True((await CommitAsync(Inserts(EntityLimits.MaxOperations))).Committed);
    }

    [Fact]
    public async Task An_empty_transaction_is_refused() => await RefusedAsync();

    [Fact]
    public async Task A_transaction_that_changes_a_row_twice_is_refused() =>
        await RefusedAsync(EntityOperation.Upsert(Row("a")), EntityOperation.Delete("a"));

    [Fact]
    public async Task A_transaction_over_two_partitions_is_refused() =>
        await RefusedAsync(EntityOperation.Insert(Row("a")), EntityOperation.Insert(new Entity(Partition + "-other", "b")));

    [Fact]
    public async Task A_transaction_that_travels_as_over_4_MiB_is_refused_and_one_under_it_taken()
    {
        // Bytes travel as base64, a third longer and more.
        EntityOperation[] Inserts(int count) =>
            [.. Enumerable.Range(0, count).Select(i => EntityOperation.Insert(LargeRow($"row{i}", 15)))];

        await RefusedAsync(Inserts(4));
        Assert.True((await CommitAsync(Inserts(2))).Committed);
    }

    [Fact]
    public async Task A_row_over_1_MiB_is_refused() => await RefusedAsync(EntityOperation.Insert(LargeRow("row", 16)));

    [Fact]
    public async Task A_row_with_a_column_too_many_is_refused()
    {
        var entity = new Entity(Partition, "row");
        for (int i = 0; i <= EntityLimits.MaxProperties; i++)
            entity[$"Column{i}"] = i;

        await RefusedAsync(EntityOperation.Insert(entity));
    }

    public static TheoryData<string, object> BadColumns =>
        new()
        {
            { "Text", new string('x', EntityLimits.MaxStringChars + 1) },
            { "Bytes", new byte[EntityLimits.MaxPropertyBytes + 1] },
            { "Decimal", 1m },
            { "Early", EntityLimits.MinTime.AddTicks(-1) },
            { "with-dash", 1 },
            { "with space", 1 },
            { "1st", 1 },
            { "", 1 },
            { new string('n', EntityLimits.MaxPropertyNameChars + 1), 1 },
            { "RowKey", "x" },
            { "PartitionKey", "x" },
            { "Timestamp", "x" },
        };

    [Theory]
    [MemberData(nameof(BadColumns), DisableDiscoveryEnumeration = true)]
    public async Task A_column_that_Table_Storage_would_refuse_is_refused(string name, object value) =>
        await RefusedAsync(EntityOperation.Upsert(new Entity(Partition, "row") { [name] = value }));

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\u007fb")]
    [InlineData("a\u0085b")]
    public async Task A_key_with_a_forbidden_character_is_refused(string key)
    {
        await RefusedAsync(EntityOperation.Insert(Row(key)));
        await Assert.ThrowsAsync<EntityLimitException>(async () => await GetAsync(key));
        await Assert.ThrowsAsync<EntityLimitException>(async () => await Store.GetAsync(Table, key, "row", Cancellation));
    }

    [Fact]
    public async Task Keys_of_512_characters_are_taken_and_longer_ones_refused()
    {
        string longest = new('k', EntityLimits.MaxKeyChars);
        await RefusedAsync(EntityOperation.Insert(Row(longest + "k")));

        Assert.True((await CommitAsync(EntityOperation.Insert(Row(longest, 1)))).Committed);
        Assert.Equal(1, (await GetAsync(longest))!.GetInt32("Value"));
        Assert.Equal([longest], await ReadKeysAsync(new EntityQuery(Table, Partition)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("1table")]
    [InlineData("my-table")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public async Task A_table_name_that_Table_Storage_would_refuse_is_refused(string table) =>
        await Assert.ThrowsAsync<EntityLimitException>(async () =>
            await Store.CommitAsync(table, Partition, [EntityOperation.Insert(Row("a"))], Cancellation)
        );

    [Fact]
    public async Task A_replace_or_delete_without_an_etag_is_refused()
    {
        await RefusedAsync(EntityOperation.Replace(Row("never-read")));
        await RefusedAsync(EntityOperation.Delete("row", ""));
    }

    private async Task RefusedAsync(params EntityOperation[] operations) =>
        await Assert.ThrowsAsync<EntityLimitException>(async () => await CommitAsync(operations));
}
