using Signals.Core.Platform.Storage;

namespace Signals.Core.Response.Outreach;

/// <summary>
/// Outreach by state, by the segment of its account, and all together, newest first: lists <c>outreach</c>, <c>outreach-{state}</c> and
/// <c>outreach-segment-{id}</c>, rows <c>{inverted time}:{hash}:{account}</c> with the id. A record that is being sent stands with the
/// planned ones: it is there for a moment only.
/// </summary>
public sealed class OutreachLists(ShardedList lists)
{
    private const string All = "outreach";
    private const string IdColumn = "id";

    /// <summary>The cause whose playbook wrote it; not on alerts and digests, nor on rows of earlier versions.</summary>
    private const string PlaybookColumn = "playbook";

    /// <summary>The list a state stands in.</summary>
    public static OutreachState ListOf(OutreachState state) => state == OutreachState.Sending ? OutreachState.Planned : state;

    public async Task AddAsync(OutreachRecord record, CancellationToken cancellationToken)
    {
        if (record.State is OutreachState.Planned or OutreachState.HeldOut)
        {
            await lists.PutAsync(Row(All, record), cancellationToken);
            foreach (string segment in record.Segments ?? [])
                await lists.PutAsync(Row(OfSegment(segment), record), cancellationToken);
        }
        await lists.PutAsync(Row(Name(record.State), record), cancellationToken);
    }

    /// <summary>Removes a record from the list of the state it was in.</summary>
    public Task RemoveAsync(OutreachRecord record, CancellationToken cancellationToken) =>
        RemoveAsync(record.State, new OutreachId(record.Id), cancellationToken);

    /// <summary>Removes a hint that no longer holds.</summary>
    public Task RemoveAsync(OutreachState state, OutreachId id, CancellationToken cancellationToken) =>
        lists.RemoveAsync(ShardedList.Partition(Name(state), id.Value), RowKey(id), cancellationToken);

    /// <summary>Removes the place in the list of all of a record that is gone.</summary>
    public Task ForgetAsync(OutreachId id, CancellationToken cancellationToken) =>
        lists.RemoveAsync(ShardedList.Partition(All, id.Value), RowKey(id), cancellationToken);

    /// <summary>Removes a hint in the list of a segment whose record is gone.</summary>
    public Task ForgetAsync(string segment, OutreachId id, CancellationToken cancellationToken) =>
        lists.RemoveAsync(ShardedList.Partition(OfSegment(segment), id.Value), RowKey(id), cancellationToken);

    /// <summary>Removes a record that is gone from the list of its state, from those of segments, and from that of all.</summary>
    public async Task ForgetAsync(OutreachRecord record, CancellationToken cancellationToken)
    {
        var id = new OutreachId(record.Id);
        await RemoveAsync(record, cancellationToken);
        foreach (string segment in record.Segments ?? [])
            await ForgetAsync(segment, id, cancellationToken);
        await ForgetAsync(id, cancellationToken);
    }

    /// <summary>Ids in a state (null: all), newest first, after a cursor; with the cursor that follows each.</summary>
    public IAsyncEnumerable<(OutreachId Id, string Cursor)> ReadAsync(
        OutreachState? state,
        string? after,
        int pageSize,
        CancellationToken cancellationToken
    ) => ReadListAsync(state is { } one ? Name(one) : All, after, pageSize, cancellationToken);

    /// <summary>The same of accounts that were in a segment then, in whatever state.</summary>
    public IAsyncEnumerable<(OutreachId Id, string Cursor)> OfSegmentAsync(
        string segment,
        string? after,
        int pageSize,
        CancellationToken cancellationToken
    ) => ReadListAsync(OfSegment(segment), after, pageSize, cancellationToken);

    private async IAsyncEnumerable<(OutreachId Id, string Cursor)> ReadListAsync(
        string list,
        string? after,
        int pageSize,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in lists.ReadAsync(list, after, pageSize, cancellationToken))
        {
            if (OutreachId.Parse(row.GetString(IdColumn)) is { } id)
                yield return (id, row.RowKey);
        }
    }

    /// <summary>The playbooks of messages in a state that were planned since a moment, newest first: one entry a message.</summary>
    public async IAsyncEnumerable<string> PlaybooksAsync(
        OutreachState state,
        DateTimeOffset since,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string last = StorageKey.TimeDescending(since);
        await foreach (var row in lists.ReadAsync(Name(state), null, EntityLimits.MaxPage, cancellationToken))
        {
            if (string.CompareOrdinal(row.RowKey, last) > 0)
                yield break;
            if (row.GetString(PlaybookColumn) is { } playbook)
                yield return playbook;
        }
    }

    private static string OfSegment(string segment) => $"{All}-segment-{segment}";

    private static string Name(OutreachState state) => $"{All}-{ListOf(state).Name()}";

    private static Entity Row(string list, OutreachRecord record)
    {
        var id = new OutreachId(record.Id);
        return new Entity(ShardedList.Partition(list, id.Value), RowKey(id))
        {
            [IdColumn] = id.Value,
            [PlaybookColumn] = record.Kind == OutreachKind.Message ? record.Cause : null,
        };
    }

    /// <summary>
    /// The complement of the planning time sorts the newest first. The account is part of the key: alerts about many accounts go to one
    /// address in one moment, and differ in nothing else.
    /// </summary>
    private static string RowKey(OutreachId id) => $"{StorageKey.Descending(id.Value.AsSpan(0, 17))}:{id.Value[18..34]}:{id.Account.Value}";
}
