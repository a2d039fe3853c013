using Microsoft.Extensions.Logging;
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
/// <remarks>
/// Of several processes that start at once, one claims the reviews and asks for them; should it die, another does once the claim is over.
/// </remarks>
public sealed partial class ModelActivation(
    IEntityStore store, KnownEvents known, EventFolder folder, AccountLists accounts, WakeIndex wakes, IMessageQueue queue, ValueModel model, TimeProvider clock,
    ILogger<ModelActivation> logger)
{
    /// <summary>Asking for the reviews of a million accounts takes a few minutes.</summary>
    public static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(15);

    private const string Partition = "model";
    private const string Row = "active";
    private const string FingerprintColumn = "fingerprint";
    private const string SinceColumn = "since";
    private const string ClaimColumn = "claim";
    private const string ClaimedUntilColumn = "claimedUntil";
    private const int BatchSize = 100;

    /// <summary>
    /// Call when a process starts, and again with every sweep. Returns how many reviews were asked for: none unless the model changed and
    /// nobody else has them in hand.
    /// </summary>
    public async Task<int> ActivateAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await known.RefreshAsync(folder.Plan, now, cancellationToken).ConfigureAwait(false);
        var active = await store.GetAsync(PipelineCounters.Table, Partition, Row, cancellationToken).ConfigureAwait(false);
        if (active is null)
        {
            // Nothing was reviewed under another model, so nothing is to be reviewed again.
            await CommitAsync(EntityOperation.Insert(InForce(now)), cancellationToken).ConfigureAwait(false);
            return 0;
        }
        if (active.GetString(FingerprintColumn) == model.Fingerprint || !await ClaimAsync(active, now, cancellationToken).ConfigureAwait(false))
            return 0;
        int asked = await ReviewAllAsync(cancellationToken).ConfigureAwait(false);
        await CommitAsync(EntityOperation.Upsert(InForce(now)), cancellationToken).ConfigureAwait(false);
        LogChanged(logger, asked);
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

    /// <summary>False when another process asks for these reviews now.</summary>
    private async Task<bool> ClaimAsync(Entity active, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (active.GetString(ClaimColumn) == model.Fingerprint && active.GetTime(ClaimedUntilColumn) > now)
            return false;
        var claimed = new Entity(Partition, Row)
        {
            [FingerprintColumn] = active.GetString(FingerprintColumn) ?? "",
            [SinceColumn] = active.GetTime(SinceColumn) ?? now,
            [ClaimColumn] = model.Fingerprint,
            [ClaimedUntilColumn] = now + ClaimTime,
        };
        return await CommitAsync(EntityOperation.Replace(claimed, active.ETag), cancellationToken).ConfigureAwait(false);
    }

    private Entity InForce(DateTimeOffset now) => new(Partition, Row) { [FingerprintColumn] = model.Fingerprint, [SinceColumn] = now };

    private async Task<bool> CommitAsync(EntityOperation operation, CancellationToken cancellationToken) =>
        (await store.CommitAsync(PipelineCounters.Table, Partition, [operation], cancellationToken).ConfigureAwait(false)).Committed;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The model changed: {Reviews} accounts are reviewed again.")]
    private static partial void LogChanged(ILogger logger, int reviews);
}
