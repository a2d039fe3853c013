using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;

namespace Signals.Core.State.Team;

/// <summary>
/// Who works in the dashboard: table system, partition <c>users</c>, a row a person, named by their address's hash. At most
/// <see cref="MaxUsers"/> at a time, and those whose access ended last, so that all of them are one short read.
/// </summary>
public sealed class TeamUsers(IEntityStore store, TimeProvider clock)
{
    public const string Partition = "users";

    public const int MaxUsers = 200;

    /// <summary>Whose access ended is still named by it; of more the one that ended first is forgotten.</summary>
    public const int MaxEnded = 200;

    /// <summary>Partitions of somebody's sessions and of the links that were mailed to them: this and their id.</summary>
    public const string SessionsPrefix = "sessions:";

    public const string LinksPrefix = "sign-in:";

    /// <summary>Partitions of somebody's passkeys: this and their id.</summary>
    public const string PasskeysPrefix = "passkeys:";

    /// <summary>The row of an address, however it is written.</summary>
    public static string IdOf(string address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.Trim().ToLowerInvariant())))[..24];

    /// <summary>Everybody who was ever invited, by name; those whose access ended too.</summary>
    public async Task<IReadOnlyList<TeamUser>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await store
            .ReadAllAsync(new EntityQuery(PipelineCounters.Table, Partition), cancellationToken)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(Read)
                .OrderBy(user => user.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(user => user.Id, StringComparer.Ordinal),
        ];
    }

    public async Task<TeamUser?> GetAsync(string id, CancellationToken cancellationToken) =>
        id.Length == 24 && id.All(char.IsAsciiHexDigitLower)
            ? await store.GetAsync(PipelineCounters.Table, Partition, id, cancellationToken) is { } row
                ? Read(row)
                : null
            : null;

    public Task<TeamUser?> FindAsync(string address, CancellationToken cancellationToken) => GetAsync(IdOf(address), cancellationToken);

    /// <summary>
    /// Adds somebody, or lets somebody in again whose access had ended. <see cref="TeamAddition.Known"/> where they are in already,
    /// <see cref="TeamAddition.Full"/> where there are too many.
    /// </summary>
    public async Task<TeamAddition> AddAsync(TeamUser user, CancellationToken cancellationToken)
    {
        var all = await ListAsync(cancellationToken);
        if (all.Count(other => other.IsActive) >= MaxUsers)
            return TeamAddition.Full;
        foreach (var gone in all.Where(other => other.EndedAt is not null).OrderByDescending(other => other.EndedAt).Skip(MaxEnded))
            await CommitAsync(EntityOperation.Delete(gone.Id), cancellationToken);
        return await Optimistic.ChangeAsync<TeamAddition>(
            "add a user",
            clock,
            async () =>
            {
                var row = await store.GetAsync(PipelineCounters.Table, Partition, user.Id, cancellationToken);
                if (row is not null && Read(row).IsActive)
                    return TeamAddition.Known;
                var operation = row is null ? EntityOperation.Insert(Row(user)) : EntityOperation.Replace(Row(user), row.ETag);
                return await CommitAsync(operation, cancellationToken) ? TeamAddition.Added : Attempt.Conflict;
            },
            cancellationToken
        );
    }

    /// <summary>Changes somebody; returns them as they are then, null where there is nobody of that id.</summary>
    public Task<TeamUser?> ChangeAsync(string id, Func<TeamUser, TeamUser> change, CancellationToken cancellationToken) =>
        Optimistic.ChangeAsync<TeamUser?>(
            "change a user",
            clock,
            async () =>
            {
                if (await store.GetAsync(PipelineCounters.Table, Partition, id, cancellationToken) is not { } row)
                    return new Attempt<TeamUser?>(null);
                var before = Read(row);
                var after = change(before);
                return before == after || await CommitAsync(EntityOperation.Replace(Row(after), row.ETag), cancellationToken)
                    ? new Attempt<TeamUser?>(after)
                    : Attempt.Conflict;
            },
            cancellationToken
        );

    /// <summary>Ends every session of somebody, every link that was mailed to them, and their passkeys.</summary>
    public async Task ForgetWaysInAsync(string id, CancellationToken cancellationToken)
    {
        foreach (string partition in (string[])[SessionsPrefix, LinksPrefix, PasskeysPrefix])
            await store.RemoveAllAsync(new EntityQuery(PipelineCounters.Table, partition + id), cancellationToken);
    }

    /// <summary>Notes that somebody was here today; written once a day, and no answer waits for a store that is busy.</summary>
    public async Task NoteSeenAsync(TeamUser user, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (user.SeenOn == today)
            return;
        try
        {
            await ChangeAsync(user.Id, known => known with { SeenOn = today }, cancellationToken);
        }
        catch (TransientStoreException) { }
    }

    private async Task<bool> CommitAsync(EntityOperation operation, CancellationToken cancellationToken) =>
        (await store.CommitAsync(PipelineCounters.Table, Partition, [operation], cancellationToken)).Committed;

    private static Entity Row(TeamUser user) =>
        new(Partition, user.Id)
        {
            ["address"] = user.Address,
            ["name"] = user.Name,
            ["role"] = user.Role,
            ["zone"] = user.Zone,
            ["language"] = user.Language,
            ["csm"] = user.Csm,
            ["createdAt"] = user.CreatedAt,
            ["createdBy"] = user.CreatedBy,
            ["endedAt"] = user.EndedAt,
            ["seenOn"] = user.SeenOn?.ToString("O", CultureInfo.InvariantCulture),
        };

    private static TeamUser Read(Entity row) =>
        new()
        {
            Id = row.RowKey,
            Address = row.GetString("address") ?? "",
            Name = row.GetString("name") ?? "",
            Role = row.GetString("role") ?? "",
            Zone = row.GetString("zone"),
            Language = row.GetString("language"),
            Csm = row.GetString("csm"),
            CreatedAt = row.GetTime("createdAt") ?? default,
            CreatedBy = row.GetString("createdBy") ?? "",
            EndedAt = row.GetTime("endedAt"),
            SeenOn = DateOnly.TryParseExact(row.GetString("seenOn"), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : null,
        };
}

/// <summary>What became of an invitation.</summary>
public enum TeamAddition
{
    Added,

    /// <summary>They are in already.</summary>
    Known,

    /// <summary>There are <see cref="TeamUsers.MaxUsers"/> already.</summary>
    Full,
}
