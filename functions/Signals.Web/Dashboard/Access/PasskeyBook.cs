using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Team;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Passkeys of people of the team: table system, partition <c>passkeys:{user}</c>, a row a key, named by its credential id's hash. What is
/// kept is its public half. They go with whoever's access ends.
/// </summary>
internal sealed class PasskeyBook(IEntityStore store, TimeProvider clock)
{
    /// <summary>One for each device and one in a drawer.</summary>
    public const int MaxKeys = 10;

    public const int MaxNameChars = 60;

    private const int MaxTransportsChars = 200;
    private const string SignCountColumn = "signCount";
    private const string BackedUpColumn = "backedUp";

    /// <summary>Somebody's keys, the oldest first.</summary>
    public async Task<IReadOnlyList<Passkey>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        var rows = await store.ReadFirstAsync(new EntityQuery(PipelineCounters.Table, PartitionOf(userId)), MaxKeys, cancellationToken);
        return [.. rows.Select(Read).OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)];
    }

    /// <summary>The key of a credential, if it is that user's.</summary>
    public async Task<Passkey?> FindAsync(string userId, byte[] credentialId, CancellationToken cancellationToken) =>
        await store.GetAsync(PipelineCounters.Table, PartitionOf(userId), IdOf(credentialId), cancellationToken) is { } row
            ? Read(row)
            : null;

    /// <summary>Adds a key; false where it is there already, or there are too many.</summary>
    public async Task<bool> AddAsync(string userId, string name, UserPasskeyInfo key, CancellationToken cancellationToken)
    {
        if ((await ListAsync(userId, cancellationToken)).Count >= MaxKeys)
            return false;
        string transports = string.Join(' ', key.Transports ?? []);
        var row = new Entity(PartitionOf(userId), IdOf(key.CredentialId))
        {
            ["credential"] = key.CredentialId,
            ["publicKey"] = key.PublicKey,
            ["name"] = name,
            ["createdAt"] = clock.GetUtcNow(),
            ["transports"] = transports.Length <= MaxTransportsChars ? transports : "",
            ["verified"] = key.IsUserVerified,
            ["backupEligible"] = key.IsBackupEligible,
            [BackedUpColumn] = key.IsBackedUp,
            [SignCountColumn] = (long)key.SignCount,
        };
        return await CommitAsync(row.PartitionKey, EntityOperation.Insert(row), cancellationToken);
    }

    /// <summary>
    /// Keeps what a key said of itself when it was used; false where it was used or removed meanwhile, and then it opened nothing.
    /// </summary>
    public async Task<bool> UseAsync(string userId, UserPasskeyInfo used, CancellationToken cancellationToken)
    {
        var row = await store.GetAsync(PipelineCounters.Table, PartitionOf(userId), IdOf(used.CredentialId), cancellationToken);
        long before = row?.GetInt64(SignCountColumn) ?? 0;
        // A key that counts was used with this count already; keys in a cloud always say 0.
        if (row is null || (before > 0 && used.SignCount <= before))
            return false;
        row[SignCountColumn] = (long)used.SignCount;
        row[BackedUpColumn] = used.IsBackedUp;
        row["usedOn"] = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).ToString("O", CultureInfo.InvariantCulture);
        return await CommitAsync(row.PartitionKey, EntityOperation.Replace(row, row.ETag), cancellationToken);
    }

    /// <summary>Removes a key; true where there was one.</summary>
    public async Task<bool> RemoveAsync(string userId, string id, CancellationToken cancellationToken) =>
        id.Length == IdChars
        && id.All(char.IsAsciiHexDigitLower)
        && await CommitAsync(PartitionOf(userId), EntityOperation.Delete(id), cancellationToken);

    private const int IdChars = 64;

    private static string IdOf(byte[] credentialId) => Convert.ToHexStringLower(SHA256.HashData(credentialId));

    private static string PartitionOf(string userId) => TeamUsers.PasskeysPrefix + userId;

    private async Task<bool> CommitAsync(string partition, EntityOperation operation, CancellationToken cancellationToken) =>
        (await store.CommitAsync(PipelineCounters.Table, partition, [operation], cancellationToken)).Committed;

    private static Passkey Read(Entity row) =>
        new(
            row.RowKey,
            row.GetString("name") ?? "",
            row.GetTime("createdAt") ?? default,
            DateOnly.TryParseExact(row.GetString("usedOn"), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : null,
            new UserPasskeyInfo(
                row.GetBinary("credential") ?? [],
                row.GetBinary("publicKey") ?? [],
                row.GetTime("createdAt") ?? default,
                (uint)(row.GetInt64(SignCountColumn) ?? 0),
                (row.GetString("transports") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
                row.GetBoolean("verified") ?? false,
                row.GetBoolean("backupEligible") ?? false,
                row.GetBoolean(BackedUpColumn) ?? false,
                attestationObject: [],
                clientDataJson: []
            )
        );
}

/// <summary>A passkey as its owner sees it, and what of it is checked.</summary>
internal sealed record Passkey(string Id, string Name, DateTimeOffset CreatedAt, DateOnly? UsedOn, UserPasskeyInfo Info);
