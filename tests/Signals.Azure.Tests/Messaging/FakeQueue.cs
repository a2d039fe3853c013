using Azure.Messaging.ServiceBus;
using Signals.Core.Platform.Time;

namespace Signals.Azure.Tests.Messaging;

/// <summary>One queue of <see cref="FakeServiceBus"/>.</summary>
internal sealed class FakeQueue(string name, VirtualClock clock)
{
    private readonly Lock _gate = new();
    private readonly List<Item> _items = [];
    private readonly List<Item> _dead = [];
    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private long _sequence;

    public long MaxBatchBytes { get; set; } = 256 * 1024;

    /// <summary>Thrown by the send of this number, counted from 1.</summary>
    public Dictionary<int, Exception> SendFaults { get; } = [];

    /// <summary>Thrown one after another instead of completing what is to be completed.</summary>
    public Queue<Exception> CompleteFaults { get; } = [];

    /// <summary>The most that one peek shows, however many are asked for; brokers do as they like.</summary>
    public int PeekLimit { get; set; } = int.MaxValue;

    public int Sends { get; private set; }

    /// <summary>Every message that was taken, duplicates not among them.</summary>
    public List<ServiceBusMessage> Taken { get; } = [];

    public IReadOnlyList<(string MessageId, string Reason, string? Description)> Dead
    {
        get
        {
            lock (_gate)
                return [.. _dead.Select(item => (item.Message.MessageId, item.Reason!, item.Description))];
        }
    }

    public Task SendAsync(IReadOnlyList<ServiceBusMessage> messages)
    {
        lock (_gate)
        {
            if (SendFaults.TryGetValue(++Sends, out var fault))
                return Task.FromException(fault);
            var now = clock.GetUtcNow();
            foreach (var message in messages)
            {
                if (_seen.TryGetValue(message.MessageId, out var before) && now - before < FakeServiceBus.DuplicateWindow)
                    continue;
                _seen[message.MessageId] = now;
                Taken.Add(message);
                _items.Add(new Item(message, ++_sequence, message.ScheduledEnqueueTime > now ? message.ScheduledEnqueueTime : now));
            }
            return Task.CompletedTask;
        }
    }

    public IReadOnlyList<ServiceBusReceivedMessage> Receive(SubQueue part, int maxMessages)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (part == SubQueue.DeadLetter)
                return
                [
                    .. _dead
                        .Where(item => item.LockedUntil <= now)
                        .OrderBy(item => item.Sequence)
                        .Take(maxMessages)
                        .ToList()
                        .Select(item => Lease(item, now)),
                ];
            var received = new List<ServiceBusReceivedMessage>();
            foreach (var item in _items.Where(item => item.Due <= now && item.LockedUntil <= now).OrderBy(item => item.Sequence).ToList())
            {
                if (received.Count == maxMessages)
                    break;
                if (item.Deliveries >= FakeServiceBus.MaxDeliveries)
                {
                    PutAside(item, "MaxDeliveryCountExceeded", null);
                    continue;
                }
                received.Add(Lease(item, now));
            }
            return received;
        }
    }

    public IReadOnlyList<ServiceBusReceivedMessage> Peek(SubQueue part, int maxMessages, long from)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            return
            [
                .. (part == SubQueue.DeadLetter ? _dead : _items)
                    .Where(item => item.Sequence >= from)
                    .OrderBy(item => item.Sequence)
                    .Take(Math.Min(maxMessages, PeekLimit))
                    .Select(item => item.Deliver(now)),
            ];
        }
    }

    public void Complete(string token) =>
        Settle(
            token,
            item =>
            {
                if (CompleteFaults.TryDequeue(out var fault))
                {
                    // A lock that is lost lets the message be taken anew.
                    item.LockedUntil = default;
                    throw fault;
                }
                _ = _items.Remove(item) || _dead.Remove(item);
            }
        );

    public void Abandon(string token, IDictionary<string, object>? properties = null) =>
        Settle(
            token,
            item =>
            {
                item.LockedUntil = default;
                foreach (var (name, value) in properties ?? new Dictionary<string, object>(StringComparer.Ordinal))
                    item.Message.ApplicationProperties[name] = value;
            }
        );

    public void DeadLetter(string token, string reason, string? description) => Settle(token, item => PutAside(item, reason, description));

    public void Renew(string token) => Settle(token, item => item.LockedUntil = clock.GetUtcNow() + FakeServiceBus.Lock);

    private void Settle(string token, Action<Item> act)
    {
        lock (_gate)
        {
            var item =
                _items
                    .Concat(_dead)
                    .FirstOrDefault(held =>
                        string.Equals(held.Token.ToString(), token, StringComparison.Ordinal) && held.LockedUntil > clock.GetUtcNow()
                    )
                ?? throw new ServiceBusException("The lock supplied is invalid.", ServiceBusFailureReason.MessageLockLost, name);
            act(item);
        }
    }

    private static ServiceBusReceivedMessage Lease(Item item, DateTimeOffset now)
    {
        item.Deliveries++;
        item.Token = Guid.NewGuid();
        item.LockedUntil = now + FakeServiceBus.Lock;
        return item.Deliver(now);
    }

    private void PutAside(Item item, string reason, string? description)
    {
        _items.Remove(item);
        item.Reason = reason;
        item.Description = description;
        item.LockedUntil = default;
        _dead.Add(item);
    }

    private sealed class Item(ServiceBusMessage message, long sequence, DateTimeOffset due)
    {
        public ServiceBusMessage Message { get; } = message;

        public long Sequence { get; } = sequence;

        public DateTimeOffset Due { get; } = due;

        public int Deliveries { get; set; }

        public Guid Token { get; set; }

        public DateTimeOffset LockedUntil { get; set; }

        public string? Reason { get; set; }

        public string? Description { get; set; }

        /// <summary>The broker tells why a message was put aside in properties of its own.</summary>
        private Dictionary<string, object> Properties()
        {
            var properties = new Dictionary<string, object>(Message.ApplicationProperties, StringComparer.Ordinal);
            if (Reason is not null)
                properties["DeadLetterReason"] = Reason;
            if (Description is not null)
                properties["DeadLetterErrorDescription"] = Description;
            return properties;
        }

        public ServiceBusReceivedMessage Deliver(DateTimeOffset now) =>
            Received.Message(
                Message.Body,
                Message.MessageId,
                Properties(),
                Deliveries,
                Token,
                LockedUntil,
                Sequence,
                Due,
                isScheduled: Due > now
            );
    }
}
