using System.Collections.Concurrent;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.State.Collection;

/// <summary>
/// Since when each event and property is known to the whole installation: an event by the first one anybody sent, a summed property by
/// the day the model first mentioned it. A rule about something that is not sent or not summed yet stays silent. Table system, partitions
/// <c>events</c> and <c>sums</c>. Each process keeps a copy and reads it again every <see cref="RefreshEvery"/>, so that several agree.
/// </summary>
public sealed class KnownEvents(IEntityStore store, TimeProvider clock) : IKnownEvents
{
    /// <summary>A fold or review reads what other processes learnt meanwhile when its own copy is older than this: one query.</summary>
    public static readonly TimeSpan RefreshEvery = TimeSpan.FromMinutes(5);

    private const string Events = "events";
    private const string Sums = "sums";
    private const string Since = "since";
    private const string Name = "name";

    private readonly ConcurrentDictionary<string, int> _eventDays = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _sumDays = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Task _loading = Task.CompletedTask;

    /// <summary>When the copy was read, in UTC ticks; 0 before the first time.</summary>
    private long _loadedAt;

    /// <summary>Call before a fold or review. Loads what is known in a process that has not, or not lately.</summary>
    public ValueTask RefreshAsync(CollectionPlan plan, DateTimeOffset now, CancellationToken cancellationToken) =>
        IsFresh(now) ? ValueTask.CompletedTask : new ValueTask(LoadOnceAsync(plan, now).WaitAsync(cancellationToken));

    /// <summary>
    /// Reads what is known and begins to collect what a model mentions for the first time: from the beginning of time on an empty store,
    /// else from <paramref name="now"/>.
    /// </summary>
    public async Task LoadAsync(CollectionPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await LoadAsync(Events, _eventDays, cancellationToken);
        await LoadAsync(Sums, _sumDays, cancellationToken);
        int since = _sumDays.IsEmpty && _eventDays.IsEmpty ? 0 : Days.Of(now);
        // In one transaction while they fit: a crash in between would make the rest look newer than the first.
        foreach (
            string[] keys in plan
                .SumKeys.Where(key => !_sumDays.ContainsKey(key))
                .Distinct(StringComparer.Ordinal)
                .Chunk(EntityLimits.MaxOperations)
        )
        {
            await store.CommitAsync(
                PipelineCounters.Table,
                Sums,
                [.. keys.Select(key => EntityOperation.Upsert(Row(Sums, key, since)))],
                cancellationToken
            );
            foreach (string key in keys)
                _sumDays[key] = since;
        }
        Volatile.Write(ref _loadedAt, now.UtcTicks);
    }

    /// <summary>Remembers that an event occurred, unless an earlier one is known.</summary>
    public ValueTask NoteAsync(string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        int day = Days.Of(at);
        return _eventDays.TryGetValue(name, out int known) && known <= day
            ? ValueTask.CompletedTask
            : new ValueTask(NoteAsync(name, day, cancellationToken));
    }

    public int? EventSince(string name) => _eventDays.TryGetValue(name, out int day) ? day : null;

    public int SumSince(string key) => _sumDays.GetValueOrDefault(key);

    private bool IsFresh(DateTimeOffset now)
    {
        long age = now.UtcTicks - Volatile.Read(ref _loadedAt);
        return age >= 0 && age < RefreshEvery.Ticks;
    }

    /// <summary>One loading serves all who wait for it, so it does not end with any one of them.</summary>
    private Task LoadOnceAsync(CollectionPlan plan, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_loading.IsCompleted)
                _loading = Volatile.Read(ref _loadedAt) == 0 ? LoadAsync(plan, now, CancellationToken.None) : LoadEventsAsync(now);
            return _loading;
        }
    }

    /// <summary>Since when a property is summed never changes once it is known.</summary>
    private async Task LoadEventsAsync(DateTimeOffset now)
    {
        await LoadAsync(Events, _eventDays, CancellationToken.None);
        Volatile.Write(ref _loadedAt, now.UtcTicks);
    }

    private async Task LoadAsync(string partition, ConcurrentDictionary<string, int> days, CancellationToken cancellationToken)
    {
        await foreach (var row in store.ReadAllAsync(new EntityQuery(PipelineCounters.Table, partition), cancellationToken))
            days.AddOrUpdate(
                row.GetString(Name) ?? "",
                static (_, read) => read,
                static (_, known, read) => Math.Min(known, read),
                row.GetInt32(Since) ?? 0
            );
    }

    /// <summary>Writes an event's first day, unless another process wrote an earlier one.</summary>
    private async Task NoteAsync(string name, int day, CancellationToken cancellationToken)
    {
        var first = Row(Events, name, day);
        var kept = await store.ChangeAsync(
            PipelineCounters.Table,
            Events,
            first.RowKey,
            $"note the first day of the event '{name}'",
            clock,
            stored => stored?.GetInt32(Since) <= day ? null : first,
            cancellationToken
        );
        _eventDays[name] = kept?.GetInt32(Since) ?? day;
    }

    private static Entity Row(string partition, string name, int day) =>
        new(partition, StorageKey.Encode(name)) { [Name] = name, [Since] = day };
}
