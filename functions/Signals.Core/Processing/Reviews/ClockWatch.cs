using Microsoft.Extensions.Logging;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.Processing.Reviews;

/// <summary>
/// Notices that the clock went back: what was reviewed and put off under a clock that was ahead would wait until it gets there again, so
/// every account is reviewed anew. Table system, partition <c>clock</c>, row <c>latest</c>.
/// </summary>
public sealed partial class ClockWatch(IEntityStore store, ReviewFanOut fanOut, TimeProvider clock, ILogger<ClockWatch> logger)
{
    /// <summary>Clocks of several machines differ by less.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    /// <summary>The time is noted no more often.</summary>
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(10);

    private const string Partition = "clock";
    private const string Row = "latest";
    private const string AtColumn = "at";

    /// <summary>Call with every sweep. Returns how many reviews were asked for directly: none unless the clock went back.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var latest = (await store.GetAsync(PipelineCounters.Table, Partition, Row, cancellationToken))?.GetTime(AtColumn);
        if (latest is { } noted && !Elapsed.Since(noted, noted > now ? Tolerance : BetweenNotes, now))
            return 0;
        int asked = 0;
        if (latest > now)
        {
            // Asked for before the time is noted: a crash in between has it done again.
            asked = (await fanOut.AskAllAsync(StorageKey.Time(now), cancellationToken)).Accounts;
            LogWentBack(logger, latest.Value, now);
        }
        var row = new Entity(Partition, Row) { [AtColumn] = now };
        await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Upsert(row)], cancellationToken);
        return asked;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock went back from {Before} to {Now}: every account is reviewed again.")]
    private static partial void LogWentBack(ILogger logger, DateTimeOffset before, DateTimeOffset now);
}
