using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Folding;

namespace Signals.Local.Import;

/// <summary>
/// Folds events into a data folder whose app is stopped, by the handler that folds what comes from the queue: under message ids that say
/// where in the import they stand, so that what a crash cut off is known when it comes again.
/// </summary>
internal sealed class FolderTarget(FoldHandler handler, IntakeRules rules, ImportState state, TimeProvider clock) : IImportTarget
{
    private const int EventsAtOnce = 16_384;

    private readonly EventReader _reader = new(rules);

    public async Task TakeAsync(string name, IReadOnlyList<SpoolRecord> records, CancellationToken cancellationToken)
    {
        for (int at = 0; at < records.Count; at += EventsAtOnce)
        {
            var events = new List<UsageEvent>(Math.Min(EventsAtOnce, records.Count - at));
            for (int i = at; i < Math.Min(records.Count, at + EventsAtOnce); i++)
            {
                // It was read before, and by the same rules.
                if (_reader.ReadLine(records[i].Message, state.BeganAt).Event is { } usage)
                    events.Add(usage);
            }
            var messages = EventBatchCodec
                .Pack(new EventBatch(events, []), state.BeganAt)
                .Select(
                    (message, i) =>
                        new QueueMessage(QueueNames.Usage, $"{state.Id}-{name}-{at}-{i}", message.Body, message.Items, 1, state.BeganAt, "")
                )
                .ToList();
            await FoldAsync(messages, cancellationToken);
        }
    }

    private async Task FoldAsync(List<QueueMessage> messages, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            var settlements = await handler.HandleAsync(messages, cancellationToken);
            if (settlements.OfType<Settlement.DeadLetter>().FirstOrDefault() is { } dead)
                throw new InvalidDataException($"Events of the import could not be folded: {dead.Reason}");
            messages = [.. messages.Where((_, i) => settlements[i] is Settlement.Retry)];
            if (messages.Count == 0)
                return;
            if (attempt == Backoff.AfterConflict.MaxAttempts)
                throw new IOException($"Events of the import could not be folded: {settlements.OfType<Settlement.Retry>().First().Reason}");
            await Backoff.AfterConflict.PauseAsync(attempt, clock, cancellationToken);
        }
    }
}
