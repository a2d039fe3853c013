using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace Signals.Testing.ServiceBus.Wire;

/// <summary>The broker's end of a link that a client sends by.</summary>
internal sealed class SenderEnd
{
    private readonly BrokerQueue _queue;
    private readonly ReceivingAmqpLink _link;
    private readonly BrokerFaults _faults;

    public SenderEnd(BrokerQueue queue, ReceivingAmqpLink link, BrokerFaults faults)
    {
        (_queue, _link, _faults) = (queue, link, faults);
        link.RegisterMessageListener(transfer => _ = TakeAsync(transfer));
    }

    private async Task TakeAsync(AmqpMessage transfer)
    {
        var fault = _faults.Take(BrokerCall.Send);
        try
        {
            if (!await Faulty.BeforeAsync(fault))
                return;
            _queue.Accept(BrokerMessage.Of(transfer));
            if (fault?.Drops == true)
                throw Faulty.Dropped();
            if (fault?.IsAnswered != false)
                _link.DisposeMessage(transfer, AmqpConstants.AcceptedOutcome, settled: true, batchable: false);
        }
        catch (AmqpException refusal) when (fault?.Drops != true)
        {
            _link.DisposeMessage(transfer, new Rejected { Error = refusal.Error }, settled: true, batchable: false);
        }
        catch (Exception broken)
        {
            _link.SafeClose(broken);
        }
    }
}
