using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Team;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Links that are mailed to one of the team and let them in once. Table system, partition <c>sign-in:{user}</c>, a row a link. The token is
/// <c>su_</c>, the user's id, the link's id and 32 random bytes; what is kept is its hash. Looking at a link changes nothing, for mail
/// scanners do; the page's button redeems it, and with it goes every other link of the same person.
/// </summary>
internal sealed class MailedLinks(IEntityStore store, TeamUsers users, PassingRows passing, TimeProvider clock)
{
    /// <summary>How long a link works that somebody asked for.</summary>
    public static readonly TimeSpan AskedLife = TimeSpan.FromMinutes(30);

    /// <summary>How long the link of an invitation works.</summary>
    public static readonly TimeSpan InvitedLife = TimeSpan.FromDays(3);

    /// <summary>Links of one person that wait at once: whoever asks for more gets none.</summary>
    public const int MaxWaiting = 4;

    private const string PathStart = "/signin?token=";
    private const string Purpose = "su_";
    private const int UserChars = 24;
    private const int IdChars = 8;
    private const int SecretBytes = 32;
    private const int SecretChars = 43;
    private const int TokenChars = 3 + UserChars + IdChars + 1 + SecretChars;
    private const int MaxRows = 90;

    /// <summary>A path that shows the button; null where too many links wait already.</summary>
    public async Task<string?> CreateAsync(TeamUser user, string returnTo, TimeSpan life, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        string partition = TeamUsers.LinksPrefix + user.Id;
        var rows = await store.ReadFirstAsync(new EntityQuery(PipelineCounters.Table, partition), MaxRows, cancellationToken);
        if (rows.Count(row => row.GetTime(PassingRows.EndsAt) > now) >= MaxWaiting)
            return null;
        await passing.RemoveAsync(partition, rows.Where(row => row.GetTime(PassingRows.EndsAt) <= now), cancellationToken);
        return await Optimistic.ChangeAsync<string?>(
            "make a sign-in link",
            clock,
            async () =>
            {
                string id = RandomNumberGenerator.GetHexString(IdChars, lowercase: true);
                string token = $"{Purpose}{user.Id}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
                var made = new Entity(partition, id)
                {
                    ["hash"] = HashOf(token),
                    [PassingRows.EndsAt] = now + life,
                    ["returnTo"] = returnTo,
                };
                return await IsCommittedAsync(partition, [EntityOperation.Insert(made)], cancellationToken)
                    ? PathStart + token
                    : Attempt.Conflict;
            },
            cancellationToken
        );
    }

    /// <summary>Takes a link back that reached nobody, so that it does not count among those that wait.</summary>
    public async Task TakeBackAsync(string path, CancellationToken cancellationToken)
    {
        if (await ReadAsync(path[PathStart.Length..], cancellationToken) is var (_, row))
            await IsCommittedAsync(row.PartitionKey, [EntityOperation.Delete(row.RowKey)], cancellationToken);
    }

    /// <summary>True for what has the shape of such a token.</summary>
    public static bool HasShape(string? token) => token is { Length: TokenChars } && token.StartsWith(Purpose, StringComparison.Ordinal);

    /// <summary>Whom a link would let in, and where to; null for one that does not work.</summary>
    public async Task<MailedLink?> FindAsync(string? token, CancellationToken cancellationToken) =>
        await ReadAsync(token, cancellationToken) is var (link, _) ? link : null;

    /// <summary>The same, for the first who brings it; null for everybody after. It takes every other link of the person along.</summary>
    public Task<MailedLink?> RedeemAsync(string? token, CancellationToken cancellationToken) =>
        Optimistic.ChangeAsync<MailedLink?>(
            "redeem a sign-in link",
            clock,
            async () =>
            {
                if (await ReadAsync(token, cancellationToken) is not var (link, row))
                    return new Attempt<MailedLink?>(null);
                var rows = await store.ReadFirstAsync(
                    new EntityQuery(PipelineCounters.Table, row.PartitionKey),
                    MaxRows,
                    cancellationToken
                );
                var others = rows.Where(other => other.RowKey != row.RowKey).Select(other => EntityOperation.Delete(other.RowKey));
                return await IsCommittedAsync(
                    row.PartitionKey,
                    [EntityOperation.Delete(row.RowKey, row.ETag), .. others],
                    cancellationToken
                )
                    ? link
                    : Attempt.Conflict;
            },
            cancellationToken
        );

    private async Task<bool> IsCommittedAsync(
        string partition,
        IReadOnlyList<EntityOperation> operations,
        CancellationToken cancellationToken
    ) => (await store.CommitAsync(PipelineCounters.Table, partition, operations, cancellationToken)).Committed;

    private async Task<(MailedLink Link, Entity Row)?> ReadAsync(string? token, CancellationToken cancellationToken)
    {
        if (!HasShape(token))
            return null;
        string user = token!.Substring(Purpose.Length, UserChars),
            id = token.Substring(Purpose.Length + UserChars, IdChars);
        if (!user.Concat(id).All(char.IsAsciiHexDigitLower))
            return null;
        var row = await store.GetAsync(PipelineCounters.Table, TeamUsers.LinksPrefix + user, id, cancellationToken);
        if (
            row?.GetBinary("hash") is not { } hash
            || !CryptographicOperations.FixedTimeEquals(HashOf(token), hash)
            || !(row.GetTime(PassingRows.EndsAt) > clock.GetUtcNow())
            || await users.GetAsync(user, cancellationToken) is not { IsActive: true } known
        )
            return null;
        return (new MailedLink(known, LocalAddress.Of(row.GetString("returnTo"), "/")), row);
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>Whom a link lets in, and the page that they wanted.</summary>
internal sealed record MailedLink(TeamUser User, string ReturnTo);
