using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Diagnosis.Norms;

/// <summary>
/// Where cohort norms are kept: table system, partition <c>cohorts</c>, row <c>norms</c>. A process reads them once in a while, never for
/// one review alone.
/// </summary>
public sealed class CohortStore(IEntityStore store, ValueModel model, TimeProvider clock)
{
    internal const string Partition = "cohorts";

    private const string Row = "norms";
    private const string Column = "norms";

    private static readonly TimeSpan RefreshEvery = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private Cached? _cached;

    /// <summary>The norms as they were within the hour; none until a pass under this model has ended.</summary>
    public async ValueTask<CohortNorms> GetAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_cached is { } cached && now >= cached.At && now < cached.At + RefreshEvery)
            return cached.Norms;
        var norms = await ReadAsync(cancellationToken);
        Keep(norms is { } found && found.Fingerprint == model.Fingerprint ? found : CohortNorms.None);
        return _cached!.Norms;
    }

    internal async Task<CohortNorms?> ReadAsync(CancellationToken cancellationToken) =>
        await store.GetAsync(PipelineCounters.Table, Partition, Row, cancellationToken) is { } row
            ? CohortNorms.Unpack(BlobColumns.Read(row, Column))
            : null;

    internal async Task SaveAsync(CohortNorms norms, CancellationToken cancellationToken)
    {
        var row = new Entity(Partition, Row);
        BlobColumns.Write(row, Column, norms.Pack());
        await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Upsert(row)], cancellationToken);
        Keep(norms);
    }

    private void Keep(CohortNorms norms)
    {
        lock (_gate)
            _cached = new Cached(norms, clock.GetUtcNow());
    }

    private sealed record Cached(CohortNorms Norms, DateTimeOffset At);
}
