using System.Diagnostics.Metrics;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Signals.Azure.Mail;
using Signals.Azure.Messaging;
using Signals.Azure.Tests.Messaging;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Telemetry;
using Signals.Testing.Mail;

namespace Signals.Azure.Tests.Telemetry;

/// <summary>No invocation fails when a handler does: these counts are what alerts go by.</summary>
public sealed class AzureMetricsTests : IDisposable
{
    /// <summary>A queue that no other test uses, for they count at the same time.</summary>
    private const string Queue = "measured";

    private readonly MeterListener _listener = new();
    private readonly List<string> _counts = [];
    private readonly Mock<IDeliveryActions> _actions = new();
    private readonly Mock<IMessageHandler> _handler = new();

    public AzureMetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SignalsMetrics.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(
            (instrument, count, tags, _) =>
            {
                var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => $"{tag.Value}", StringComparer.Ordinal);
                if (named.Count > 0 && named.GetValueOrDefault("queue") != Queue)
                    return;
                lock (_counts)
                    _counts.Add(string.Join(' ', named.Where(tag => tag.Key != "queue").Select(tag => tag.Value).Prepend(instrument.Name)));
            }
        );
        _listener.Start();
        _handler.Setup(it => it.Queue).Returns(Queue);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Each_settlement_is_counted_by_its_outcome()
    {
        Handle(
            (_, _) =>
                Task.FromResult<IReadOnlyList<Settlement>>([
                    Settlement.Done,
                    Settlement.Again("busy", TimeSpan.Zero),
                    Settlement.Dead("not ours"),
                    Settlement.Done,
                ])
        );
        _actions
            .SetupSequence(it => it.CompleteAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
            .Returns(Task.CompletedTask)
            .ThrowsAsync(new ServiceBusException("lost", ServiceBusFailureReason.MessageLockLost));

        await HandleAsync(4);

        Assert.Equal(
            [
                "signals.messages.settled completed",
                "signals.messages.settled dead_lettered",
                "signals.messages.settled retried",
                "signals.messages.settled unsettled",
            ],
            _counts.Where(count => count.StartsWith("signals.messages", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_handler_that_fails_is_counted_by_its_fault()
    {
        Handle((_, _) => throw new InvalidDataException("broken"));

        await HandleAsync(2);

        Assert.Contains("signals.handler.failures InvalidDataException", _counts);
    }

    [Fact]
    public async Task A_mail_that_waits_for_a_person_to_mend_the_settings_is_counted()
    {
        await new MissingEmailSender(NullLogger<MissingEmailSender>.Instance).SendAsync(Mails.ToAda, TestContext.Current.CancellationToken);

        Assert.Contains("signals.mail.blocked", _counts);
    }

    private void Handle(Func<IReadOnlyList<QueueMessage>, CancellationToken, Task<IReadOnlyList<Settlement>>> answer) =>
        _handler.Setup(it => it.HandleAsync(It.IsAny<IReadOnlyList<QueueMessage>>(), It.IsAny<CancellationToken>())).Returns(answer);

    private Task HandleAsync(int messages)
    {
        var client = new Mock<ServiceBusClient>();
        client.Setup(it => it.CreateSender(Queue)).Returns(new Mock<ServiceBusSender>().Object);
        var settler = new ServiceBusSettler(
            new ServiceBusSenders(client.Object),
            new MessageQueueOptions(),
            TimeProvider.System,
            NullLogger<ServiceBusSettler>.Instance
        );
        var handler = new DeliveryHandler([_handler.Object], settler, TimeProvider.System, NullLogger<DeliveryHandler>.Instance);
        var deliveries = Enumerable
            .Range(0, messages)
            .Select(i =>
                Received.Message(messageId: $"m{i}", lockedUntil: DateTimeOffset.MaxValue.AddYears(-1), enqueued: ServiceBusApp.Noon)
            )
            .ToList();
        return handler.HandleAsync(Queue, deliveries, _actions.Object, TestContext.Current.CancellationToken);
    }
}
