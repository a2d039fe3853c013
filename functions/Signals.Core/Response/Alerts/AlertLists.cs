using System.Runtime.CompilerServices;
using System.Text.Json;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Assessments;

namespace Signals.Core.Response.Alerts;

/// <summary>
/// Alerts that stand, in the order in which they ask for somebody: strategic accounts first, then by level, then those with most at stake
/// (money times chance), then the oldest. Lists <c>alerts</c>, <c>alerts-csm-{hash}</c> for each CS manager and <c>alerts-segment-{id}</c>
/// for each of the model's segments. An alert's row says which list rows it should have; a wake-up written before it makes sure that
/// they follow.
/// </summary>
public sealed class AlertLists(ShardedList lists, UnreadableRows unreadable)
{
    private const string All = "alerts";
    private const string Column = "alert";

    /// <summary>The alert with the list rows that it should have, and those that it had.</summary>
    public static Alert Listed(Alert alert, Alert? before)
    {
        IReadOnlyList<string> rows = alert.Stands
            ? [.. ListsOf(alert).Select(list => $"{ShardedList.Partition(list, alert.Account)}|{Order(alert)}")]
            : [];
        var stale = (before?.ListRows ?? [])
            .Union(before?.StaleListRows ?? [], StringComparer.Ordinal)
            .Except(rows, StringComparer.Ordinal);
        return alert with { ListRows = rows, StaleListRows = [.. stale] };
    }

    /// <summary>Brings the lists in line with a saved alert.</summary>
    public async Task SyncAsync(Alert alert, CancellationToken cancellationToken)
    {
        byte[] shown = JsonSerializer.SerializeToUtf8Bytes(
            alert with
            {
                Answers = [],
                Told = [],
                Unaudited = [],
                ListRows = [],
                StaleListRows = [],
            },
            AlertJson.Default.Alert
        );
        foreach (string row in alert.ListRows)
        {
            var (partition, key) = Split(row);
            var entity = new Entity(partition, key);
            BlobColumns.Write(entity, Column, shown);
            await lists.PutAsync(entity, cancellationToken);
        }
        foreach (string row in alert.StaleListRows)
        {
            var (partition, key) = Split(row);
            await lists.RemoveAsync(partition, key, cancellationToken);
        }
    }

    /// <summary>
    /// Alerts of everybody (null) or of one CS manager, in a segment where one is given, after a cursor; with the cursor that follows each.
    /// What cannot be read is told of and passed over.
    /// </summary>
    public async IAsyncEnumerable<(Alert Alert, string Cursor)> ReadAsync(
        string? csm,
        string? segment,
        string? after,
        int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string list =
            csm is not null ? OfCsm(csm)
            : segment is not null ? OfSegment(segment)
            : All;
        await foreach (var row in lists.ReadAsync(list, after, pageSize, cancellationToken))
        {
            // Two managers may share a hash.
            if (
                Read(row) is { } alert
                && (csm is null || Name(alert.Csm) == Name(csm))
                && (segment is null || alert.Segments?.Contains(segment, StringComparer.Ordinal) == true)
            )
                yield return (alert, row.RowKey);
        }
    }

    private Alert? Read(Entity row)
    {
        try
        {
            return JsonSerializer.Deserialize(BlobColumns.Read(row, Column), AlertJson.Default.Alert);
        }
        catch (JsonException fault)
        {
            unreadable.Tell(BackgroundWork.Lists, row.RowKey[(row.RowKey.IndexOf(':', StringComparison.Ordinal) + 1)..], fault);
            return null;
        }
    }

    private static string Order(Alert alert) =>
        $"{(alert.Strategic ? 0 : 1)}{3 - (int)alert.Level}{Stake.Order(alert.StakeSteps)}"
        + $"{StorageKey.Time(alert.RaisedAt)}:{alert.Account}";

    private static IEnumerable<string> ListsOf(Alert alert) =>
        [All, .. Name(alert.Csm).Length > 0 ? [OfCsm(alert.Csm!)] : Array.Empty<string>(), .. (alert.Segments ?? []).Select(OfSegment)];

    private static string OfSegment(string segment) => $"{All}-segment-{segment}";

    private static string OfCsm(string csm) => $"{All}-csm-{MessageHash.Of(Name(csm)):x16}";

    private static string Name(string? csm) => csm?.Trim().ToLowerInvariant() ?? "";

    private static (string Partition, string Key) Split(string row)
    {
        int bar = row.IndexOf('|', StringComparison.Ordinal);
        return (row[..bar], row[(bar + 1)..]);
    }
}
