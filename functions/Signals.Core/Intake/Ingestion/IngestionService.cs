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

    /// <summary>From so many bytes on events need nobody to share a message with.</summary>
    private const int WorthAMessage = EventBatchCodec.MaxRecordsBytes / 4;

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
        try
        {
            await Enqueue(Pack(batch)).WaitAsync(options.SendTimeout, clock, cancellationToken);
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

    /// <summary>
    /// The events are copied here, on the request's own thread, so that nothing of one request can spoil another's send; and many are
    /// compressed here too, so that the send, for which everybody waits, is short.
    /// </summary>
    private Portion Pack(EventBatch batch)
    {
        int events = batch.Events.Count + batch.Quarantined.Count;
        var records = new PooledBuffer(UsualEventBytes * Math.Min(events + 1, MostEventsForeseen));
        bool kept = false;
        try
        {
            EventRecordWriter.Write(records, batch);
            if (options.GatherTime > TimeSpan.Zero || records.Length < WorthAMessage)
            {
                kept = true;
                return new Portion(events, records, [], records.Capacity);
            }
            var messages = EventBatchCodec.Pack([records], clock.GetUtcNow());
            return new Portion(events, null, messages, messages.Sum(message => (long)message.Body.Length));
        }
        finally
        {
            if (!kept)
                records.Dispose();
        }
    }

    private Task Enqueue(Portion portion)
    {
        Gathering gathering;
        bool idle,
            full;
        lock (_gate)
        {
            if (_waitingBytes + portion.Bytes > options.MaxWaitingBytes)
            {
                long waiting = _waitingBytes;
                portion.Records?.Dispose();
                throw new TransientStoreException($"{waiting} bytes of events wait for the queue already.", retryAfter: options.RetryAfter);
            }
            _waitingBytes += portion.Bytes;
            _policy.NoteArrival();
            gathering = _next;
            full = gathering.Add(portion, Activity.Current?.Context ?? default, clock.GetTimestamp());
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
            long bytes = gathered.Portions.Sum(portion => portion.Bytes);
            try
            {
                List<OutgoingMessage> messages =
                [
                    .. EventBatchCodec.Pack(
                        [.. gathered.Portions.Select(portion => portion.Records).OfType<PooledBuffer>()],
                        clock.GetUtcNow()
                    ),
                    .. gathered.Portions.SelectMany(portion => portion.Messages),
                ];
                using var activity = QueueTraces.StartSharedSend(QueueNames.Usage, messages.Count, gathered.Callers);
                await queue.SendAsync(QueueNames.Usage, messages, CancellationToken.None);
                gathered.Sent.SetResult();
            }
            catch (Exception fault)
            {
                Log.SendFailed(logger, fault, gathered.Portions.Count, bytes);
                // Whatever it is, the events are safe with their senders, who may come again.
                gathered.Sent.SetException(
                    fault as TransientStoreException
                        ?? new TransientStoreException("The queue did not take the events.", fault, options.RetryAfter)
                );
            }
            foreach (var portion in gathered.Portions)
                portion.Records?.Dispose();
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
            if (_next.Portions.Count == 0)
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
