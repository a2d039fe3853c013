using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Local.Storage;

namespace Signals.Local.Messaging;

/// <summary>Runs one handler over its queue: what the Service Bus trigger does on Azure.</summary>
public sealed partial class MessagePump
{
    private readonly SqliteMessageQueue _queue;
    private readonly IMessageHandler _handler;
    private readonly MessagePumpOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<MessagePump> _logger;
    private readonly Func<CancellationToken, Task>? _giveWay;

    /// <param name="queue">The queues.</param>
    /// <param name="handler">What handles the messages of its queue.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="clock">What leases and rests go by.</param>
    /// <param name="logger">What went wrong.</param>
    /// <param name="giveWay">
    /// What running waits for each time before it takes messages that are there; null for nothing. Draining does not.
    /// </param>
    public MessagePump(
        SqliteMessageQueue queue,
        IMessageHandler handler,
        MessagePumpOptions options,
        TimeProvider clock,
        ILogger<MessagePump> logger,
        Func<CancellationToken, Task>? giveWay = null
    )
    {
        options.Validate();
        _queue = queue;
        _handler = handler;
        _options = options;
        _clock = clock;
        _logger = logger;
        _giveWay = giveWay;
    }

    /// <summary>
    /// Handles messages until <paramref name="stop"/>, then finishes what is in hand. <paramref name="abort"/> tells the handlers
    /// that even this must end; what they leave is given back at once.
    /// </summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        // One worker at a time waits at the queue, so that a message wakes one and not all of them.
        using var turn = new SemaphoreSlim(1);
        await Task.WhenAll(Enumerable.Range(0, _options.ConcurrencyOf(_handler.Queue)).Select(_ => WorkAsync(turn, stop, abort)));
    }

    /// <summary>Handles what is due now, batch after batch, until nothing is; returns how many deliveries that took.</summary>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        int deliveries = 0;
        while (true)
        {
            var messages = await _queue.ReceiveAsync(_handler.Queue, _handler.BatchSize, _options.Lease, cancellationToken);
            if (messages.Count == 0)
                return deliveries;
            deliveries += messages.Count;
            await HandleAsync(messages, cancellationToken);
        }
    }

    private async Task WorkAsync(SemaphoreSlim turn, CancellationToken stop, CancellationToken abort)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var messages = await TakeAsync(turn, stop);
                if (messages.Count > 0)
                    await HandleAsync(messages, abort);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (TransientStoreException fault)
            {
                Log.QueueUnavailable(_logger, _handler.Queue, fault);
                await Task.Delay(_options.RestAfterFault, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<IReadOnlyList<QueueMessage>> TakeAsync(SemaphoreSlim turn, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            await _queue.WaitForMessagesAsync(_handler.Queue, stop);
            if (_giveWay is not null)
                await _giveWay(stop);
            return await _queue.ReceiveAsync(_handler.Queue, _handler.BatchSize, _options.Lease, stop);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken abort)
    {
        using var handled = new CancellationTokenSource();
        var renewal = RenewAsync(messages, handled.Token);
        IReadOnlyList<Settlement> settlements;
        try
        {
            settlements = await _handler.DecideAsync(messages, _logger, abort);
        }
        finally
        {
            await handled.CancelAsync();
            await renewal;
        }
        await SettleAsync([.. messages.Zip(settlements, (message, settlement) => new SettledMessage(message, settlement))], abort);
    }

    /// <summary>
    /// Settles for as long as the leases surely stand: what a full disk keeps from being settled would else be nobody's until they end, and
    /// then be handled again. Not cancelled by a stop, for the same reason.
    /// </summary>
    private async Task SettleAsync(IReadOnlyList<SettledMessage> settled, CancellationToken abort)
    {
        long began = _clock.GetTimestamp();
        while (true)
        {
            try
            {
                await _queue.SettleAsync(settled, CancellationToken.None);
                return;
            }
            catch (TransientStoreException fault) when (_clock.GetElapsedTime(began) < _options.Lease / 2 && !abort.IsCancellationRequested)
            {
                Log.QueueUnavailable(_logger, _handler.Queue, fault);
                await Task.Delay(_options.RestAfterFault, _clock, abort).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RenewAsync(IReadOnlyList<QueueMessage> messages, CancellationToken handled)
    {
        var held = messages.ToList();
        while (held.Count > 0)
        {
            await Task.Delay(_options.Lease / 3, _clock, handled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (handled.IsCancellationRequested)
                return;
            try
            {
                bool[] renewed = await Task.WhenAll(
                    held.Select(message => _queue.RenewAsync(message, _options.Lease, CancellationToken.None))
                );
                int lost = renewed.Count(kept => !kept);
                if (lost > 0)
                    Log.LeasesLost(_logger, _handler.Queue, lost);
                held = [.. held.Where((_, index) => renewed[index])];
            }
            catch (TransientStoreException fault)
            {
                // Two thirds of the lease are left to try again.
                Log.QueueUnavailable(_logger, _handler.Queue, fault);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The queue {Queue} cannot be used now; trying again.")]
        public static partial void QueueUnavailable(ILogger logger, string queue, Exception fault);

        [LoggerMessage(LogLevel.Warning, "{Count} messages of {Queue} lost their lease while they were handled; they come again.")]
        public static partial void LeasesLost(ILogger logger, string queue, int count);
    }
}
