using System.Text.Json;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.ValueReports;

/// <summary>
/// Value reports that were approved: rows <c>report:{inverted time}</c> in the account's partition, the newest first, at most
/// <see cref="MostKept"/>; they go with the account.
/// </summary>
public sealed class ReportBook(IEntityStore store)
{
    public const string RowPrefix = "report:";

    /// <summary>Of more the oldest go, and their links with them.</summary>
    public const int MostKept = 12;

    private const string Column = "report";

    /// <summary>The row of a report that is approved now.</summary>
    public static string RowOf(DateTimeOffset at) => RowPrefix + StorageKey.TimeDescending(at);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ApprovedReport>> ReadAsync(AccountKey account, CancellationToken cancellationToken)
    {
        var rows = await store.ReadFirstAsync(
            EntityQuery.Prefix(AccountRows.Table, account.Value, RowPrefix),
            MostKept + 1,
            cancellationToken
        );
        return [.. rows.Select(Read).OfType<ApprovedReport>()];
    }

    /// <summary>Null for one that is not there, was withdrawn, or cannot be read.</summary>
    public async Task<ApprovedReport?> FindAsync(AccountKey account, string row, CancellationToken cancellationToken) =>
        row.StartsWith(RowPrefix, StringComparison.Ordinal)
        && await store.GetAsync(AccountRows.Table, account.Value, row, cancellationToken) is { } found
            ? Read(found)
            : null;

    /// <summary>Keeps one, and lets the oldest go beyond <see cref="MostKept"/>.</summary>
    public async Task SaveAsync(AccountKey account, ApprovedReport report, CancellationToken cancellationToken)
    {
        var row = new Entity(account.Value, report.Row);
        BlobColumns.Write(row, Column, JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Default.ApprovedReport));
        await store.CommitAsync(AccountRows.Table, account.Value, [EntityOperation.Upsert(row)], cancellationToken);
        var kept = await store.ReadFirstAsync(
            EntityQuery.Prefix(AccountRows.Table, account.Value, RowPrefix),
            MostKept + 1,
            cancellationToken
        );
        foreach (var old in kept.Skip(MostKept))
            await WithdrawAsync(account, old.RowKey, cancellationToken);
    }

    /// <summary>Takes it away: its links show nothing any more.</summary>
    public async Task WithdrawAsync(AccountKey account, string row, CancellationToken cancellationToken) =>
        await store.CommitAsync(AccountRows.Table, account.Value, [EntityOperation.Delete(row)], cancellationToken);

    private static ApprovedReport? Read(Entity row)
    {
        try
        {
            return JsonSerializer.Deserialize(BlobColumns.Read(row, Column), ReportJson.Default.ApprovedReport);
        }
        catch (JsonException)
        {
            // Another version wrote it otherwise: a report that cannot be read is none, and a person approves it anew.
            return null;
        }
    }
}
