using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Signals.Azure.Messaging;

/// <summary>Keeps the leases of a batch while its handler runs: the host renews those of single messages only.</summary>
internal sealed partial class LockRenewal : IAsyncDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _handled = new();
    private readonly string _queue;
    private readonly IDeliveryActions _actions;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Task _renewing;

    private LockRenewal(string queue, IReadOnlyList<ServiceBusReceivedMessage> deliveries, IDeliveryActions actions, TimeProvider clock, ILogger logger)
    {
        _queue = queue;
        _actions = actions;
        _clock = clock;
        _logger = logger;
        _renewing = RenewAsync([.. deliveries]);
    }

    public static LockRenewal Start(
        string queue, IReadOnlyList<ServiceBusReceivedMessage> deliveries, IDeliveryActions actions, TimeProvider clock, ILogger logger) =>
        new(queue, deliveries, actions, clock, logger);

    public async ValueTask DisposeAsync()
    {
        await _handled.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _handled.Dispose();
    }

    private async Task RenewAsync(List<ServiceBusReceivedMessage> held)
    {
        if (held.Count == 0)
            return;
        // Renewing does not tell how long the new lease lasts, so the first one says how often all are renewed.
        var period = Period(held.Min(delivery => delivery.LockedUntil) - _clock.GetUtcNow());
        while (held.Count > 0)
        {
            await Task.Delay(period, _clock, _handled.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_handled.IsCancellationRequested)
                return;
            bool[] kept = await Task.WhenAll(held.Select(RenewAsync)).ConfigureAwait(false);
            held = [.. held.Where((_, index) => kept[index])];
        }
    }

    private static TimeSpan Period(TimeSpan left) => left / 2 < Shortest ? Shortest : left / 2 > Longest ? Longest : left / 2;

    /// <summary>False when the lease is not to be kept: the message comes again, and its settlement will say so.</summary>
    private async Task<bool> RenewAsync(ServiceBusReceivedMessage delivery)
    {
        try
        {
            await _actions.RenewAsync(delivery, _handled.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception) when (_handled.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception fault)
        {
            LogNotRenewed(_logger, fault, delivery.MessageId, _queue);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The lease of message {MessageId} of {Queue} could not be renewed.")]
    private static partial void LogNotRenewed(ILogger logger, Exception fault, string messageId, string queue);
}
