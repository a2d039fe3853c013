using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Intake.WriteAccess;

/// <summary>
/// Named write keys in the store: made, rotated and revoked by people. Table system, partition <c>write-keys</c>, a row a key. A key is 32
/// random bytes; what is kept is its hash.
/// </summary>
public sealed class WriteKeyRows(IEntityStore store, TimeProvider clock)
{
    public const int MaxNameChars = 60;

    /// <summary>The most keys that are valid at once: every request is held against all of them.</summary>
    public const int MaxKeys = 100;

    /// <summary>The longest that a rotated key may stay valid.</summary>
    public static readonly TimeSpan LongestRotation = TimeSpan.FromDays(30);

    private const string Partition = "write-keys";
    private const string Prefix = "wk_";
    private const int KeyBytes = 32;
    private const int IdBytes = 8;
    private const int EndChars = 4;

    /// <summary>What ended longer ago is forgotten; the audit trail keeps it.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    /// <summary>Every key that is remembered, the newest first.</summary>
    public async Task<IReadOnlyList<WriteKey>> ListAsync(CancellationToken cancellationToken)
    {
        var keys = await store
            .ReadAllAsync(new EntityQuery(PipelineCounters.Table, Partition), cancellationToken)
            .Select(Read)
            .ToListAsync(cancellationToken);
        return [.. keys.OrderByDescending(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)];
    }

    /// <summary>Makes a key. Throws <see cref="WriteKeyException"/> for a name that cannot be, or that a valid key has.</summary>
    public async Task<NewWriteKey> CreateAsync(string name, WriteKeyKind kind, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > MaxNameChars || name.Any(char.IsControl))
            throw new WriteKeyException(
                name.Length > MaxNameChars
                    ? Phrase.Of($"A key's name: found {name.Length} characters, expected 1 to {MaxNameChars} characters on one line.")
                    : Phrase.Of($"A key's name: found '{name}', expected 1 to {MaxNameChars} characters on one line.")
            );
        var now = clock.GetUtcNow();
        var known = await ListAsync(cancellationToken);
        if (known.Count(key => key.IsValid(now)) >= MaxKeys)
            throw new WriteKeyException(Phrase.Of($"Found {MaxKeys} valid keys, expected fewer: revoke one that nobody uses."));
        if (known.Any(key => key.IsValid(now) && string.Equals(key.Name, name, StringComparison.OrdinalIgnoreCase)))
            throw new WriteKeyException(
                Phrase.Of($"A key's name: found '{name}', which a valid key has; expected another, or rotate that key.")
            );
        var made = Make(name, kind, now);
        await CommitAsync([EntityOperation.Insert(Row(made.Key)), .. Forgotten(known, now)], cancellationToken);
        return made;
    }

    /// <summary>
    /// Makes a key of the same name; the old one stays valid for a while, so that senders can change one by one. Null when there is no such
    /// valid key.
    /// </summary>
    public async Task<NewWriteKey?> RotateAsync(string id, TimeSpan keepOldFor, CancellationToken cancellationToken)
    {
        if (keepOldFor < TimeSpan.Zero || keepOldFor > LongestRotation)
            throw new WriteKeyException(
                Phrase.Of(
                    $"How long the old key stays: found {Format.Amount(keepOldFor.TotalHours)} hours, expected 0 to "
                        + $"{LongestRotation.TotalHours}."
                )
            );
        var now = clock.GetUtcNow();
        if (await GetAsync(id, cancellationToken) is not var (old, etag) || !old.IsValid(now))
            return null;
        var made = Make(old.Name, old.Kind, now);
        var end = now + keepOldFor;
        var ending = old with { EndsAt = old.EndsAt is { } sooner && sooner < end ? sooner : end };
        return await CommitAsync([EntityOperation.Insert(Row(made.Key)), EntityOperation.Replace(Row(ending), etag)], cancellationToken)
            ? made
            : null;
    }

    /// <summary>Ends a key now; null when there is no such valid key.</summary>
    public async Task<WriteKey?> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await GetAsync(id, cancellationToken) is not var (key, etag) || !key.IsValid(now))
            return null;
        var ended = key with { EndsAt = now };
        return await CommitAsync([EntityOperation.Replace(Row(ended), etag)], cancellationToken) ? ended : null;
    }

    /// <summary>Says where a key lives; null when there is no such valid key.</summary>
    public async Task<WriteKey?> SetKindAsync(string id, WriteKeyKind kind, CancellationToken cancellationToken)
    {
        if (await GetAsync(id, cancellationToken) is not var (key, etag) || !key.IsValid(clock.GetUtcNow()))
            return null;
        var changed = key with { Kind = kind };
        return await CommitAsync([EntityOperation.Replace(Row(changed), etag)], cancellationToken) ? changed : null;
    }

    private async Task<(WriteKey Key, string ETag)?> GetAsync(string id, CancellationToken cancellationToken)
    {
        if (id.Length != 2 * IdBytes || !id.All(char.IsAsciiHexDigitLower))
            return null;
        return await store.GetAsync(PipelineCounters.Table, Partition, id, cancellationToken) is { } row ? (Read(row), row.ETag) : null;
    }

    private async Task<bool> CommitAsync(IReadOnlyList<EntityOperation> operations, CancellationToken cancellationToken) =>
        (await store.CommitAsync(PipelineCounters.Table, Partition, operations, cancellationToken)).Committed;

    private static IEnumerable<EntityOperation> Forgotten(IReadOnlyList<WriteKey> known, DateTimeOffset now) =>
        known
            .Where(key => key.EndsAt < now - Remembered)
            .Take(EntityLimits.MaxOperations - 1)
            .Select(key => EntityOperation.Delete(key.Id));

    private static NewWriteKey Make(string name, WriteKeyKind? kind, DateTimeOffset now)
    {
        string secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        var key = new WriteKey(
            RandomNumberGenerator.GetHexString(2 * IdBytes, lowercase: true),
            name,
            SHA256.HashData(Encoding.UTF8.GetBytes(secret)),
            secret[^EndChars..],
            now,
            null,
            kind
        );
        return new NewWriteKey(key, secret);
    }

    private static Entity Row(WriteKey key) =>
        new(Partition, key.Id)
        {
            ["name"] = key.Name,
            ["hash"] = key.Hash,
            ["end"] = key.End,
            ["createdAt"] = key.CreatedAt,
            ["endsAt"] = key.EndsAt,
            ["kind"] = key.Kind?.Name(),
        };

    private static WriteKey Read(Entity row) =>
        new(
            row.RowKey,
            row.GetString("name") ?? "",
            row.GetBinary("hash") ?? [],
            row.GetString("end") ?? "",
            row.GetTime("createdAt") ?? default,
            row.GetTime("endsAt"),
            row.GetString("kind") is { } kind ? WriteKeyKinds.Of(kind) : null
        );
}
