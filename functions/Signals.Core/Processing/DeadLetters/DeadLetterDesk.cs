using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.State.People;

namespace Signals.Core.Processing.DeadLetters;

/// <summary>
/// What people do with dead letters. A message with events is replayed only while everybody still remembers the ids that were folded: a
/// part of it may have been, and an event must not count twice. One that is discarded counts as quarantined, so that the pipeline's sums
/// stay whole.
/// </summary>
public sealed class DeadLetterDesk(IDeadLetters letters, PipelineCounters counters, TimeProvider clock)
{
    /// <summary>
    /// How old a message with events may be to be replayed: a day less than ids are remembered, which is counted in whole days.
    /// </summary>
    public static readonly TimeSpan ReplayableFor = TimeSpan.FromDays(SeenIds.RetentionDays - 1);

    public Task<DeadLetterPage> ListAsync(string queue, int take, string? after, CancellationToken cancellationToken) =>
        letters.ListAsync(queue, take, after, cancellationToken);

    /// <summary>Whether replaying could count nothing twice.</summary>
    public bool IsReplayable(DeadLetter letter) => letter.EnqueuedAt >= Since(letter.Queue);

    public async Task<ReplayResult> ReplayAsync(string queue, string id, CancellationToken cancellationToken)
    {
        if (await letters.FindAsync(queue, id, cancellationToken) is not { } letter)
            return ReplayResult.Gone;
        if (!IsReplayable(letter))
            return ReplayResult.TooOld;
        return await letters.ReplayAsync(queue, id, cancellationToken) ? ReplayResult.Replayed : ReplayResult.Gone;
    }

    /// <summary>Replays a queue's dead letters that may be, <see cref="IDeadLetters.MostAtOnce"/> at most; returns how many.</summary>
    public Task<int> ReplayAllAsync(string queue, CancellationToken cancellationToken) =>
        letters.ReplayAllAsync(queue, Since(queue), cancellationToken);

    /// <summary>Removes a dead letter for good; false when it is gone.</summary>
    public async Task<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken)
    {
        if (await letters.FindAsync(queue, id, cancellationToken) is not { } letter)
            return false;
        // Counted first, and only once whatever happens: a message that is gone and uncounted would be missing for ever.
        if (queue == QueueNames.Usage)
            await counters.AddAsync([new MessageCount(letter.MessageId, letter.EnqueuedAt, 0, 0, letter.Items)], cancellationToken);
        return await letters.DiscardAsync(queue, id, cancellationToken);
    }

    private DateTimeOffset Since(string queue) => queue == QueueNames.Usage ? clock.GetUtcNow() - ReplayableFor : DateTimeOffset.MinValue;
}

/// <summary>What became of a wish to replay.</summary>
public enum ReplayResult
{
    Replayed,

    /// <summary>Somebody else replayed or discarded it.</summary>
    Gone,

    /// <summary>A part of it may have been folded, and nobody remembers which.</summary>
    TooOld,
}
