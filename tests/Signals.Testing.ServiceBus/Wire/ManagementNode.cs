using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;

namespace Signals.Testing.ServiceBus.Wire;

/// <summary>A queue's $management: what receivers and senders ask beside their links.</summary>
internal sealed class ManagementNode(BrokerQueue queue, BrokerFaults faults) : RequestNode
{
    private static readonly Dictionary<string, object> NoChanges = [];

    protected override string StatusName => "statusCode";

    protected override string DescriptionName => "statusDescription";

    protected override (BrokerFault? Fault, Func<Answer> Do) Read(string operation, AmqpMessage request)
    {
        var body = (AmqpMap)request.ValueBody.Value;
        return operation switch
        {
            "com.microsoft:peek-message" => (faults.Take(BrokerCall.Peek), () => Peek(body)),
            "com.microsoft:renew-lock" => (faults.Take(BrokerCall.RenewLock), () => Renew(body)),
            "com.microsoft:schedule-message" => (faults.Take(BrokerCall.Schedule), () => Schedule(body)),
            "com.microsoft:cancel-scheduled-message" => (faults.Take(BrokerCall.CancelScheduled), () => Cancel(body)),
            "com.microsoft:receive-by-sequence-number" => (faults.Take(BrokerCall.ReceiveDeferred), () => ReceiveDeferred(body)),
            "com.microsoft:update-disposition" => (faults.Take(BrokerCall.UpdateDisposition), () => Settle(body)),
            _ => throw new AmqpException(AmqpErrorCode.NotImplemented, $"There is no operation '{operation}'."),
        };
    }

    private Answer Peek(AmqpMap body)
    {
        var messages = queue.Peek(Value<long>(body, "from-sequence-number"), Value<int>(body, "message-count"));
        return messages.Count == 0
            ? Answer.Of(204)
            : Answer.Of(200, ("messages", messages.Select(message => Entry(("message", message))).ToList()));
    }

    private Answer Renew(AmqpMap body) =>
        Answer.Of(
            200,
            (
                "expirations",
                Value<Guid[]>(body, "lock-tokens").Select(token => (queue.Renew(token) ?? throw LockLost()).UtcDateTime).ToArray()
            )
        );

    private Answer Schedule(AmqpMap body)
    {
        var messages = Value<System.Collections.IEnumerable>(body, "messages")
            .Cast<AmqpMap>()
            .Select(entry => new BrokerMessage(Value<ArraySegment<byte>>(entry, "message").ToArray()));
        return Answer.Of(200, ("sequence-numbers", queue.Accept([.. messages])));
    }

    private Answer Cancel(AmqpMap body) => queue.Cancel(Value<long[]>(body, "sequence-numbers")) ? Answer.Of(200) : throw NotFound();

    private Answer ReceiveDeferred(AmqpMap body)
    {
        var messages = queue.TakeDeferred(Value<long[]>(body, "sequence-numbers")) ?? throw NotFound();
        return Answer.Of(
            200,
            (
                "messages",
                messages.Select(message => Entry(("message", message.ToBytes()), ("lock-token", message.LockToken!.Value))).ToList()
            )
        );
    }

    private Answer Settle(AmqpMap body)
    {
        string status = Value<string>(body, "disposition-status");
        foreach (var token in Value<Guid[]>(body, "lock-tokens"))
        {
            bool settled = status switch
            {
                "completed" => queue.Complete(token),
                "abandoned" => queue.Abandon(token, NoChanges),
                "defered" => queue.Defer(token, NoChanges),
                "suspended" => queue.DeadLetter(
                    token,
                    body[new MapKey("deadletter-reason")] as string,
                    body[new MapKey("deadletter-description")] as string,
                    NoChanges
                ),
                _ => throw new AmqpException(AmqpErrorCode.NotImplemented, $"A message cannot be settled as '{status}'."),
            };
            if (!settled)
                throw LockLost();
        }
        return Answer.Of(200);
    }

    private static AmqpMap Entry(params (string Name, object Value)[] values)
    {
        var entry = new AmqpMap();
        foreach (var (name, value) in values)
            entry[new MapKey(name)] = value;
        return entry;
    }

    private static T Value<T>(AmqpMap map, string name) =>
        map.TryGetValue(new MapKey(name), out object? value) && value is T typed
            ? typed
            : throw new AmqpException(
                AmqpErrorCode.InvalidField,
                $"The request's '{name}' is {value?.GetType().Name ?? "missing"}; expected {typeof(T).Name}."
            );

    private static AmqpException LockLost() =>
        new(
            Faulty.Error("com.microsoft:message-lock-lost", "The lock supplied is invalid. Either it expired, or the message was settled.")
        );

    private static AmqpException NotFound() => new(Faulty.Error("com.microsoft:message-not-found", "There is no such message."));
}
