using Signals.Core.Platform.Storage;
using Xunit;

namespace Signals.Testing.Storage;

public abstract partial class EntityStoreContract
{
    [Fact]
    public async Task A_row_that_was_never_stored_reads_as_null() => Assert.Null(await GetAsync("nobody"));

    [Fact]
    public async Task An_inserted_row_is_read_back_with_the_etag_of_its_commit()
    {
        var result = await CommitAsync(EntityOperation.Insert(Row("a", 7)));

        var read = await GetAsync("a");
        Assert.True(result.Committed);
        Assert.Equal(-1, result.FailedIndex);
        Assert.NotNull(read);
        Assert.Equal((Partition, "a", 7), (read.PartitionKey, read.RowKey, read.GetInt32("Value")));
        Assert.Equal(Assert.Single(result.ETags), read.ETag);
        Assert.NotEmpty(read.ETag);
    }

    [Fact]
    public async Task An_insert_of_a_row_that_exists_is_refused_and_changes_nothing()
    {
        await CommitAsync(EntityOperation.Insert(Row("a", 1)));

        var result = await CommitAsync(EntityOperation.Insert(Row("a", 2)));

        Assert.Equal((CommitStatus.AlreadyExists, 0), (result.Status, result.FailedIndex));
        Assert.Equal(1, (await GetAsync("a"))!.GetInt32("Value"));
    }

    [Fact]
    public async Task A_replace_with_the_etag_that_was_read_replaces_all_columns()
    {
        var first = Row("a", 1);
        first["Other"] = "gone after the replace";
        await CommitAsync(EntityOperation.Insert(first));
        var read = (await GetAsync("a"))!;

        var result = await CommitAsync(EntityOperation.Replace(Row("a", 2), read.ETag));

        var replaced = (await GetAsync("a"))!;
        Assert.True(result.Committed);
        Assert.Equal(2, replaced.GetInt32("Value"));
        Assert.Null(replaced["Other"]);
        Assert.NotEqual(read.ETag, replaced.ETag);
    }

    [Fact]
    public async Task A_replace_with_an_earlier_etag_is_refused()
    {
        var first = await CommitAsync(EntityOperation.Insert(Row("a", 1)));
        await CommitAsync(EntityOperation.Upsert(Row("a", 2)));

        var result = await CommitAsync(EntityOperation.Replace(Row("a", 3), first.ETags[0]));

        Assert.Equal((CommitStatus.ETagMismatch, 0), (result.Status, result.FailedIndex));
        Assert.Equal(2, (await GetAsync("a"))!.GetInt32("Value"));
    }

    [Fact]
    public async Task A_replace_with_any_etag_needs_only_that_the_row_exists()
    {
        var missing = await CommitAsync(EntityOperation.Replace(Row("a", 1), EntityOperation.AnyETag));
        await CommitAsync(EntityOperation.Insert(Row("a", 2)));
        var found = await CommitAsync(EntityOperation.Replace(Row("a", 3), EntityOperation.AnyETag));

        Assert.Equal(CommitStatus.NotFound, missing.Status);
        Assert.True(found.Committed);
        Assert.Equal(3, (await GetAsync("a"))!.GetInt32("Value"));
    }

    [Fact]
    public async Task A_replace_of_a_row_that_was_deleted_finds_none()
    {
        var first = await CommitAsync(EntityOperation.Insert(Row("a")));
        await CommitAsync(EntityOperation.Delete("a"));

        var result = await CommitAsync(EntityOperation.Replace(Row("a"), first.ETags[0]));

        Assert.Equal(CommitStatus.NotFound, result.Status);
    }

    [Fact]
    public async Task An_etag_is_not_given_again_to_a_row_that_comes_back()
    {
        var first = await CommitAsync(EntityOperation.Insert(Row("a", 1)));
        await CommitAsync(EntityOperation.Delete("a"));
        var second = await CommitAsync(EntityOperation.Insert(Row("a", 1)));

        var result = await CommitAsync(EntityOperation.Replace(Row("a", 2), first.ETags[0]));

        Assert.NotEqual(first.ETags[0], second.ETags[0]);
        Assert.Equal(CommitStatus.ETagMismatch, result.Status);
    }

    [Fact]
    public async Task An_upsert_inserts_and_then_replaces_whatever_is_there()
    {
        var inserted = await CommitAsync(EntityOperation.Upsert(Row("a", 1)));
        var replaced = await CommitAsync(EntityOperation.Upsert(new Entity(Partition, "a") { ["Text"] = "x" }));

        var read = (await GetAsync("a"))!;
        Assert.True(inserted.Committed && replaced.Committed);
        Assert.Equal(("x", null), (read.GetString("Text"), read.GetInt32("Value")));
    }

    [Fact]
    public async Task A_delete_removes_the_row_and_returns_an_empty_etag()
    {
        await CommitAsync(EntityOperation.Insert(Row("a")));

        var result = await CommitAsync(EntityOperation.Delete("a"));

        Assert.Equal([""], result.ETags);
        Assert.Null(await GetAsync("a"));
    }

    [Fact]
    public async Task A_delete_of_nothing_finds_none() =>
        Assert.Equal(CommitStatus.NotFound, (await CommitAsync(EntityOperation.Delete("nobody"))).Status);

