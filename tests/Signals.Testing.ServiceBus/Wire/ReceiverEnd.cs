using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace Signals.Testing.ServiceBus.Wire;

/// <summary>
/// The broker's end of a link that a client receives by: gives what is ready while there is credit, and settles as the client says.
/// </summary>
internal sealed class ReceiverEnd
{
    private readonly Lock _giving = new();
    private readonly BrokerQueue _queue;
    private readonly SendingAmqpLink _link;
    private readonly BrokerFaults _faults;
    private readonly bool _forGood;

    public ReceiverEnd(BrokerQueue queue, SendingAmqpLink link, BrokerFaults faults)
    {
        (_queue, _link, _faults) = (queue, link, faults);
        _forGood = link.Settings.SettleType == SettleMode.SettleOnSend;
        // A client that drains hears that all is given once this returns: so it gives at once, on this thread.
        link.RegisterCreditListener((_, _, _) => Give());
        link.RegisterDispositionListener(delivery => _ = SettleAsync(delivery));
        queue.Ready += OnReady;
        link.SafeAddClosed((_, _) => queue.Ready -= OnReady);
    }

    private void OnReady(object? sender, EventArgs nothing) => Give();

    private void Give()
    {
        lock (_giving)
        {
            while (_link.State == AmqpObjectState.Opened && _link.LinkCredit > 0 && _queue.HasReady)
            {
                var fault = _faults.Take(BrokerCall.Deliver);
                if (fault is { Drops: true } or { Condition: not null })
                {
                    _link.SafeClose(
                        fault.Drops
                            ? Faulty.Dropped()
                            : new AmqpException(Faulty.Error(fault.Condition!, "No delivery, as the test asked for."))
                    );
                    return;
                }
                if (fault is { IsAnswered: true })
                {
                    _ = fault.Until.ContinueWith(_ => GiveOne(), TaskScheduler.Default);
                    return;
                }
                // Lost on its way: the client never sees it, and its lock runs out.
                if (fault is null ? !GiveOne() : _queue.Take(_forGood) is null)
                    return;
            }
        }
    }

    private bool GiveOne()
    {
        if (_queue.Take(_forGood) is not { } message)
            return false;
        var delivery = message.ToReceive();
        delivery.DeliveryTag = new ArraySegment<byte>((message.LockToken ?? Guid.NewGuid()).ToByteArray());
        if (_link.TrySendDelivery(delivery))
            return true;
        if (message.LockToken is { } token)
            _queue.Release(token);
        return false;
    }

    private async Task SettleAsync(Delivery delivery)
    {
        var fault = _faults.Take(BrokerCall.Settle);
        var (tag, state) = (new Guid(delivery.DeliveryTag), delivery.State);
        try
        {
            if (!await Faulty.BeforeAsync(fault))
                return;
            if (!Settle(tag, state))
                throw new AmqpException(
                    Faulty.Error(
                        "com.microsoft:message-lock-lost",
                        "The lock supplied is invalid. Either it expired, or the message was settled."
                    )
                );
            if (fault?.Drops == true)
                throw Faulty.Dropped();
            if (fault?.IsAnswered != false)
                _link.DisposeDelivery(delivery, settled: true, AmqpConstants.AcceptedOutcome);
        }
        catch (AmqpException refusal) when (fault?.Drops != true)
        {
            _link.DisposeDelivery(delivery, settled: true, new Rejected { Error = refusal.Error });
        }
        catch (Exception broken)
        {
            _link.SafeClose(broken);
        }
    }

    private bool Settle(Guid token, DeliveryState state) =>
        state switch
        {
            Accepted => _queue.Complete(token),
            Released => _queue.Release(token),
            Modified { UndeliverableHere: true } deferred => _queue.Defer(token, Changes(deferred.MessageAnnotations)),
            Modified abandoned => _queue.Abandon(token, Changes(abandoned.MessageAnnotations)),
            Rejected rejected => PutAside(token, Changes(rejected.Error?.Info)),
            _ => throw new AmqpException(AmqpErrorCode.NotImplemented, $"A delivery cannot be settled with {state}."),
        };

    private bool PutAside(Guid token, Dictionary<string, object> changes)
    {
        changes.Remove("DeadLetterReason", out object? reason);
        changes.Remove("DeadLetterErrorDescription", out object? description);
        return _queue.DeadLetter(token, reason as string, description as string, changes);
    }

    private static Dictionary<string, object> Changes(Fields? fields) =>
        fields?.ToDictionary(field => ((AmqpSymbol)field.Key.Key).Value, field => field.Value, StringComparer.Ordinal) ?? [];
}
