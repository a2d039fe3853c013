using Signals.Core.Folding;
using Signals.Core.Lists;
using Signals.Core.Messaging;
using Signals.Core.Model;
using Signals.Core.Pipeline;
using Signals.Core.Storage;
using Signals.Core.Waking;

namespace Signals.Core.Reviews;

/// <summary>
/// Puts a model into force: what it mentions for the first time is collected from now on, and when it differs from the one before, every
/// account is reviewed again. Table system, partition <c>model</c>, row <c>active</c>.
/// </summary>
public sealed class ModelActivation(
    IEntityStore store, KnownEvents known, EventFolder folder, AccountLists accounts, WakeIndex wakes, IMessageQueue queue, ValueModel model, TimeProvider clock)
{
    private const string Partition = "model";
    private const string Row = "active";
    private const string FingerprintColumn = "fingerprint";
    private const int BatchSize = 100;

    /// <summary>Call before the first fold or review of a process. Returns how many reviews were asked for.</summary>
    public async Task<int> ActivateAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await known.LoadAsync(folder.Plan, now, cancellationToken).ConfigureAwait(false);
        var active = await store.GetAsync(PipelineCounters.Table, Partition, Row, cancellationToken).ConfigureAwait(false);
        if (active?.GetString(FingerprintColumn) == model.Fingerprint)
            return 0;
        int asked = active is null ? 0 : await ReviewAllAsync(cancellationToken).ConfigureAwait(false);
        var row = new Entity(Partition, Row) { [FingerprintColumn] = model.Fingerprint, ["since"] = now };
        await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Upsert(row)], cancellationToken).ConfigureAwait(false);
        return asked;
    }

    /// <summary>Asks for a review of every account that was ever reviewed and every one that waits for its first; returns how many.</summary>
    public async Task<int> ReviewAllAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var batch = new List<OutgoingMessage>();
        await foreach (var (account, _) in accounts.ReadAsync(AccountLists.ByRisk, null, EntityLimits.MaxPage, cancellationToken).ConfigureAwait(false))
            await AskAsync(new Accounts.AccountKey(account.Key)).ConfigureAwait(false);
        for (int shard = 0; shard < WakeIndex.Shards; shard++)
        {
            await foreach (var wake in wakes.AllAsync(shard, cancellationToken).ConfigureAwait(false))
            {
                if (wake.Kind == WakeKind.Review)
                    await AskAsync(wake.Account).ConfigureAwait(false);
            }
        }
        await SendAsync().ConfigureAwait(false);
        return asked.Count;

        async Task AskAsync(Accounts.AccountKey account)
        {
            if (!asked.Add(account.Value))
                return;
            batch.Add(ReviewMessage.Of(account, now));
            if (batch.Count == BatchSize)
                await SendAsync().ConfigureAwait(false);
        }

        async Task SendAsync()
        {
            if (batch.Count > 0)
                await queue.SendAsync(QueueNames.Reviews, batch, cancellationToken).ConfigureAwait(false);
            batch.Clear();
        }
    }
}
