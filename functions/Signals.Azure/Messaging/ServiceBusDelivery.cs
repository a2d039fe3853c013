using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text.Unicode;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;

namespace Signals.Azure.Messaging;

/// <summary>
/// Between the port's messages and Service Bus's: what is sent, what is received, and the copy that waits for its next try.
/// </summary>
public static class ServiceBusDelivery
{
    /// <summary>Where the broker writes why a message was put aside.</summary>
    private const string DeadLetterReason = nameof(ServiceBusReceivedMessage.DeadLetterReason);

    private const string DeadLetterErrorDescription = nameof(ServiceBusReceivedMessage.DeadLetterErrorDescription);

    /// <summary>A message as it is sent, with the trace it belongs to.</summary>
    public static ServiceBusMessage ToServiceBusMessage(OutgoingMessage message)
    {
        bool encodes = MustEncode(message.Body.Span);
        var sent = encodes ? new ServiceBusMessage(Convert.ToBase64String(message.Body.Span)) : new ServiceBusMessage(message.Body);
        sent.MessageId = message.MessageId;
        sent.ApplicationProperties[MessageProperties.Items] = message.Items;
        if (encodes)
            sent.ApplicationProperties[MessageProperties.Encoding] = MessageProperties.Base64;
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } traceParent })
            sent.ApplicationProperties[QueueTraces.Property] = traceParent;
        if (message.NotBefore is { } notBefore)
            sent.ScheduledEnqueueTime = notBefore;
        return sent;
    }

    /// <summary>
    /// A delivery as handlers see it: the id, the count and the enqueue time are the message's own, whichever copy of it came. The lease
    /// token is Service Bus's lock token.
    /// </summary>
    public static QueueMessage ToQueueMessage(string queue, ServiceBusReceivedMessage received) =>
        new(
            queue,
            OriginalId(received),
            BodyOf(received),
            ItemsOf(received),
            DeliveryCount(received),
            EnqueuedAt(received),
            received.LockToken
        )
        {
            TraceParent = received.ApplicationProperties.TryGetValue(QueueTraces.Property, out object? trace) ? trace as string : null,
        };

    /// <summary>Deliveries of all copies so far, this one included.</summary>
    public static int DeliveryCount(ServiceBusReceivedMessage received) =>
        (int)(Number(received, MessageProperties.EarlierDeliveries) ?? 0) + Math.Max(1, received.DeliveryCount);

    /// <summary>
    /// Deliveries of a dead letter until it was put aside. One that is taken to get at others behind it, and given back, is counted as
    /// delivered by the broker; <see cref="MarksOf"/> keeps that out.
    /// </summary>
    internal static int DeadDeliveries(ServiceBusReceivedMessage letter) =>
        (int)(Number(letter, MessageProperties.DeadDeliveries) ?? DeliveryCount(letter));

    /// <summary>What a dead letter that was taken bears when it is given back, unless it does already.</summary>
    internal static Dictionary<string, object> MarksOf(ServiceBusReceivedMessage taken) =>
        new(StringComparer.Ordinal)
        {
            [MessageProperties.DeadDeliveries] = (int)(
                Number(taken, MessageProperties.DeadDeliveries) ?? Math.Max(1, DeliveryCount(taken) - 1)
            ),
        };

    /// <summary>
    /// The copy that is delivered at <paramref name="due"/> in place of this delivery, with all its properties. Its id is made of the first
    /// copy's, the dead letter it was replayed from and the deliveries so far: not the same, or duplicate detection would drop it and the
    /// message were lost; and not by chance, so that two workers who both send it on send one.
    /// </summary>
    public static ServiceBusMessage CopyFor(ServiceBusReceivedMessage received, DateTimeOffset due)
    {
        int deliveries = DeliveryCount(received);
        string replay = Number(received, MessageProperties.ReplayOf) is { } letter
            ? string.Create(CultureInfo.InvariantCulture, $"~r{letter}")
            : "";
        var copy = Copy(received, string.Create(CultureInfo.InvariantCulture, $"{replay}~{deliveries}"));
        copy.ScheduledEnqueueTime = due;
        copy.ApplicationProperties[MessageProperties.EarlierDeliveries] = deliveries;
        return copy;
    }

    /// <summary>
    /// The copy that gives a dead letter back to its queue, with all deliveries before it; sent twice, the broker keeps one.
    /// </summary>
    public static ServiceBusMessage CopyForReplay(ServiceBusReceivedMessage letter)
    {
        var copy = Copy(letter, string.Create(CultureInfo.InvariantCulture, $"~r{letter.SequenceNumber}"));
        copy.ApplicationProperties[MessageProperties.ReplayOf] = letter.SequenceNumber;
        foreach (
            string name in (string[])
                [MessageProperties.EarlierDeliveries, MessageProperties.DeadDeliveries, DeadLetterReason, DeadLetterErrorDescription]
        )
            copy.ApplicationProperties.Remove(name);
        return copy;
    }

    private static ServiceBusMessage Copy(ServiceBusReceivedMessage received, string mark)
    {
        string id = OriginalId(received);
        // The body of another kind than data can only be copied with all that is about it.
        var copy = FaultOf(received) is null ? new ServiceBusMessage(received.Body) : new ServiceBusMessage(received);
        copy.MessageId =
            (
                id.Length + mark.Length <= MessageLimits.MaxMessageIdChars
                    ? id
                    : MessageHash.Of(id).ToString("x16", CultureInfo.InvariantCulture)
            ) + mark;
        foreach (var (name, value) in received.ApplicationProperties)
            copy.ApplicationProperties[name] = value;
        copy.ApplicationProperties[MessageProperties.OriginalId] = id;
        copy.ApplicationProperties[MessageProperties.OriginallyEnqueued] = EnqueuedAt(received).ToUnixTimeMilliseconds();
        return copy;
    }

    /// <summary>True for bytes that are no text, where their base64 still fits a message.</summary>
    private static bool MustEncode(ReadOnlySpan<byte> body) =>
        !Utf8.IsValid(body) && Base64.GetMaxEncodedToUtf8Length(body.Length) <= OutgoingMessage.MaxBodyBytes;

    /// <summary>
    /// Why no handler can read a delivery, in words, or null: its body is of another kind (an AMQP value or sequence), which nobody here
    /// sends.
    /// </summary>
    internal static string? FaultOf(ServiceBusReceivedMessage received) =>
        received.GetRawAmqpMessage().Body.BodyType switch
        {
            AmqpMessageBodyType.Data => null,
            var kind => $"Its body is an AMQP {kind.ToString().ToLowerInvariant()}; expected data.",
        };

    /// <summary>The bytes of a delivery; none for a body that <see cref="FaultOf"/> finds fault with.</summary>
    internal static ReadOnlyMemory<byte> BodyOf(ServiceBusReceivedMessage received)
    {
        if (FaultOf(received) is not null)
            return default;
        var body = received.Body.ToMemory();
        if (
            !received.ApplicationProperties.TryGetValue(MessageProperties.Encoding, out object? encoding)
            || encoding is not MessageProperties.Base64
        )
            return body;
        byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(body.Length)];
        // What does not decode is left to its handler, which will not understand it and put it aside.
        return Base64.DecodeFromUtf8(body.Span, decoded, out _, out int length) == OperationStatus.Done
            ? decoded.AsMemory(0, length)
            : body;
    }

    internal static int ItemsOf(ServiceBusReceivedMessage received) => (int)(Number(received, MessageProperties.Items) ?? 1);

    /// <summary>Since when the message could have been handled; null for one whose time has not come.</summary>
    internal static DateTimeOffset? WaitsSince(ServiceBusReceivedMessage received) =>
        received.State == ServiceBusMessageState.Scheduled && Number(received, MessageProperties.OriginallyEnqueued) is null
            ? null
            : EnqueuedAt(received);

    private static DateTimeOffset EnqueuedAt(ServiceBusReceivedMessage received) =>
        Number(received, MessageProperties.OriginallyEnqueued) is { } milliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : received.EnqueuedTime;

    private static string OriginalId(ServiceBusReceivedMessage received) =>
        received.ApplicationProperties.TryGetValue(MessageProperties.OriginalId, out object? id) && id is string { Length: > 0 } text
            ? text
            : received.MessageId ?? "";

    /// <summary>Brokers and bridges give whole numbers back in types of their own.</summary>
    private static long? Number(ServiceBusReceivedMessage received, string name)
    {
        if (!received.ApplicationProperties.TryGetValue(name, out object? value))
            return null;
        return value switch
        {
            int number => number,
            long number => number,
            string text when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) => number,
            _ => null,
        };
    }
}
