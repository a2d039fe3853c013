using Signals.Core.Folding;
using Signals.Core.Model;
using Signals.Core.Pipeline;
using Signals.Core.Storage;

namespace Signals.Core.Reviews;

/// <summary>
/// Puts a model into force: what it mentions for the first time is collected from now on, and when it differs from the one before, every
/// account is reviewed again. Table system, partition <c>model</c>, row <c>active</c>.
/// </summary>
public sealed class ModelActivation(
    IEntityStore store, KnownEvents known, EventFolder folder, ReviewFanOut fanOut, ValueModel model, TimeProvider clock)
{
    private const string Partition = "model";
    private const string Row = "active";
    private const string FingerprintColumn = "fingerprint";

    /// <summary>Call before the first fold or review of a process. Returns how many reviews were asked for directly.</summary>
    public async Task<int> ActivateAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await known.LoadAsync(folder.Plan, now, cancellationToken).ConfigureAwait(false);
        var active = await store.GetAsync(PipelineCounters.Table, Partition, Row, cancellationToken).ConfigureAwait(false);
        if (active?.GetString(FingerprintColumn) == model.Fingerprint)
            return 0;
        int asked = active is null ? 0 : (await fanOut.AskAllAsync(model.Fingerprint, cancellationToken).ConfigureAwait(false)).Accounts;
        var row = new Entity(Partition, Row) { [FingerprintColumn] = model.Fingerprint, ["since"] = now };
        await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Upsert(row)], cancellationToken).ConfigureAwait(false);
        return asked;
    }
}
