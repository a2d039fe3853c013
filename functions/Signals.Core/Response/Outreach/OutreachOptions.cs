using Signals.Core.State.WakeUps;

namespace Signals.Core.Response.Outreach;

/// <summary>How outreach gets over a worker that died, and what it waits for.</summary>
public sealed class OutreachOptions
{
    /// <summary>
    /// A worker that has held an outreach for longer is taken for dead: what it was sending becomes uncertain, and what it left planned is
    /// sent by another. Longer than any send takes; a worker that was only slow does no harm, for its record changed under it. Default: 10
    /// minutes.
    /// </summary>
    public TimeSpan WorkerTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Nobody is written to before an account's events have been quiet for so long: those of one batch come in several folds. Default:
    /// <see cref="ReviewSchedule.Quiet"/>.
    /// </summary>
    public TimeSpan Quiet { get; init; } = ReviewSchedule.Quiet;
}
