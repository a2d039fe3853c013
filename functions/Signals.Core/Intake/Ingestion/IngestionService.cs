using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Telemetry;

namespace Signals.Core.Intake.Ingestion;

/// <summary>
/// Hands events to the <c>usage</c> queue and returns once they are durable. While one send is under way the events of all other
/// requests gather for the next: single calls share messages and disk flushes under load, and wait for nobody when it is idle.
/// </summary>
/// <remarks>
/// Where messages cost money, a send also waits for up to <see cref="IngestionOptions.GatherTime"/> after its first event, while requests
/// come thick; <see cref="GatheringPolicy"/> says when that is over.
/// </remarks>
public sealed partial class IngestionService(
    IMessageQueue queue,
    TimeProvider clock,
    IngestionOptions options,
    MinuteCounts minutes,
    ILogger<IngestionService> logger
)
{
    private const int UsualEventBytes = 256;
    private const int MostEventsForeseen = 512;

    private readonly Lock _gate = new();
    private readonly GatheringPolicy _policy = new(clock, options);
    private Gathering _next = new();
    private bool _sending;
    private long _waitingBytes;

    /// <summary>
    /// Returns once every event is durable in the queue; the batch's buffers may be reused then, and also after an exception.
    /// Throws <see cref="TransientStoreException"/> when the queue is out of reach, too slow, or too much waits for it already:
    /// the sender should send the same again.
    /// </summary>
    public async Task AcceptAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Events.Count == 0 && batch.Quarantined.Count == 0)
            return;
        // The events are copied here, on the request's own thread, so that nothing of one request can spoil another's send.
        var records = new PooledBuffer(UsualEventBytes * Math.Min(batch.Events.Count + 1, MostEventsForeseen));
        try
        {
            EventRecordWriter.Write(records, batch);
        }
        catch
        {
            records.Dispose();
            throw;
        }
        try
        {
            await Enqueue(records, batch.Events.Count + batch.Quarantined.Count).WaitAsync(options.SendTimeout, clock, cancellationToken);
        }
        catch (TimeoutException fault)
        {
            throw new TransientStoreException(
                $"The queue did not take the events within {options.SendTimeout.TotalSeconds:0} seconds.",
                fault,
                options.RetryAfter
            );
        }
        SignalsMetrics.RecordAccepted(batch.Events.Count + batch.Quarantined.Count);
        minutes.NoteAccepted(batch.Events.Count + batch.Quarantined.Count);
    }

    private Task Enqueue(PooledBuffer records, int events)
    {
        Gathering gathering;
        bool idle,
            full;
        lock (_gate)
        {
            if (_waitingBytes + records.Capacity > options.MaxWaitingBytes)
            {
                long waiting = _waitingBytes;
                records.Dispose();
                throw new TransientStoreException($"{waiting} bytes of events wait for the queue already.", retryAfter: options.RetryAfter);
            }
            _waitingBytes += records.Capacity;
            _policy.NoteArrival();
            gathering = _next;
            full = gathering.Add(records, events, Activity.Current?.Context ?? default, clock.GetTimestamp());
            idle = !_sending;
            _sending = true;
        }
        if (full)
            gathering.Close();
        if (idle)
            _ = SendAllAsync();
        return gathering.Sent.Task;
    }

    /// <summary>Sends what gathered until nothing does. Never throws: a failure belongs to those whose events were in the send.</summary>
    private async Task SendAllAsync()
    {
        while (true)
        {
            while (NextWait() is var (full, wait))
                await full.WaitAsync(wait, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (TakeGathered() is not { } gathered)
                return;
            long bytes = gathered.Parts.Sum(part => (long)part.Capacity);
            try
            {
                var messages = EventBatchCodec.Pack(gathered.Parts, clock.GetUtcNow());
                using var activity = QueueTraces.StartSharedSend(QueueNames.Usage, messages.Count, gathered.Callers);
                await queue.SendAsync(QueueNames.Usage, messages, CancellationToken.None);
                gathered.Sent.SetResult();
            }
            catch (Exception fault)
            {
                Log.SendFailed(logger, fault, gathered.Parts.Count, bytes);
                // Whatever it is, the events are safe with their senders, who may come again.
                gathered.Sent.SetException(
                    fault as TransientStoreException
                        ?? new TransientStoreException("The queue did not take the events.", fault, options.RetryAfter)
                );
            }
            foreach (var part in gathered.Parts)
                part.Dispose();
            lock (_gate)
                _waitingBytes -= bytes;
        }
    }

    /// <summary>What to wait for, and how long, while that is worth it.</summary>
    private (Task Full, TimeSpan Wait)? NextWait()
    {
        lock (_gate)
            return _policy.WaitFor(_next) is { } wait ? (_next.Full, wait) : null;
    }

    private Gathering? TakeGathered()
    {
        lock (_gate)
        {
            if (_next.Parts.Count == 0)
            {
                _sending = false;
                return null;
            }
            var gathered = _next;
            _policy.NoteSend(gathered);
            _next = new Gathering();
            return gathered;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "The events of {Requests} requests ({Bytes} bytes) could not be queued; their senders were told to come again."
        )]
        public static partial void SendFailed(ILogger logger, Exception fault, int requests, long bytes);
    }
}
