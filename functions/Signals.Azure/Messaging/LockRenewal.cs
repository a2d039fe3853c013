using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Signals.Azure.Messaging;

/// <summary>
/// Keeps the leases of a batch while its handler runs: the Functions host renews those of single messages only. Each is renewed when half
/// of it is over; a renewal that fails is tried again while there is time, and only a lease that is lost is given up.
/// </summary>
internal sealed partial class LockRenewal : IAsyncDisposable
{
    /// <summary>However short the leases are, the broker is not asked more often.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>Longer than half of any lease that a queue can give.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _handled = new();
    private readonly string _queue;
    private readonly IDeliveryActions _actions;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Task _renewing;

    private LockRenewal(
        string queue,
        IReadOnlyList<ServiceBusReceivedMessage> deliveries,
        IDeliveryActions actions,
        TimeProvider clock,
        ILogger logger
    )
    {
        _queue = queue;
        _actions = actions;
        _clock = clock;
        _logger = logger;
        var now = clock.GetUtcNow();
        // How long a lease lasts is told only with a delivery: the one that waited least for the others of its batch comes closest.
        var lease = deliveries.Select(delivery => delivery.LockedUntil - now).DefaultIfEmpty().Max();
        _renewing = Task.WhenAll(deliveries.Select(delivery => KeepAsync(delivery, delivery.LockedUntil - now, lease)));
    }

    public static LockRenewal Start(
        string queue,
        IReadOnlyList<ServiceBusReceivedMessage> deliveries,
        IDeliveryActions actions,
        TimeProvider clock,
        ILogger logger
    ) => new(queue, deliveries, actions, clock, logger);

    public async ValueTask DisposeAsync()
    {
        await _handled.CancelAsync();
        await _renewing;
        _handled.Dispose();
    }

    private async Task KeepAsync(ServiceBusReceivedMessage delivery, TimeSpan left, TimeSpan lease)
    {
        var wait = Share(left, 2);
        while (true)
        {
            await Task.Delay(wait, _clock, _handled.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_handled.IsCancellationRequested)
                return;
            switch (await RenewAsync(delivery))
            {
                case Renewal.Renewed:
                    wait = Share(lease, 2);
                    break;
                case Renewal.Failed:
                    wait = Share(lease, 8);
                    break;
                case Renewal.Lost:
                    return;
            }
        }
    }

    private static TimeSpan Share(TimeSpan time, int parts) =>
        TimeSpan.FromTicks(Math.Clamp((time / parts).Ticks, Shortest.Ticks, Longest.Ticks));

    private async Task<Renewal> RenewAsync(ServiceBusReceivedMessage delivery)
    {
        try
        {
            await TimeLimits.WithinAsync(TimeLimits.Answer, _clock, token => _actions.RenewAsync(delivery, token), _handled.Token);
            return Renewal.Renewed;
        }
        catch (Exception) when (_handled.IsCancellationRequested)
        {
            return Renewal.Lost;
        }
        catch (Exception fault) when (ServiceBusFaults.IsLeaseLost(fault))
        {
            Log.Lost(_logger, delivery.MessageId, _queue);
            return Renewal.Lost;
        }
        catch (Exception fault)
        {
            Log.NotRenewed(_logger, fault, delivery.MessageId, _queue);
            return Renewal.Failed;
        }
    }

    private enum Renewal
    {
        Renewed,

        /// <summary>The broker or the host could not be asked; the lease may still hold.</summary>
        Failed,

        /// <summary>Not to be kept: the message comes again, and its settlement will say so.</summary>
        Lost,
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The lease of message {MessageId} of {Queue} is lost while it is handled; it comes again.")]
        public static partial void Lost(ILogger logger, string messageId, string queue);

        [LoggerMessage(LogLevel.Warning, "The lease of message {MessageId} of {Queue} could not be renewed; this is tried again.")]
        public static partial void NotRenewed(ILogger logger, Exception fault, string messageId, string queue);
    }
}
