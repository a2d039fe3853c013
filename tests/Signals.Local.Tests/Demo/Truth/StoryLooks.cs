using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>What a look at an account found, and when the story's clock stood so.</summary>
/// <param name="At">The moment.</param>
/// <param name="Level">The level.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="Before">The level before the present one.</param>
/// <param name="Since">Since when it is the present one.</param>
internal sealed record Look(DateTimeOffset At, RiskLevel Level, int Score, RiskLevel Before, DateTimeOffset Since);

/// <summary>
/// A store that writes down each look at an account as its row is written: an account's own trail keeps a day's last look alone, and a mail
/// of the morning tells of the night's.
/// </summary>
internal sealed class StoryLooks(IEntityStore store, TimeProvider clock) : IEntityStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Look>> _looks = new(StringComparer.Ordinal);

    /// <summary>The last look at a group up to a moment; null before the first.</summary>
    public Look? At(string account, DateTimeOffset moment) => Of(account).LastOrDefault(look => look.At <= moment);

    /// <summary>All looks at a group, oldest first.</summary>
    public IReadOnlyList<Look> Of(string account) => _looks.GetValueOrDefault(AccountKey.Group(account).Value) ?? [];

    public ValueTask<Entity?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        store.GetAsync(table, partitionKey, rowKey, cancellationToken);

    public ValueTask<EntityPage> QueryAsync(EntityQuery query, CancellationToken cancellationToken) =>
        store.QueryAsync(query, cancellationToken);

    public async ValueTask<CommitResult> CommitAsync(
        string table,
        string partitionKey,
        IReadOnlyList<EntityOperation> operations,
        CancellationToken cancellationToken
    )
    {
        var result = await store.CommitAsync(table, partitionKey, operations, cancellationToken);
        if (result.Committed && table == AccountRows.Table)
        {
            foreach (
                var row in operations.Where(operation => operation.RowKey == AccountRows.AccountRow).Select(operation => operation.Entity)
            )
                Note(row is null ? null : AccountRows.AccountOf(row));
        }
        return result;
    }

    /// <summary>Writes down what is new in an account's row: a fold writes it too, and looks at nothing.</summary>
    private void Note(AccountState? account)
    {
        if (account?.Review is not { } review || review.ReviewedAt == default)
            return;
        var risk = review.Assessment.Risk;
        var look = new Look(clock.GetUtcNow(), risk.Level, risk.Score, review.PreviousLevel, review.LevelSince);
        lock (_lock)
        {
            if (!_looks.TryGetValue(account.Key.Value, out var looks))
                _looks[account.Key.Value] = looks = [];
            if (looks.Count == 0 || looks[^1] with { At = look.At } != look)
                looks.Add(look);
        }
    }
}
