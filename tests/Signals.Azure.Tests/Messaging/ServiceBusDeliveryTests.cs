using System.Security.Cryptography;
using System.Text;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using Signals.Azure.Messaging;
using Signals.Core.Platform.Messaging;

namespace Signals.Azure.Tests.Messaging;

public sealed class ServiceBusDeliveryTests
{
    [Fact]
    public void Bytes_that_are_no_text_travel_as_text_and_arrive_as_bytes()
    {
        byte[] bytes = [1, 0, 255, 254, 128, .. RandomNumberGenerator.GetBytes(300)];

        var sent = ServiceBusDelivery.ToServiceBusMessage(new OutgoingMessage("m1", bytes));
        var arrived = Received.Message(sent.Body, properties: sent.ApplicationProperties);

        Assert.Equal(Convert.ToBase64String(bytes), sent.Body.ToString());
        Assert.Equal(bytes, ServiceBusDelivery.ToQueueMessage(QueueNames.Usage, arrived).Body.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("g_acme")]
    [InlineData("Zürich 😀 AAAA")]
    public void Text_travels_as_it_is(string text)
    {
        var sent = ServiceBusDelivery.ToServiceBusMessage(new OutgoingMessage("m1", Encoding.UTF8.GetBytes(text)));

        Assert.Equal(text, sent.Body.ToString());
        Assert.False(sent.ApplicationProperties.ContainsKey(MessageProperties.Encoding));
    }

    [Fact]
    public void The_largest_body_fits_a_message()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(OutgoingMessage.MaxBodyBytes);

        var sent = ServiceBusDelivery.ToServiceBusMessage(new OutgoingMessage("m1", bytes));

        Assert.InRange(sent.Body.ToMemory().Length, 1, OutgoingMessage.MaxBodyBytes);
        Assert.Equal(
            bytes,
            ServiceBusDelivery
                .ToQueueMessage(QueueNames.Usage, Received.Message(sent.Body, properties: sent.ApplicationProperties))
                .Body.ToArray()
        );
    }

    [Fact]
    public void What_says_that_it_is_base64_and_is_not_is_left_to_its_handler()
    {
        var arrived = Received.Message(
            BinaryData.FromString("not base64!"),
            properties: new Dictionary<string, object>(StringComparer.Ordinal) { [MessageProperties.Encoding] = MessageProperties.Base64 }
        );

        Assert.Equal("not base64!", Encoding.UTF8.GetString(ServiceBusDelivery.ToQueueMessage(QueueNames.Usage, arrived).Body.Span));
    }

    [Fact]
    public void A_body_of_another_kind_is_empty_and_breaks_nothing()
    {
        var value = new AmqpAnnotatedMessage(AmqpMessageBody.FromValue("a value")) { Header = { DeliveryCount = 1 } };
        value.MessageAnnotations["x-opt-enqueued-time"] = DateTime.UnixEpoch;
        var arrived = ServiceBusReceivedMessage.FromAmqpMessage(value, BinaryData.FromBytes(Guid.NewGuid().ToByteArray()));

        Assert.True(ServiceBusDelivery.ToQueueMessage(QueueNames.Usage, arrived).Body.IsEmpty);
        Assert.Equal("Its body is an AMQP value; expected data.", ServiceBusDelivery.FaultOf(arrived));
        Assert.True(ServiceBusDelivery.CopyForReplay(arrived).GetRawAmqpMessage().Body.TryGetValue(out object? body));
        Assert.Equal("a value", body);
    }

    [Fact]
    public void A_retry_of_a_body_of_another_kind_puts_it_aside_with_the_reason()
    {
        var value = new AmqpAnnotatedMessage(
            AmqpMessageBody.FromSequence([
                [1, 2],
            ])
        )
        {
            Header = { DeliveryCount = 1 },
        };
        value.MessageAnnotations["x-opt-enqueued-time"] = DateTime.UnixEpoch;
        var arrived = ServiceBusReceivedMessage.FromAmqpMessage(value, BinaryData.FromBytes(Guid.NewGuid().ToByteArray()));

        var plan = RetryPlan.Of(
            QueueNames.Usage,
            arrived,
            Settlement.Again("busy", TimeSpan.FromMinutes(1)),
            new MessageQueueOptions(),
            DateTimeOffset.UnixEpoch
        );

        Assert.Equal(new RetryPlan.PutAside("CannotBeHandled", "Its body is an AMQP sequence; expected data."), plan);
    }
}
