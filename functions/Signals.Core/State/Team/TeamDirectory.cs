using Signals.Core.Platform.Storage;

namespace Signals.Core.State.Team;

/// <summary>
/// Who is who, for whatever names a person: kept in memory for half a minute, so that no page and no mail waits for it. While the store
/// cannot be read, who was known last is who is known.
/// </summary>
public sealed class TeamDirectory(TeamUsers users, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private Known _known = new(TeamNames.Nobody, DateTimeOffset.MinValue);

    /// <summary>Everybody as they were read last.</summary>
    public TeamNames Names => _known.Names;

    /// <summary>Everybody, as they are or were within half a minute.</summary>
    public async ValueTask<TeamNames> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var known = _known;
        if (now - known.At < Fresh && now >= known.At)
            return known.Names;
        try
        {
            known = new Known(new TeamNames(await users.ListAsync(cancellationToken)), now);
            _known = known;
        }
        catch (TransientStoreException) { }
        return known.Names;
    }

    /// <summary>Has the next reader read anew: this process has just changed somebody.</summary>
    public void Forget() => _known = new Known(_known.Names, DateTimeOffset.MinValue);

    private sealed record Known(TeamNames Names, DateTimeOffset At);
}

/// <summary>Everybody of the team, found by address.</summary>
public sealed class TeamNames(IReadOnlyList<TeamUser> users)
{
    public static readonly TeamNames Nobody = new([]);

    private readonly Dictionary<string, TeamUser> _byAddress = users
        .Where(user => user.Address.Length > 0)
        .DistinctBy(user => user.Address, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(user => user.Address, StringComparer.OrdinalIgnoreCase);

    /// <summary>Those who may come in, by name.</summary>
    public IReadOnlyList<TeamUser> Active { get; } = [.. users.Where(user => user.IsActive)];

    /// <summary>Somebody by address, their access ended or not; null for an address of nobody here.</summary>
    public TeamUser? Find(string? address) => address is null ? null : _byAddress.GetValueOrDefault(address.Trim());

    /// <summary>What colleagues call whom the audit trail names so; the same text for who is nobody here.</summary>
    public string NameOf(string who) => Find(who) is { Name.Length: > 0 } user ? user.Name : who;
}