    [Fact]
    public async Task A_delete_with_an_earlier_etag_is_refused_and_with_the_right_one_done()
    {
        var first = await CommitAsync(EntityOperation.Insert(Row("a", 1)));
        var second = await CommitAsync(EntityOperation.Replace(Row("a", 2), first.ETags[0]));

        var refused = await CommitAsync(EntityOperation.Delete("a", first.ETags[0]));
        var done = await CommitAsync(EntityOperation.Delete("a", second.ETags[0]));

        Assert.Equal(CommitStatus.ETagMismatch, refused.Status);
        Assert.True(done.Committed);
    }

    [Fact]
    public async Task One_condition_that_fails_undoes_the_whole_transaction_and_is_named()
    {
        var before = await CommitAsync(EntityOperation.Insert(Row("exists", 1)), EntityOperation.Insert(Row("leaves", 1)));

        var result = await CommitAsync(
            EntityOperation.Insert(Row("new", 2)),
            EntityOperation.Replace(Row("exists", 2), before.ETags[0]),
            EntityOperation.Delete("leaves"),
            EntityOperation.Replace(Row("missing", 2), EntityOperation.AnyETag),
            EntityOperation.Upsert(Row("last", 2))
        );

        Assert.Equal((CommitStatus.NotFound, 3), (result.Status, result.FailedIndex));
        Assert.Empty(result.ETags);
        Assert.Equal(["exists", "leaves"], await ReadKeysAsync(new EntityQuery(Table, Partition)));
        Assert.Equal((1, before.ETags[0]), ((await GetAsync("exists"))!.GetInt32("Value"), (await GetAsync("exists"))!.ETag));
    }

    [Fact]
    public async Task A_transaction_gives_one_etag_an_operation_in_order()
    {
        await CommitAsync(EntityOperation.Insert(Row("b")), EntityOperation.Insert(Row("c")));

        var result = await CommitAsync(
            EntityOperation.Insert(Row("a")),
            EntityOperation.Delete("b"),
            EntityOperation.Replace(Row("c"), EntityOperation.AnyETag)
        );

        Assert.Equal([(await GetAsync("a"))!.ETag, "", (await GetAsync("c"))!.ETag], result.ETags);
    }

    [Fact]
    public async Task Tables_and_partitions_are_apart()
    {
        string other = Partition + "-other";
        await CommitAsync(EntityOperation.Insert(Row("a", 1)));
        await Store.CommitAsync(Table, other, [EntityOperation.Insert(new Entity(other, "a") { ["Value"] = 2 })], Cancellation);
        await Store.CommitAsync(OtherTable, Partition, [EntityOperation.Insert(Row("a", 3))], Cancellation);

        Assert.Equal(1, (await GetAsync("a"))!.GetInt32("Value"));
        Assert.Equal(2, (await Store.GetAsync(Table, other, "a", Cancellation))!.GetInt32("Value"));
        Assert.Equal(3, (await Store.GetAsync(OtherTable, Partition, "a", Cancellation))!.GetInt32("Value"));
    }

    [Fact]
    public async Task Table_names_ignore_case_and_keys_do_not()
    {
        await CommitAsync(EntityOperation.Insert(Row("key", 1)), EntityOperation.Insert(Row("KEY", 2)));

        Assert.Equal(1, (await Store.GetAsync(Table.ToUpperInvariant(), Partition, "key", Cancellation))!.GetInt32("Value"));
        Assert.Equal(2, (await GetAsync("KEY"))!.GetInt32("Value"));
        Assert.Null(await Store.GetAsync(Table, Partition.ToUpperInvariant(), "key", Cancellation));
    }

    [Fact]
    public async Task A_hundred_increments_at_once_lose_nothing()
    {
        await CommitAsync(EntityOperation.Insert(Row("counter")));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(IncrementAsync, Cancellation)));

        Assert.Equal(100, (await GetAsync("counter"))!.GetInt32("Value"));
    }

    [Fact]
    public async Task Of_many_inserts_of_one_row_at_once_one_wins()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => CommitAsync(EntityOperation.Insert(Row("a", i))).AsTask(), Cancellation))
        );

        int winner = Array.FindIndex(results, result => result.Committed);
        Assert.Equal(1, results.Count(result => result.Committed));
        Assert.Equal(winner, (await GetAsync("a"))!.GetInt32("Value"));
    }

    [Fact]
    public async Task Readers_see_each_transaction_whole()
    {
        await CommitAsync(EntityOperation.Insert(Row("a")), EntityOperation.Insert(Row("b")));
        var writing = Task.Run(
            async () =>
            {
                for (int i = 1; i <= 50; i++)
                    await CommitAsync(EntityOperation.Upsert(Row("a", i)), EntityOperation.Upsert(Row("b", i)));
            },
            Cancellation
        );

        do
        {
            var page = await Store.QueryAsync(new EntityQuery(Table, Partition), Cancellation);
            Assert.Equal(page.Entities[0].GetInt32("Value"), page.Entities[1].GetInt32("Value"));
        } while (!writing.IsCompleted);

        await writing;
        Assert.Equal(50, (await GetAsync("b"))!.GetInt32("Value"));
    }

    private async Task IncrementAsync()
    {
        while (true)
        {
            var read = (await GetAsync("counter"))!;
            read["Value"] = read.GetInt32("Value") + 1;
            if ((await CommitAsync(EntityOperation.Replace(read))).Committed)
                return;
        }
    }
}
