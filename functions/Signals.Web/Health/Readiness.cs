using Microsoft.Extensions.Logging;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;

namespace Signals.Web.Health;

/// <summary>
/// Finds out whether the store and the queue answer within a few seconds, and whether what is acknowledged could be written: a full disk
/// reads on.
/// </summary>
internal sealed partial class Readiness(IEntityStore store, IMessageQueue queue, TimeProvider clock, ILogger<Readiness> logger)
{
    private const string Partition = "ready";
    private const string Row = "probe";
    private const int ProbeBytes = 32 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A write that went well speaks for so long: stores bill by the write.</summary>
    private static readonly TimeSpan WrittenFor = TimeSpan.FromSeconds(10);

    private long _writtenAt;

    /// <summary>What does not answer; empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(
            StoreAsync(cancellationToken),
            AnswersAsync("queue", token => queue.ProbeAsync(QueueNames.Usage, token), cancellationToken)
        );
        return [.. answers.OfType<string>()];
    }

    private async Task<string?> StoreAsync(CancellationToken cancellationToken) =>
        await AnswersAsync("store", token => store.GetAsync(PipelineCounters.Table, Partition, Row, token).AsTask(), cancellationToken)
        ?? await AnswersAsync("store for writing", WriteAsync, cancellationToken);

    /// <summary>Writes as much as a small request brings, so that the last free bytes of a disk are not taken for room.</summary>
    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        long writtenAt = Volatile.Read(ref _writtenAt),
            now = clock.GetTimestamp();
        if (writtenAt != 0 && clock.GetElapsedTime(writtenAt, now) < WrittenFor)
            return;
        var probe = new Entity(Partition, Row) { ["probe"] = new byte[ProbeBytes] };
        await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Upsert(probe)], cancellationToken);
        Volatile.Write(ref _writtenAt, now);
    }

    private async Task<string?> AnswersAsync(string name, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        try
        {
            await ask(cancellationToken).WaitAsync(Patience, clock, cancellationToken);
            return null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogMissing(logger, fault, name);
            return name;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Name} does not answer.")]
    private static partial void LogMissing(ILogger logger, Exception fault, string name);
}
