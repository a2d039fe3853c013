using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Security;

/// <summary>
/// Named API tokens in the store: made, rotated and ended by people. Table system, partition <c>api-tokens</c>, a row a token. A token is
/// <c>st_</c>, its id, and 32 random bytes; what is kept is its hash. Nothing is held in memory: a token that was ended opens nothing from
/// then on, on any machine.
/// </summary>
public sealed class NamedTokens(IEntityStore store, TimeProvider clock)
{
    public const int MaxNameChars = 60;

    /// <summary>The most tokens that are valid at once.</summary>
    public const int MaxTokens = 100;

    /// <summary>The longest that a token may live.</summary>
    public const int MaxDays = 366;

    /// <summary>The longest that a rotated token may stay valid.</summary>
    public static readonly TimeSpan LongestRotation = TimeSpan.FromDays(30);

    private const string Partition = "api-tokens";
    private const string Prefix = "st_";
    private const int IdChars = 16;
    private const int SecretBytes = 32;
    private const int SecretChars = 43;
    private const int EndChars = 4;
    private const int TokenChars = 3 + IdChars + 1 + SecretChars;

    /// <summary>What ended longer ago is forgotten; the audit trail keeps it.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    /// <summary>Every token that is remembered, the newest first.</summary>
    public async Task<IReadOnlyList<NamedToken>> ListAsync(CancellationToken cancellationToken)
    {
        var tokens = await store
            .ReadAllAsync(new EntityQuery(PipelineCounters.Table, Partition), cancellationToken)
            .Select(Read)
            .ToListAsync(cancellationToken);
        return [.. tokens.OrderByDescending(token => token.CreatedAt).ThenBy(token => token.Id, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Makes a token. Throws <see cref="NamedTokenException"/> for a name that cannot be, or that a valid token has, and for a life that is
    /// none.
    /// </summary>
    public async Task<NewNamedToken> CreateAsync(string name, DashboardRole role, int days, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > MaxNameChars || name.Any(char.IsControl))
            throw new NamedTokenException(
                name.Length > MaxNameChars
                    ? Phrase.Of($"A token's name: found {name.Length} characters, expected 1 to {MaxNameChars} characters on one line.")
                    : Phrase.Of($"A token's name: found '{name}', expected 1 to {MaxNameChars} characters on one line.")
            );
        if (days is < 1 or > MaxDays)
            throw new NamedTokenException(Phrase.Of($"A token's life: found {days} days, expected 1 to {MaxDays}."));
        var now = clock.GetUtcNow();
        var known = await ListAsync(cancellationToken);
        if (known.Count(token => token.IsValid(now)) >= MaxTokens)
            throw new NamedTokenException(Phrase.Of($"Found {MaxTokens} valid tokens, expected fewer: end one that nobody uses."));
        if (ValidOf(known, name, now).Any())
            throw new NamedTokenException(
                Phrase.Of($"A token's name: found '{name}', which a valid token has; expected another, or rotate that token.")
            );
        var made = Make(name, role, now, TimeSpan.FromDays(days));
        await CommitAsync([EntityOperation.Insert(Row(made.Token)), .. Forgotten(known, now)], cancellationToken);
        return made;
    }

    /// <summary>
    /// Makes a token of the same name, role and length of life; the old one stays valid for a while, so that its users can change one by
    /// one. No more than two are in force. Null when there is no such valid token.
    /// </summary>
    public async Task<NewNamedToken?> RotateAsync(string id, TimeSpan keepOldFor, CancellationToken cancellationToken)
    {
        if (keepOldFor < TimeSpan.Zero || keepOldFor > LongestRotation)
            throw new NamedTokenException(
                Phrase.Of(
                    $"How long the old token stays: found {Format.Amount(keepOldFor.TotalHours)} hours, expected 0 to "
                        + $"{LongestRotation.TotalHours}."
                )
            );
        var now = clock.GetUtcNow();
        if (await GetAsync(id, cancellationToken) is not var (old, etag) || !old.IsValid(now))
            return null;
        if (ValidOf(await ListAsync(cancellationToken), old.Name, now).Skip(1).Any())
            throw new NamedTokenException(Phrase.Of($"Found two valid tokens '{old.Name}', expected one: end the older first."));
        var made = Make(old.Name, old.Role, now, old.EndsAt - old.CreatedAt);
        var end = now + keepOldFor;
        var ending = old with { EndsAt = old.EndsAt < end ? old.EndsAt : end };
        return await CommitAsync([EntityOperation.Insert(Row(made.Token)), EntityOperation.Replace(Row(ending), etag)], cancellationToken)
            ? made
            : null;
    }

    /// <summary>Ends a token now; null when there is no such valid token.</summary>
    public async Task<NamedToken?> EndAsync(string id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Whoever uses it meanwhile writes the day into the same row.
        for (int attempt = 0; attempt < 3; attempt++)
        {
            if (await GetAsync(id, cancellationToken) is not var (token, etag) || !token.IsValid(now))
                return null;
            var ended = token with { EndsAt = now };
            if (await CommitAsync([EntityOperation.Replace(Row(ended), etag)], cancellationToken))
                return ended;
        }
        throw new TransientStoreException($"The API token '{id}' is being changed by somebody else; try again.");
    }

    /// <summary>The tokens of a name that are in force, the newest first.</summary>
    public static IEnumerable<NamedToken> ValidOf(IEnumerable<NamedToken> tokens, string name, DateTimeOffset now) =>
        tokens.Where(token => token.IsValid(now) && string.Equals(token.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for what may be a named token: only then is it worth a look.</summary>
    internal static bool HasShape(string secret) => secret.Length == TokenChars && secret.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>
    /// The token that a caller brought, valid or over; null for what nobody made. One read, which takes the same time however much of the
    /// secret is right.
    /// </summary>
    internal async Task<NamedToken?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        if (!HasShape(secret))
            return null;
        if (await GetAsync(secret.Substring(Prefix.Length, IdChars), cancellationToken) is not var (token, etag))
            return null;
        if (!CryptographicOperations.FixedTimeEquals(HashOf(secret), token.Hash))
            return null;
        var now = clock.GetUtcNow();
        if (token.IsValid(now))
            await NoteUseAsync(token, etag, DateOnly.FromDateTime(now.UtcDateTime), cancellationToken);
        return token;
    }

    /// <summary>Once a day and token. Another's word of the same day does as well, and no answer waits for a store that is busy.</summary>
    private async Task NoteUseAsync(NamedToken token, string etag, DateOnly today, CancellationToken cancellationToken)
    {
        if (token.UsedOn == today)
            return;
        try
        {
            await CommitAsync([EntityOperation.Replace(Row(token with { UsedOn = today }), etag)], cancellationToken);
        }
        catch (TransientStoreException) { }
    }

    private async Task<(NamedToken Token, string ETag)?> GetAsync(string id, CancellationToken cancellationToken)
    {
        if (id.Length != IdChars || !id.All(char.IsAsciiHexDigitLower))
            return null;
        return await store.GetAsync(PipelineCounters.Table, Partition, id, cancellationToken) is { } row ? (Read(row), row.ETag) : null;
    }

    private async Task<bool> CommitAsync(IReadOnlyList<EntityOperation> operations, CancellationToken cancellationToken) =>
        (await store.CommitAsync(PipelineCounters.Table, Partition, operations, cancellationToken)).Committed;

    private static IEnumerable<EntityOperation> Forgotten(IReadOnlyList<NamedToken> known, DateTimeOffset now) =>
        known
            .Where(token => token.EndsAt < now - Remembered)
            .Take(EntityLimits.MaxOperations - 1)
            .Select(token => EntityOperation.Delete(token.Id));

    private static NewNamedToken Make(string name, DashboardRole role, DateTimeOffset now, TimeSpan life)
    {
        string id = RandomNumberGenerator.GetHexString(IdChars, lowercase: true);
        string secret = $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        return new NewNamedToken(new NamedToken(id, name, role, HashOf(secret), secret[^EndChars..], now, now + life), secret);
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static Entity Row(NamedToken token) =>
        new(Partition, token.Id)
        {
            ["name"] = token.Name,
            ["role"] = token.Role.Word(),
            ["hash"] = token.Hash,
            ["end"] = token.End,
            ["createdAt"] = token.CreatedAt,
            ["endsAt"] = token.EndsAt,
            ["usedOn"] = token.UsedOn?.ToString("O", CultureInfo.InvariantCulture),
        };

    /// <summary>A row whose role or end this version cannot tell opens nothing.</summary>
    private static NamedToken Read(Entity row) =>
        new(
            row.RowKey,
            row.GetString("name") ?? "",
            DashboardRoles.Of(row.GetString("role") ?? "") ?? default,
            row.GetBinary("hash") ?? [],
            row.GetString("end") ?? "",
            row.GetTime("createdAt") ?? default,
            row.GetTime("endsAt") ?? default,
            DateOnly.TryParseExact(row.GetString("usedOn"), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : null
        );
}
