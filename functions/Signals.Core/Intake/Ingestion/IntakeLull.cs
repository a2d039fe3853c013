namespace Signals.Core.Intake.Ingestion;

/// <summary>
/// Has folding give way to requests: who posts waits for an answer, and nobody waits for the fold. A burst is taken in at the pace of
/// taking in, and folded afterwards in larger portions, each account's rows read and written once for many of its events.
/// </summary>
public sealed class IntakeLull(IntakeGates gates, Backlog backlog, TimeProvider clock)
{
    /// <summary>In a flood it is never quiet for as long as this.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(5);

    /// <summary>Longer than this folding never gives way.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private bool IsQuiet => gates.Single.IsQuietFor(Quiet) && gates.Many.IsQuietFor(Quiet);

    /// <summary>
    /// Returns once no request was being worked on for 5 milliseconds, or waited for the disk; after a second in any case; and at once
    /// while the backlog is long.
    /// </summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        long since = clock.GetTimestamp();
        while (!backlog.IsLong && !IsQuiet && clock.GetElapsedTime(since) < Longest)
            await Task.Delay(Quiet, clock, cancellationToken);
    }
}
