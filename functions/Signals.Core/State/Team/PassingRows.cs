using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;

namespace Signals.Core.State.Team;

/// <summary>
/// What the team's dashboard keeps for a while, in table system: what can be undone and which sessions were ended, by the moment of their
/// end, and sessions and mailed links by user, with that moment in a column. They open nothing after it; this removes them.
/// </summary>
public sealed class PassingRows(IEntityStore store, TeamUsers users, TimeProvider clock)
{
    /// <summary>Rows <c>{time of its end}:{random}</c>.</summary>
    public const string Undo = "undo";

    /// <summary>Rows <c>{time of its end}:{hash}</c>.</summary>
    public const string EndedSessions = "ended-sessions";

    /// <summary>When a session or a link ends.</summary>
    public const string EndsAt = "endsAt";

    /// <summary>Transactions a run spends on a partition by time: what is left waits for the next run.</summary>
    public const int MaxTransactions = 100;

    /// <summary>Removes what is over; returns how many rows.</summary>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        int removed = 0;
        foreach (string partition in (string[])[Undo, EndedSessions])
            removed += await RemoveBeforeAsync(partition, now, cancellationToken);
        foreach (var user in await users.ListAsync(cancellationToken))
        {
            foreach (string partition in (string[])[TeamUsers.SessionsPrefix + user.Id, TeamUsers.LinksPrefix + user.Id])
                removed += await RemoveOverAsync(partition, now, cancellationToken);
        }
        return removed;
    }

    /// <summary>Removes rows of a partition; one that somebody else removes meanwhile keeps those beside it until the next time.</summary>
    public async Task<int> RemoveAsync(string partition, IEnumerable<Entity> rows, CancellationToken cancellationToken)
    {
        int removed = 0;
        foreach (var part in rows.Chunk(EntityLimits.MaxOperations))
        {
            EntityOperation[] deletes = [.. part.Select(row => EntityOperation.Delete(row.RowKey))];
            if ((await store.CommitAsync(PipelineCounters.Table, partition, deletes, cancellationToken)).Committed)
                removed += deletes.Length;
        }
        return removed;
    }

    /// <summary>What can be undone may be long: no more of it is in memory than one transaction removes.</summary>
    private async Task<int> RemoveBeforeAsync(string partition, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var over = new EntityQuery(PipelineCounters.Table, partition, To: StorageKey.Time(now));
        int removed = 0;
        for (int made = 0; made < MaxTransactions; made++)
        {
            var rows = await store.ReadFirstAsync(over, EntityLimits.MaxOperations, cancellationToken);
            removed += await RemoveAsync(partition, rows, cancellationToken);
            if (rows.Count < EntityLimits.MaxOperations)
                break;
        }
        return removed;
    }

    private async Task<int> RemoveOverAsync(string partition, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await store.ReadFirstAsync(new EntityQuery(PipelineCounters.Table, partition), EntityLimits.MaxPage, cancellationToken);
        return await RemoveAsync(partition, rows.Where(row => row.GetTime(EndsAt) <= now), cancellationToken);
    }
}
