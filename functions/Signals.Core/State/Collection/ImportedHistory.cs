using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.State.Collection;

/// <summary>
/// When history was imported last, and up to which import accounts were looked back at. Table system, partition <c>history</c>, row
/// <c>imported</c>.
/// </summary>
public sealed class ImportedHistory(IEntityStore store, TimeProvider clock)
{
    private const string Partition = "history";
    private const string Row = "imported";
    private const string AtColumn = "at";
    private const string SeenColumn = "lookedBackAt";

    /// <summary>An import is many batches: one note in so long is enough, and looking back waits for longer.</summary>
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _noted;

    /// <summary>Remembers that history came.</summary>
    public async ValueTask NoteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_noted is { } noted && !Elapsed.Since(noted, BetweenNotes, now))
            return;
        await ChangeAsync(AtColumn, now, cancellationToken);
        _noted = now;
    }

    /// <summary>When history came last that nobody looked back at; null for none.</summary>
    public async ValueTask<DateTimeOffset?> WaitingSinceAsync(CancellationToken cancellationToken) =>
        await store.GetAsync(PipelineCounters.Table, Partition, Row, cancellationToken) is { } row
        && row.GetTime(AtColumn) is { } at
        && !(row.GetTime(SeenColumn) >= at)
            ? at
            : null;

    /// <summary>Remembers that all that came up to a moment was looked back at.</summary>
    public Task DoneAsync(DateTimeOffset upTo, CancellationToken cancellationToken) => ChangeAsync(SeenColumn, upTo, cancellationToken);

    private Task<Entity?> ChangeAsync(string column, DateTimeOffset moment, CancellationToken cancellationToken) =>
        store.ChangeAsync(
            PipelineCounters.Table,
            Partition,
            Row,
            "note that history was imported",
            clock,
            row =>
            {
                var changed = new Entity(Partition, Row);
                foreach (string other in (string[])[AtColumn, SeenColumn])
                {
                    if (row?.GetTime(other) is { } known)
                        changed[other] = known;
                }
                changed[column] = moment;
                return changed;
            },
            cancellationToken
        );
}
