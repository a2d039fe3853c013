using Microsoft.Extensions.Logging;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Folding;
using Signals.Core.State.Collection;

namespace Signals.Core.Processing.Reviews;

/// <summary>
/// Puts a model into force: what it mentions for the first time is collected from now on, and when it differs from the one before, every
/// account is reviewed again. Table system, partition <c>model</c>, row <c>active</c>.
/// </summary>
/// <remarks>
/// Of several processes that start at once, one claims the reviews and asks for them; should it die, another does once the claim is over.
/// </remarks>
public sealed partial class ModelActivation(
    IEntityStore store,
    KnownEvents known,
    EventFolder folder,
    ReviewFanOut fanOut,
    ValueModel model,
    TimeProvider clock,
    ILogger<ModelActivation> logger
)
{
    /// <summary>Asking for the reviews of a million accounts takes a few minutes.</summary>
    public static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(15);

    private const string Partition = "model";
    private const string Row = "active";
    private const string FingerprintColumn = "fingerprint";
    private const string SinceColumn = "since";
    private const string ClaimColumn = "claim";
    private const string ClaimedUntilColumn = "claimedUntil";

    /// <summary>
    /// Call when a process starts, and again with every sweep. Returns how many reviews were asked for directly: none unless the model
    /// changed and nobody else has them in hand.
    /// </summary>
    public async Task<int> ActivateAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await known.RefreshAsync(folder.Plan, now, cancellationToken);
        var active = await store.GetAsync(PipelineCounters.Table, Partition, Row, cancellationToken);
        if (active is null)
        {
            // Nothing was reviewed under another model, so nothing is to be reviewed again.
            await CommitAsync(EntityOperation.Insert(InForce(now)), cancellationToken);
            return 0;
        }
        if (active.GetString(FingerprintColumn) == model.Fingerprint || !await ClaimAsync(active, now, cancellationToken))
            return 0;
        var asked = await fanOut.AskAllAsync(model.Fingerprint, cancellationToken);
        await CommitAsync(EntityOperation.Upsert(InForce(now)), cancellationToken);
        LogChanged(logger, asked.Accounts, asked.Complete ? "that is all of them" : "the others are found on the way");
        return asked.Accounts;
    }

    /// <summary>False when another process asks for these reviews now.</summary>
    private async Task<bool> ClaimAsync(Entity active, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (
            active.GetString(ClaimColumn) == model.Fingerprint
            && active.GetTime(ClaimedUntilColumn) is { } until
            && until > now
            && until <= now + 2 * ClaimTime
        )
            return false;
        var claimed = new Entity(Partition, Row)
        {
            [FingerprintColumn] = active.GetString(FingerprintColumn) ?? "",
            [SinceColumn] = active.GetTime(SinceColumn) ?? now,
            [ClaimColumn] = model.Fingerprint,
            [ClaimedUntilColumn] = now + ClaimTime,
        };
        return await CommitAsync(EntityOperation.Replace(claimed, active.ETag), cancellationToken);
    }

    private Entity InForce(DateTimeOffset now) => new(Partition, Row) { [FingerprintColumn] = model.Fingerprint, [SinceColumn] = now };

    private async Task<bool> CommitAsync(EntityOperation operation, CancellationToken cancellationToken) =>
        (await store.CommitAsync(PipelineCounters.Table, Partition, [operation], cancellationToken)).Committed;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The model changed: {Accounts} accounts are reviewed again, {Rest}.")]
    private static partial void LogChanged(ILogger logger, int accounts, string rest);
}
