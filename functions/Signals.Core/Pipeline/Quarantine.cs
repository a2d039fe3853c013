using Signals.Core.Accounts;
using Signals.Core.Events;
using Signals.Core.Storage;

namespace Signals.Core.Pipeline;

/// <summary>
/// Events that were accepted but could not be understood, with the reason. Table <see cref="Table"/>, a partition a day of arrival, rows
/// <c>{time}:{message}:{index}</c>, so that a redelivery writes the same rows again.
/// </summary>
public sealed class Quarantine(IEntityStore store)
{
    public const string Table = "quarantine";

    public async Task AddAsync(string messageId, IReadOnlyList<QuarantinedEvent> events, CancellationToken cancellationToken)
    {
        string message = MessageHash.Of(messageId).ToString("x16");
        var rows = events.Select((quarantined, index) =>
        {
            string raw = quarantined.Raw.Length > EntityLimits.MaxStringChars ? quarantined.Raw[..EntityLimits.MaxStringChars] : quarantined.Raw;
            var row = new Entity(Partition(quarantined.ReceivedAt), $"{StorageKey.Time(quarantined.ReceivedAt)}:{message}:{index:D4}")
            {
                ["reason"] = quarantined.Reason,
                ["raw"] = raw,
            };
            return row;
        });
        foreach (var day in rows.GroupBy(row => row.PartitionKey))
        {
            // 16 rows of 32 Ki characters (6 bytes each, escaped as they travel) stay under the 4 MiB of a transaction.
            foreach (var chunk in day.Chunk(16))
                await store.CommitAsync(Table, day.Key, [.. chunk.Select(EntityOperation.Upsert)], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One day's quarantined events in order of arrival, a page at a time.</summary>
    public async Task<(IReadOnlyList<QuarantinedEvent> Events, string? Continuation)> GetAsync(
        DateOnly day, int take, string? continuation, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(
            new EntityQuery(Table, Days.Key(day.DayNumber), Take: take, Continuation: continuation), cancellationToken).ConfigureAwait(false);
        var events = page.Entities.Select(row => new QuarantinedEvent(
            row.GetString("reason") ?? "", row.GetString("raw") ?? "", StorageKey.ParseTime(row.RowKey.AsSpan(0, 17))));
        return (events.ToList(), page.Continuation);
    }

    private static string Partition(DateTimeOffset receivedAt) => Days.Key(Days.Of(receivedAt));
}
