using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Alerts;

/// <summary>
/// An account's alert in the account's partition, row <see cref="AccountRows.AlertRow"/>: a review changes both in one transaction.
/// </summary>
public sealed class AlertRows(IEntityStore store)
{
    private const string Column = "alert";

    public async ValueTask<StoredAlert?> GetAsync(AccountKey account, CancellationToken cancellationToken) =>
        await store.GetAsync(AccountRows.Table, account.Value, AccountRows.AlertRow, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>Writes the alert if it is still the version that was read (or absent, if none was).</summary>
    public static EntityOperation Save(Alert alert, StoredAlert? read)
    {
        var row = new Entity(alert.Account, AccountRows.AlertRow) { ETag = read?.ETag ?? "" };
        BlobColumns.Write(row, Column, Bytes(alert));
        return read is null ? EntityOperation.Insert(row) : EntityOperation.Replace(row);
    }

    [return: NotNullIfNotNull(nameof(row))]
    public static StoredAlert? Read(Entity? row) =>
        row is null
            ? null
            : AccountRows.Read(
                row,
                static stored => new StoredAlert(
                    JsonSerializer.Deserialize(BlobColumns.Read(stored, Column), AlertJson.Default.Alert)
                        ?? throw new InvalidDataException("It holds no alert."),
                    stored.ETag
                )
            );

    /// <summary>True when the two would be stored alike.</summary>
    public static bool AreSame(Alert? a, Alert? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && Bytes(a).AsSpan().SequenceEqual(Bytes(b)));

    private static byte[] Bytes(Alert alert) => JsonSerializer.SerializeToUtf8Bytes(alert, AlertJson.Default.Alert);
}

/// <summary>An alert and the version it was read in.</summary>
public sealed record StoredAlert(Alert Alert, string ETag);
