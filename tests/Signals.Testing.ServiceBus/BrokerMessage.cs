using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace Signals.Testing.ServiceBus;

/// <summary>A message that a queue holds: what was sent, and what the broker knows of it. Changed by its queue alone.</summary>
internal sealed class BrokerMessage
{
    private const string ScheduledEnqueueTime = "x-opt-scheduled-enqueue-time";

    private readonly byte[] _sent;
    private readonly Dictionary<string, object> _properties = new(StringComparer.Ordinal);

    public BrokerMessage(byte[] sent)
    {
        _sent = sent;
        using var message = Decode();
        MessageId = message.Properties?.MessageId?.ToString() ?? "";
        if (message.MessageAnnotations.Map.TryGetValue(ScheduledEnqueueTime, out DateTime due))
            ScheduledFor = new DateTimeOffset(DateTime.SpecifyKind(due, DateTimeKind.Utc));
    }

    public string MessageId { get; }

    public long SequenceNumber { get; set; }

    public DateTimeOffset EnqueuedAt { get; set; }

    /// <summary>When it is to be enqueued; null once it is, and for a message that was sent to be enqueued at once.</summary>
    public DateTimeOffset? ScheduledFor { get; set; }

    /// <summary>Set aside by its receiver: given only to those who ask for its sequence number.</summary>
    public bool IsDeferred { get; set; }

    /// <summary>Deliveries that ended without success.</summary>
    public int FailedDeliveries { get; set; }

    /// <summary>The token of the delivery that is under way; null when none is.</summary>
    public Guid? LockToken { get; set; }

    public DateTimeOffset LockedUntil { get; set; }

    /// <summary>The queue whose dead letter it is; null in the queue itself.</summary>
    public string? DeadLetterOf { get; set; }

    /// <summary>Why it was put aside, in the broker's or the receiver's words.</summary>
    public string? DeadLetterReason => _properties.GetValueOrDefault("DeadLetterReason") as string;

    public string? DeadLetterDescription => _properties.GetValueOrDefault("DeadLetterErrorDescription") as string;

    /// <summary>The messages of one transfer: a batch holds each of them, encoded, as a section of data.</summary>
    public static List<BrokerMessage> Of(AmqpMessage transfer) =>
        transfer.MessageFormat == AmqpConstants.AmqpBatchedMessageFormat
            ? [.. transfer.DataBody.Select(data => new BrokerMessage(Bytes(data)))]
            : [new BrokerMessage(Bytes(transfer))];

    /// <summary>A message as it was received.</summary>
    public static byte[] Bytes(AmqpMessage received)
    {
        using var stream = received.ToStream();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Properties that a receiver adds or changes as it settles.</summary>
    public void Change(string name, object value) => _properties[name] = value;

    /// <summary>For a receiver: what was sent, with the broker's header and annotations.</summary>
    public AmqpMessage ToReceive()
    {
        var message = Decode();
        message.Header.DeliveryCount = (uint)FailedDeliveries;
        var annotations = message.MessageAnnotations.Map;
        annotations["x-opt-sequence-number"] = SequenceNumber;
        annotations["x-opt-enqueued-time"] = EnqueuedAt.UtcDateTime;
        annotations["x-opt-message-state"] =
            ScheduledFor is not null ? 2
            : IsDeferred ? 1
            : 0;
        if (LockToken is not null)
            annotations["x-opt-locked-until"] = LockedUntil.UtcDateTime;
        if (DeadLetterOf is not null)
            annotations["x-opt-deadletter-source"] = DeadLetterOf;
        message.ApplicationProperties ??= new ApplicationProperties();
        foreach (var (name, value) in _properties)
            message.ApplicationProperties.Map[new MapKey(name)] = value;
        return message;
    }

    /// <summary>The same as bytes, as answers of the management node carry it.</summary>
    public ArraySegment<byte> ToBytes()
    {
        using var message = ToReceive();
        return message.GetPayload().SelectMany(part => part).ToArray();
    }

    private static byte[] Bytes(Data data) => data.Value is ArraySegment<byte> bytes ? bytes.ToArray() : (byte[])data.Value;

    private AmqpMessage Decode() => AmqpMessage.CreateAmqpStreamMessage(new BufferListStream([new ArraySegment<byte>(_sent)]));
}
