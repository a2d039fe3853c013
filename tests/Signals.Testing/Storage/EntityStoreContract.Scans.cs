using Signals.Core.Platform.Storage;
using Xunit;

namespace Signals.Testing.Storage;

public abstract partial class EntityStoreContract
{
    [Fact]
    public async Task A_scan_gives_every_row_of_every_partition_once_with_what_it_holds()
    {
        var scan = Assert.IsType<IEntityScan>(Store, exactMatch: false);
        string[] partitions = [$"{Partition}-é", $"{Partition}-b", Partition];
        foreach (string partition in partitions)
        {
            await Store.CommitAsync(
                Table,
                partition,
                [.. "xyz".Select(key => EntityOperation.Insert(new Entity(partition, $"{key}") { ["Text"] = $"{partition}/{key}" }))],
                Cancellation
            );
        }

        var found = await scan.ScanAllAsync(Table, Cancellation)
            .Where(row => row.PartitionKey.StartsWith(Partition, StringComparison.Ordinal))
            .ToListAsync(Cancellation);

        Assert.Equal(
            partitions.SelectMany(partition => "xyz".Select(key => $"{partition}/{key}")).Order(StringComparer.Ordinal),
            found.Select(row => row.GetString("Text")).Order(StringComparer.Ordinal)
        );
        Assert.All(found, row => Assert.Equal($"{row.PartitionKey}/{row.RowKey}", row.GetString("Text")));
    }

    [Fact]
    public async Task A_scan_goes_on_in_another_process_where_an_earlier_page_ended()
    {
        var scan = Assert.IsType<IEntityScan>(Store, exactMatch: false);
        for (int chunk = 0; chunk < 11; chunk++)
            await CommitAsync([.. Enumerable.Range(0, 100).Select(row => EntityOperation.Insert(Row($"{chunk:D2}-{row:D2}")))]);
        var keys = new List<string>();

        string? continuation = null;
        do
        {
            var page = await scan.ScanAsync(Table, continuation, Cancellation);
            keys.AddRange(page.Entities.Where(row => row.PartitionKey == Partition).Select(row => row.RowKey));
            continuation = page.Continuation is { } told ? new string(told) : null;
        } while (continuation is not null);

        Assert.Equal(1100, keys.Count);
        Assert.Equal(1100, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_table_that_is_not_there_has_nothing_to_scan() =>
        Assert.Empty(
            await Assert.IsType<IEntityScan>(Store, exactMatch: false).ScanAllAsync("NeverWritten", Cancellation).ToListAsync(Cancellation)
        );
}
