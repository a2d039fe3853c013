using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;

namespace Signals.Web.Api;

/// <summary>Reads outreach a page at a time, newest first: all of it, that of a state or a segment, or an account's.</summary>
internal sealed class OutreachPages(OutreachLists lists, OutreachRows rows)
{
    /// <summary>Records that one request reads at most.</summary>
    public const int MaxScanned = 500;

    private const int RowsPerShard = 64;
    private const int ReadsAtOnce = 8;

    public Task<Page<OutreachItem>> ReadAsync(OutreachState? state, string? after, CancellationToken cancellationToken) =>
        ReadAsync(state, null, after, cancellationToken);

    /// <param name="state">Only in this state; null for all.</param>
    /// <param name="segment">Only of accounts that were in this segment when it was planned; null for all.</param>
    /// <param name="after">The list key of the last one seen.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Page<OutreachItem>> ReadAsync(
        OutreachState? state,
        string? segment,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var all = segment is null
            ? lists.ReadAsync(state, after, RowsPerShard, cancellationToken)
            : lists.OfSegmentAsync(segment, after, RowsPerShard, cancellationToken);
        var found = new List<OutreachItem>();
        var hints = new List<(OutreachId Id, string Cursor)>();
        string? last = after;
        int scanned = 0;
        await foreach (var hint in all)
        {
            // As many records are read at once as may still be wanted; their order is kept.
            if (found.Count + hints.Count == Page<OutreachItem>.Size || scanned == MaxScanned)
                await CheckAsync();
            if (found.Count == Page<OutreachItem>.Size || scanned == MaxScanned)
                return new Page<OutreachItem>(found, Cursor.Outreach.Write(last!));
            hints.Add(hint);
            last = hint.Cursor;
            scanned++;
        }
        await CheckAsync();
        return new Page<OutreachItem>(found, null);

        async Task CheckAsync()
        {
            found.AddRange(await RecordsAsync(hints.ConvertAll(hint => hint.Id), state, isOfState: segment is null, cancellationToken));
            hints.Clear();
        }
    }

    public async Task<Page<OutreachItem>> OfAccountAsync(
        AccountKey account,
        OutreachState? state,
        OutreachId? before,
        CancellationToken cancellationToken
    )
    {
        var found = new List<OutreachItem>();
        for (int scanned = 0; scanned < MaxScanned; scanned += Page<OutreachItem>.Size)
        {
            var records = await rows.OfAccountAsync(account, Page<OutreachItem>.Size + 1, before, cancellationToken);
            foreach (var record in records.Take(Page<OutreachItem>.Size))
            {
                if (found.Count == Page<OutreachItem>.Size)
                    return new Page<OutreachItem>(found, Cursor.OutreachOfAccount.Write(before!.Value.Value));
                before = new OutreachId(record.Id);
                if (state is null || record.State == state)
                    found.Add(OutreachItem.Of(record));
            }
            if (records.Count <= Page<OutreachItem>.Size)
                return new Page<OutreachItem>(found, null);
        }
        return new Page<OutreachItem>(found, Cursor.OutreachOfAccount.Write(before!.Value.Value));
    }

    /// <summary>
    /// The records that the hints of a list still speak of, in order. Hints of states that a record has left for good are removed from the
    /// list of the state.
    /// </summary>
    private async Task<IEnumerable<OutreachItem>> RecordsAsync(
        List<OutreachId> ids,
        OutreachState? state,
        bool isOfState,
        CancellationToken cancellationToken
    )
    {
        var read = new OutreachRecord?[ids.Count];
        await Parallel.ForAsync(
            0,
            ids.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                var record = (await rows.GetAsync(ids[i], token))?.Record;
                if (record is not null && (state is null || record.State == state))
                    read[i] = record;
                else if (isOfState && record is not null && state is { } listed && Stage(listed) < Stage(record.State))
                    await lists.RemoveAsync(listed, ids[i], token);
            }
        );
        return read.OfType<OutreachRecord>().Select(OutreachItem.Of);
    }

    /// <summary>
    /// How far along its life a state is: records never go back. A hint is written before its record, so that one which is ahead of it,
    /// or has none, may be about to come true and stays.
    /// </summary>
    private static int Stage(OutreachState state) =>
        state switch
        {
            OutreachState.Planned or OutreachState.Sending => 0,
            OutreachState.Delivered or OutreachState.Bounced => 2,
            _ => 1,
        };
}
