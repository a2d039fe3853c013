using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;

namespace Signals.Core.State.Collection;

/// <summary>
/// When the first live event of all arrived: outreach warms up from then on. Table system, partition <c>live</c>, row <c>first</c>.
/// </summary>
public sealed class LiveSince(IEntityStore store)
{
    private const string Partition = "live";
    private const string Row = "first";

    private DateTimeOffset? _known;

    /// <summary>Remembers a live event's arrival, unless an earlier one is known.</summary>
    public async ValueTask NoteAsync(DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (await GetAsync(cancellationToken) is not null)
            return;
        await store.CommitAsync(
            PipelineCounters.Table,
            Partition,
            [EntityOperation.Insert(new Entity(Partition, Row) { ["at"] = receivedAt })],
            cancellationToken
        );
        await GetAsync(cancellationToken);
    }

    /// <summary>Null while no live event has arrived.</summary>
    public async ValueTask<DateTimeOffset?> GetAsync(CancellationToken cancellationToken) =>
        _known ??= (await store.GetAsync(PipelineCounters.Table, Partition, Row, cancellationToken))?.GetTime("at");
}
