using Microsoft.Azure.Amqp;

namespace Signals.Testing.ServiceBus.Wire;

/// <summary>$cbs, where clients bring their tokens. Every token is good unless a fault says otherwise.</summary>
internal sealed class TokenNode(BrokerFaults faults) : RequestNode
{
    protected override string StatusName => "status-code";

    protected override string DescriptionName => "status-description";

    protected override (BrokerFault? Fault, Func<Answer> Do) Read(string operation, AmqpMessage request) =>
        operation == "put-token"
            ? (faults.Take(BrokerCall.PutToken), () => Answer.Of(202))
            : throw new AmqpException(AmqpErrorCode.NotImplemented, $"There is no operation '{operation}'.");
}
