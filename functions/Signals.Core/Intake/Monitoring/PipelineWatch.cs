using System.Globalization;
using System.Security.Cryptography;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.Intake.Monitoring;

/// <summary>
/// The pipeline's minutes, of all processes together. Table system, partitions <c>minutes:{yyyyMMdd}</c>, rows <c>{HHmm}:{process}</c>: one
/// write a minute while events come, and none otherwise.
/// </summary>
public sealed class PipelineWatch(IEntityStore store, MinuteCounts counts, LeftOutList leftOut, TimeProvider clock)
{
    /// <summary>Older days are removed by housekeeping.</summary>
    public const int KeepDays = 2;

    /// <summary>Days that housekeeping looks back for what a day without it left.</summary>
    private const int PrunedDays = 7;

    private readonly string _process = RandomNumberGenerator.GetHexString(8, lowercase: true);

    /// <summary>
    /// Writes the minutes that are over, or at the end of the process all of them. When the store is away they are kept for the next time,
    /// and <see cref="TransientStoreException"/> is thrown.
    /// </summary>
    /// <returns>The minutes that were written, oldest first.</returns>
    public async Task<IReadOnlyList<MinuteCount>> FlushAsync(bool all, CancellationToken cancellationToken)
    {
        var minutes = counts.Take(all);
        try
        {
            foreach (var day in minutes.GroupBy(minute => PartitionOf(Days.Of(minute.Minute)), StringComparer.Ordinal))
            {
                foreach (var rows in day.Chunk(EntityLimits.MaxOperations))
                    await store.CommitAsync(
                        PipelineCounters.Table,
                        day.Key,
                        [.. rows.Select(minute => EntityOperation.Upsert(Row(day.Key, minute)))],
                        cancellationToken
                    );
            }
            await leftOut.FlushAsync(cancellationToken);
            return minutes;
        }
        catch
        {
            // Writing a minute again writes the same row.
            counts.PutBack(minutes);
            throw;
        }
    }

    /// <summary>
    /// Every minute of the last <paramref name="minutes"/>, oldest first, those without events too; the last one that is over comes last.
    /// </summary>
    public async Task<IReadOnlyList<MinuteCount>> ReadAsync(int minutes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minutes, (KeepDays - 1) * 24 * 60);
        var now = clock.GetUtcNow();
        var to = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
        var from = to.AddMinutes(-minutes);
        var found = new SortedDictionary<DateTimeOffset, MinuteCount>();
        for (var minute = from; minute < to; minute = minute.AddMinutes(1))
            found[minute] = MinuteCount.Of(minute);
        for (int day = Days.Of(from); day <= Days.Of(to); day++)
        {
            var rows = new EntityQuery(
                PipelineCounters.Table,
                PartitionOf(day),
                day == Days.Of(from) ? TimeOf(from) : null,
                day == Days.Of(to) ? TimeOf(to) : null
            );
            await foreach (var row in store.ReadAllAsync(rows, cancellationToken))
            {
                var count = Read(row, day);
                if (found.TryGetValue(count.Minute, out var known))
                    found[count.Minute] = known + count;
            }
        }
        return [.. found.Values];
    }

    /// <summary>Removes the minutes of days long over; returns how many rows.</summary>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        int removed = 0;
        int today = Days.Of(clock.GetUtcNow());
        for (int day = today - KeepDays - PrunedDays; day < today - KeepDays; day++)
            removed += await store.RemoveAllAsync(new EntityQuery(PipelineCounters.Table, PartitionOf(day)), cancellationToken);
        return removed;
    }

    private static string PartitionOf(int day) => $"minutes:{Days.Key(day)}";

    private static string TimeOf(DateTimeOffset minute) => minute.UtcDateTime.ToString("HHmm", CultureInfo.InvariantCulture);

    private Entity Row(string partition, MinuteCount minute) =>
        new(partition, $"{TimeOf(minute.Minute)}:{_process}")
        {
            ["accepted"] = minute.Accepted,
            ["folded"] = minute.Folded,
            ["duplicates"] = minute.Duplicates,
            ["quarantined"] = minute.Quarantined,
            ["lag"] = minute.LongestLag?.TotalSeconds,
        };

    private static MinuteCount Read(Entity row, int day) =>
        new(
            Days.Start(day) + TimeSpan.ParseExact(row.RowKey.AsSpan(0, 4), "hhmm", CultureInfo.InvariantCulture),
            row.GetInt64("accepted") ?? 0,
            row.GetInt64("folded") ?? 0,
            row.GetInt64("duplicates") ?? 0,
            row.GetInt64("quarantined") ?? 0,
            row.GetDouble("lag") is { } lag ? TimeSpan.FromSeconds(lag) : null
        );
}
