using System.Collections.Concurrent;
using Signals.Core.Accounts;
using Signals.Core.Folding;
using Signals.Core.Storage;

namespace Signals.Core.Pipeline;

/// <summary>
/// Since when each event and property is known to the whole installation: an event by the first one anybody sent, a summed property by
/// the day the model first mentioned it. A rule about something that is not sent or not summed yet stays silent. Table system, partitions
/// <c>events</c> and <c>sums</c>.
/// </summary>
public sealed class KnownEvents(IEntityStore store)
{
    private const string Events = "events";
    private const string Sums = "sums";
    private const string Since = "since";
    private const string Name = "name";

    private readonly ConcurrentDictionary<string, int> _eventDays = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _sumDays = new(StringComparer.Ordinal);

    /// <summary>
    /// Reads what is known and begins to collect what a model mentions for the first time: from the beginning of time on an empty store,
    /// else from <paramref name="now"/>.
    /// </summary>
    public async Task LoadAsync(CollectionPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await LoadAsync(Events, _eventDays, cancellationToken).ConfigureAwait(false);
        await LoadAsync(Sums, _sumDays, cancellationToken).ConfigureAwait(false);
        int since = _sumDays.IsEmpty && _eventDays.IsEmpty ? 0 : Days.Of(now);
        // In one transaction while they fit: a crash in between would make the rest look newer than the first.
        foreach (string[] keys in plan.SumKeys.Where(key => !_sumDays.ContainsKey(key)).Distinct(StringComparer.Ordinal).Chunk(EntityLimits.MaxOperations))
        {
            await store.CommitAsync(
                PipelineCounters.Table, Sums, [.. keys.Select(key => EntityOperation.Upsert(Row(Sums, key, since)))], cancellationToken).ConfigureAwait(false);
            foreach (string key in keys)
                _sumDays[key] = since;
        }
    }

    /// <summary>Remembers that an event occurred, unless an earlier one is known.</summary>
    public ValueTask NoteAsync(string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        int day = Days.Of(at);
        return _eventDays.TryGetValue(name, out int known) && known <= day
            ? ValueTask.CompletedTask
            : new ValueTask(NoteAsync(name, day, cancellationToken));
    }

    /// <summary>The day of the first such event of anybody; null when there was none.</summary>
    public int? EventSince(string name) => _eventDays.TryGetValue(name, out int day) ? day : null;

    /// <summary>The day from which a property is summed; 0 when it always was.</summary>
    public int SumSince(string key) => _sumDays.GetValueOrDefault(key);

    private async Task LoadAsync(string partition, ConcurrentDictionary<string, int> days, CancellationToken cancellationToken)
    {
        string? continuation = null;
        do
        {
            var page = await store.QueryAsync(
                new EntityQuery(PipelineCounters.Table, partition, Continuation: continuation), cancellationToken).ConfigureAwait(false);
            foreach (var row in page.Entities)
                days[row.GetString(Name) ?? ""] = row.GetInt32(Since) ?? 0;
            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    /// <summary>Writes an event's first day, unless another process wrote an earlier one.</summary>
    private async Task NoteAsync(string name, int day, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = Row(Events, name, day);
            var stored = await store.GetAsync(PipelineCounters.Table, Events, row.RowKey, cancellationToken).ConfigureAwait(false);
            if (stored?.GetInt32(Since) is { } known && known <= day)
            {
                _eventDays[name] = known;
                return;
            }
            var write = stored is null ? EntityOperation.Insert(row) : EntityOperation.Replace(row, stored.ETag);
            if ((await store.CommitAsync(PipelineCounters.Table, Events, [write], cancellationToken).ConfigureAwait(false)).Committed)
            {
                _eventDays[name] = day;
                return;
            }
        }
    }

    private static Entity Row(string partition, string name, int day) => new(partition, StorageKey.Encode(name)) { [Name] = name, [Since] = day };
}
