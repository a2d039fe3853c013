using System.Runtime.CompilerServices;
using Azure.Messaging.ServiceBus;
using Signals.Core.Platform.Time;

namespace Signals.Azure.Tests.Messaging;

/// <summary>
/// A namespace behind the client's own seam (<see cref="ServiceBusSender"/>, <see cref="ServiceBusReceiver"/>), under a clock that is moved
/// by hand: locks of a minute, ten deliveries, dead letter, scheduled messages, batches of a limited size, and duplicate detection that
/// remembers ids for ten minutes, as a queue of ours does.
/// </summary>
internal sealed class FakeServiceBus(VirtualClock clock) : ServiceBusClient
{
    public const int MaxDeliveries = 10;

    private readonly Dictionary<string, FakeQueue> _queues = new(StringComparer.OrdinalIgnoreCase);

    public static TimeSpan Lock { get; } = TimeSpan.FromMinutes(1);

    public static TimeSpan DuplicateWindow { get; } = TimeSpan.FromMinutes(10);

    public FakeQueue Queue(string name)
    {
        lock (_queues)
            return _queues.TryGetValue(name, out var queue) ? queue : _queues[name] = new FakeQueue(name, clock);
    }

    public override ServiceBusSender CreateSender(string queueOrTopicName) => new Sender(Queue(queueOrTopicName));

    public override ServiceBusReceiver CreateReceiver(string queueName) => CreateReceiver(queueName, new ServiceBusReceiverOptions());

    public override ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options) =>
        new Receiver(Queue(queueName), options.SubQueue);

    private sealed class Sender(FakeQueue queue) : ServiceBusSender
    {
        private const int EnvelopeBytes = 500;

        private readonly ConditionalWeakTable<ServiceBusMessageBatch, List<ServiceBusMessage>> _batches = [];

        public override ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default)
        {
            var messages = new List<ServiceBusMessage>();
            long left = queue.MaxBatchBytes;
            var batch = ServiceBusModelFactory.ServiceBusMessageBatch(
                queue.MaxBatchBytes,
                new List<ServiceBusMessage>(),
                tryAddCallback: message =>
                {
                    int bytes = message.Body.ToMemory().Length + EnvelopeBytes;
                    if (bytes > left)
                        return false;
                    left -= bytes;
                    messages.Add(message);
                    return true;
                }
            );
            _batches.Add(batch, messages);
            return ValueTask.FromResult(batch);
        }

        public override Task SendMessagesAsync(ServiceBusMessageBatch messageBatch, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return queue.SendAsync(_batches.TryGetValue(messageBatch, out var messages) ? messages : []);
        }

        public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) =>
            queue.SendAsync([message]);
    }

    private sealed class Receiver(FakeQueue queue, SubQueue part) : ServiceBusReceiver
    {
        public override Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
            int maxMessages,
            TimeSpan? maxWaitTime = default,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(queue.Receive(part, maxMessages));

        public override Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
            int maxMessages,
            long? fromSequenceNumber = default,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(queue.Peek(part, maxMessages, fromSequenceNumber ?? 0));

        public override async Task<ServiceBusReceivedMessage> PeekMessageAsync(
            long? fromSequenceNumber = default,
            CancellationToken cancellationToken = default
        ) => await PeekMessagesAsync(1, fromSequenceNumber, cancellationToken) is [var first] ? first : null!;

        public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        {
            queue.Complete(message.LockToken);
            return Task.CompletedTask;
        }

        public override Task AbandonMessageAsync(
            ServiceBusReceivedMessage message,
            IDictionary<string, object>? propertiesToModify = default,
            CancellationToken cancellationToken = default
        )
        {
            queue.Abandon(message.LockToken, propertiesToModify);
            return Task.CompletedTask;
        }

        public override Task DeadLetterMessageAsync(
            ServiceBusReceivedMessage message,
            string deadLetterReason,
            string? deadLetterErrorDescription = default,
            CancellationToken cancellationToken = default
        )
        {
            queue.DeadLetter(message.LockToken, deadLetterReason, deadLetterErrorDescription);
            return Task.CompletedTask;
        }

        public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        {
            queue.Renew(message.LockToken);
            return Task.CompletedTask;
        }

        public override Task CloseAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
