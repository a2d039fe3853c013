using Signals.Core.Response.Alerts;

namespace Signals.Web.Api;

/// <summary>Reads alerts that stand a page at a time: strategic accounts first, then by level, then the oldest.</summary>
internal sealed class AlertPages(AlertBook book)
{
    /// <summary>Rows that one request reads at most.</summary>
    private const int MaxScanned = 1000;

    private const int RowsPerShard = 64;

    /// <param name="csm">Only a CS manager's; null for everybody's.</param>
    /// <param name="segment">Only of accounts in this segment of the model; null for all.</param>
    /// <param name="states">Only in these states; none means all.</param>
    /// <param name="after">The list key of the last alert seen.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Page<Alert>> ReadAsync(
        string? csm,
        string? segment,
        IReadOnlyList<AlertState> states,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var found = new List<Alert>();
        // An alert whose level changes stands in two places for a moment.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? last = after;
        int scanned = 0;
        await foreach (var (alert, cursor) in book.ReadAsync(csm, segment, after, RowsPerShard, cancellationToken))
        {
            if (found.Count == Page<Alert>.Size || scanned == MaxScanned)
                return new Page<Alert>(found, Cursor.Alerts.Write(last!));
            scanned++;
            last = cursor;
            if ((states.Count == 0 || states.Contains(alert.State)) && seen.Add(alert.Id))
                found.Add(alert);
        }
        return new Page<Alert>(found, null);
    }
}
