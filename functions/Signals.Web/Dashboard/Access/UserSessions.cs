using System.Globalization;
using System.Security.Cryptography;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Team;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Sessions of people of the team: a cookie with when it ends, whose it is and its id, sealed, and a row (table system, partition
/// <c>sessions:{user}</c>) without which the cookie opens nothing. A person sees theirs and ends them.
/// </summary>
internal sealed class UserSessions(string apiToken, IEntityStore store, TeamUsers users, PassingRows passing, TimeProvider clock)
{
    /// <summary>Of more the oldest ends.</summary>
    public const int MaxSessions = 30;

    private const int MaxChars = 200;

    /// <summary>Sessions that stand and those that are over; with more of them, which only a crowd of sign-ins leaves, some wait.</summary>
    private const int MaxRows = 200;
    private const int IdChars = 24;
    private const int MaxDeviceChars = 80;

    private readonly Seal _seal = new(apiToken, "signals.user-session.v1");

    /// <summary>Opens a session; returns its cookie.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="device">The browser, as its user knows it again.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<string> OpenAsync(TeamUser user, string device, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        string partition = TeamUsers.SessionsPrefix + user.Id;
        var ends = DateTimeOffset.FromUnixTimeSeconds((now + Sessions.Lifetime).ToUnixTimeSeconds());
        string id = await Optimistic.ChangeAsync<string>(
            "open a session",
            clock,
            async () =>
            {
                var made = new Entity(partition, RandomNumberGenerator.GetHexString(IdChars, lowercase: true))
                {
                    ["openedAt"] = now,
                    [PassingRows.EndsAt] = ends,
                    ["device"] = device.Length > MaxDeviceChars ? device[..MaxDeviceChars] : device,
                    ["seenOn"] = Today(),
                };
                var inserted = await store.CommitAsync(
                    PipelineCounters.Table,
                    partition,
                    [EntityOperation.Insert(made)],
                    cancellationToken
                );
                return inserted.Committed ? made.RowKey : Attempt.Conflict;
            },
            cancellationToken
        );
        await EndOldestAsync(partition, id, cancellationToken);
        return _seal.Close($"{ends.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}.{user.Id}.{id}");
    }

    /// <summary>Whose session a cookie is, as long as it stands and they may come in; null for any other cookie.</summary>
    public async ValueTask<(TeamUser User, string Id)?> FindAsync(string cookie, CancellationToken cancellationToken)
    {
        if (Parse(cookie) is not var (userId, id))
            return null;
        var row = await store.GetAsync(PipelineCounters.Table, TeamUsers.SessionsPrefix + userId, id, cancellationToken);
        if (row is null || !(row.GetTime(PassingRows.EndsAt) > clock.GetUtcNow()))
            return null;
        if (await users.GetAsync(userId, cancellationToken) is not { IsActive: true } user)
            return null;
        await NoteSeenAsync(row, cancellationToken);
        await users.NoteSeenAsync(user, cancellationToken);
        return (user, id);
    }

    /// <summary>Ends the session of a cookie; true where there was one.</summary>
    public async Task<bool> EndByCookieAsync(string cookie, CancellationToken cancellationToken) =>
        Parse(cookie) is var (userId, id) && await EndAsync(userId, id, cancellationToken);

    public async Task<bool> EndAsync(string userId, string id, CancellationToken cancellationToken)
    {
        if (id.Length != IdChars || !id.All(char.IsAsciiHexDigitLower))
            return false;
        var result = await store.CommitAsync(
            PipelineCounters.Table,
            TeamUsers.SessionsPrefix + userId,
            [EntityOperation.Delete(id)],
            cancellationToken
        );
        return result.Committed;
    }

    /// <summary>Ends every session of somebody but one; returns how many.</summary>
    public async Task<int> EndOthersAsync(string userId, string? but, CancellationToken cancellationToken)
    {
        int ended = 0;
        foreach (var session in await ListAsync(userId, cancellationToken))
        {
            if (session.Id != but && await EndAsync(userId, session.Id, cancellationToken))
                ended++;
        }
        return ended;
    }

    /// <summary>Sessions that stand, the newest first.</summary>
    public async Task<IReadOnlyList<UserSession>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = await store.ReadFirstAsync(
            new EntityQuery(PipelineCounters.Table, TeamUsers.SessionsPrefix + userId),
            MaxRows,
            cancellationToken
        );
        return
        [
            .. rows.Where(row => row.GetTime(PassingRows.EndsAt) > now)
                .Select(row => new UserSession(
                    row.RowKey,
                    row.GetTime("openedAt") ?? default,
                    row.GetTime(PassingRows.EndsAt) ?? default,
                    row.GetString("device") ?? "",
                    DateOnly.TryParseExact(row.GetString("seenOn"), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                        ? day
                        : null
                ))
                .OrderByDescending(session => session.OpenedAt),
        ];
    }

    /// <summary>Ends what is over and what is too many; one that somebody else ends meanwhile leaves the rest to the next time.</summary>
    private async Task EndOldestAsync(string partition, string newest, CancellationToken cancellationToken)
    {
        var rows = await store.ReadFirstAsync(new EntityQuery(PipelineCounters.Table, partition), MaxRows, cancellationToken);
        var now = clock.GetUtcNow();
        var kept = rows.Where(row => row.RowKey != newest && row.GetTime(PassingRows.EndsAt) > now)
            .OrderByDescending(row => row.GetTime("openedAt"))
            .Take(MaxSessions - 1)
            .Select(row => row.RowKey)
            .Append(newest)
            .ToHashSet(StringComparer.Ordinal);
        await passing.RemoveAsync(partition, rows.Where(row => !kept.Contains(row.RowKey)), cancellationToken);
    }

    private (string UserId, string Id)? Parse(string cookie) =>
        cookie.Length <= MaxChars
        && _seal.Open(cookie)?.Split('.') is [var ends, var userId, var id]
        && long.TryParse(ends, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && seconds > clock.GetUtcNow().ToUnixTimeSeconds()
            ? (userId, id)
            : null;

    /// <summary>Once a day and session; no answer waits for a store that is busy.</summary>
    private async Task NoteSeenAsync(Entity row, CancellationToken cancellationToken)
    {
        if (row.GetString("seenOn") == Today())
            return;
        try
        {
            row["seenOn"] = Today();
            await store.CommitAsync(PipelineCounters.Table, row.PartitionKey, [EntityOperation.Replace(row)], cancellationToken);
        }
        catch (TransientStoreException) { }
    }

    private string Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>A session as its owner sees it.</summary>
internal sealed record UserSession(string Id, DateTimeOffset OpenedAt, DateTimeOffset EndsAt, string Device, DateOnly? SeenOn);
