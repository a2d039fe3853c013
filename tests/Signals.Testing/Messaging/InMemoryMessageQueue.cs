using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.DeadLetters;

namespace Signals.Testing.Messaging;

/// <summary>
/// <see cref="IMessageQueue"/> in memory, with the same semantics and limits as the real ones (it runs through
/// <see cref="MessageQueueContract"/>). <see cref="Probe"/> counts its calls and breaks them.
/// </summary>
public sealed class InMemoryMessageQueue(TimeProvider? time = null, MessageQueueOptions? options = null) : IMessageQueue, IDeadLetters
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly MessageQueueOptions _options = options ?? new MessageQueueOptions();
    private readonly List<Stored> _waiting = [];
    private readonly List<Stored> _dead = [];
    private long _lastLease;
    private long _lastSequence;

    public StoreProbe Probe { get; } = new();

    /// <summary>What waits in a queue, leased or not, oldest first: for assertions only.</summary>
    public IReadOnlyList<QueueMessage> Waiting(string queue)
    {
        lock (_lock)
            return [.. _waiting.Where(stored => stored.Queue == queue).Select(stored => stored.ToMessage())];
    }

    /// <summary>What a queue put aside, and why: for assertions only.</summary>
    public IReadOnlyList<(QueueMessage Message, string Reason)> PutAside(string queue)
    {
        lock (_lock)
            return [.. _dead.Where(stored => stored.Queue == queue).Select(stored => (stored.ToMessage(), stored.Reason))];
    }

    public Task SendAsync(string queue, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MessageLimits.CheckSend(queue, messages);
        return RunAsync(
            StoreCallKind.Send,
            queue,
            messages.Count,
            now =>
            {
                foreach (var message in messages)
                {
                    if (!_waiting.Exists(stored => stored.Queue == queue && stored.MessageId == message.MessageId))
                        _waiting.Add(new Stored(queue, message, now, ++_lastSequence));
                }
                return true;
            }
        );
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queue,
        int maxMessages,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        MessageLimits.CheckReceive(queue, maxMessages, lease);
        return await RunAsync(
            StoreCallKind.Receive,
            queue,
            0,
            now =>
            {
                var due = _waiting.Where(stored => stored.Queue == queue && stored.DueAt <= now).ToList();
                foreach (var worn in due.Where(stored => stored.Lease != 0 && stored.Deliveries >= _options.MaxDeliveriesOf(queue)))
                    PutAside(worn, worn.Reason.Length > 0 ? worn.Reason : $"Its lease ran out on delivery {worn.Deliveries}.");
                return due.Where(_waiting.Contains).Take(maxMessages).Select(stored => stored.Deliver(now + lease, ++_lastLease)).ToList();
            }
        );
    }

    public Task<bool> RenewAsync(QueueMessage message, TimeSpan lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
        return RunAsync(
            StoreCallKind.Renew,
            message.Queue,
            1,
            now =>
            {
                var stored = Held(message, now);
                if (stored is not null)
                    stored.DueAt = now + lease;
                return stored is not null;
            }
        );
    }

    public Task SettleAsync(IReadOnlyList<SettledMessage> messages, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return RunAsync(
            StoreCallKind.Settle,
            messages.Count > 0 ? messages[0].Message.Queue : "",
            messages.Count,
            now =>
            {
                foreach (var (message, settlement) in messages)
                {
                    if (Held(message, now) is { } stored)
                        Settle(stored, settlement, now);
                }
                return true;
            }
        );
    }

    public Task<QueueDepth> GetDepthAsync(string queue, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return RunAsync(
            StoreCallKind.Depth,
            queue,
            0,
            _ =>
            {
                var waiting = _waiting.Where(stored => stored.Queue == queue).ToList();
                var dead = _dead.Where(stored => stored.Queue == queue).ToList();
                return new QueueDepth(
                    waiting.Count,
                    waiting.Sum(stored => (long)stored.Items),
                    dead.Count,
                    dead.Sum(stored => (long)stored.Items),
                    waiting.Count > 0 ? waiting.Min(stored => stored.EnqueuedAt) : null
                );
            }
        );
    }

    public Task<DeadLetterPage> ListAsync(string queue, int take, string? after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return RunAsync(
            StoreCallKind.Query,
            queue,
            0,
            _ =>
            {
                var found = DeadOf(queue)
                    .OrderBy(stored => stored.Sequence)
                    .SkipWhile(stored => after is not null && stored.Sequence <= long.Parse(after))
                    .Take(take + 1)
                    .ToList();
                return new DeadLetterPage(
                    [.. found.Take(take).Select(stored => stored.ToDeadLetter())],
                    found.Count > take ? found[take - 1].Id : null
                );
            }
        );
    }

    public Task<DeadLetter?> FindAsync(string queue, string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return RunAsync(StoreCallKind.Get, queue, 0, _ => DeadOf(queue).FirstOrDefault(stored => stored.Id == id)?.ToDeadLetter());
    }

    public Task<bool> ReplayAsync(string queue, string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return RunAsync(StoreCallKind.Send, queue, 1, now => Replay(DeadOf(queue).Where(stored => stored.Id == id), now) == 1);
    }

    public Task<int> ReplayAllAsync(string queue, DateTimeOffset since, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return RunAsync(
            StoreCallKind.Send,
            queue,
            1,
            now => Replay(DeadOf(queue).Where(stored => stored.EnqueuedAt >= since).Take(IDeadLetters.MostAtOnce), now)
        );
    }

    public Task<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return RunAsync(StoreCallKind.Settle, queue, 1, _ => _dead.RemoveAll(stored => stored.Queue == queue && stored.Id == id) == 1);
    }

    private IEnumerable<Stored> DeadOf(string queue) => _dead.Where(stored => stored.Queue == queue);

    private int Replay(IEnumerable<Stored> letters, DateTimeOffset now)
    {
        var replayed = letters.ToList();
        foreach (var stored in replayed)
        {
            _dead.Remove(stored);
            stored.Renew(now);
            if (!_waiting.Exists(other => other.Queue == stored.Queue && other.MessageId == stored.MessageId))
                _waiting.Add(stored);
        }
        return replayed.Count;
    }

    private void Settle(Stored stored, Settlement settlement, DateTimeOffset now)
    {
        switch (settlement)
        {
            case Settlement.Complete:
                _waiting.Remove(stored);
                break;
            case Settlement.Retry retry when stored.Deliveries < _options.MaxDeliveriesOf(stored.Queue):
                stored.GiveBack(now + (retry.Delay ?? _options.RetryDelay(stored.Deliveries)), MessageLimits.CutReason(retry.Reason));
                break;
            case Settlement.Retry retry:
                PutAside(stored, retry.Reason);
                break;
            case Settlement.DeadLetter dead:
                PutAside(stored, dead.Reason);
                break;
        }
    }

    private Stored? Held(QueueMessage message, DateTimeOffset now) =>
        _waiting.Find(stored => stored.Lease != 0 && stored.LeaseToken == message.LeaseToken && stored.DueAt > now);

    private void PutAside(Stored stored, string reason)
    {
        _waiting.Remove(stored);
        stored.GiveBack(DateTimeOffset.MaxValue, MessageLimits.CutReason(reason));
        _dead.Add(stored);
    }

    private Task<T> RunAsync<T>(StoreCallKind kind, string queue, int writes, Func<DateTimeOffset, T> work) =>
        Probe
            .RunAsync(
                kind,
                queue,
                "",
                writes,
                () =>
                {
                    lock (_lock)
                        return work(_time.GetUtcNow());
                }
            )
            .AsTask();

    private sealed class Stored(string queue, OutgoingMessage message, DateTimeOffset now, long sequence)
    {
        private readonly byte[] _body = message.Body.ToArray();

        public string Queue { get; } = queue;

        public long Sequence { get; } = sequence;

        public string Id => Sequence.ToString();

        public string MessageId { get; } = message.MessageId;

        public int Items { get; } = message.Items;

        public DateTimeOffset EnqueuedAt { get; } = now;

        public DateTimeOffset DueAt { get; set; } = message.NotBefore ?? now;

        public long Lease { get; private set; }

        public int Deliveries { get; private set; }

        public string Reason { get; private set; } = "";

        public string LeaseToken => Lease.ToString();

        public QueueMessage Deliver(DateTimeOffset until, long lease)
        {
            (DueAt, Lease, Deliveries) = (until, lease, Deliveries + 1);
            return ToMessage();
        }

        public void GiveBack(DateTimeOffset due, string reason) => (DueAt, Lease, Reason) = (due, 0, reason);

        public void Renew(DateTimeOffset now) => (DueAt, Lease, Deliveries, Reason) = (now, 0, 0, "");

        public DeadLetter ToDeadLetter() =>
            new(Queue, Id, MessageId, MessagePreview.Of(Queue, _body), _body.Length, Items, Deliveries, EnqueuedAt, Reason)
            {
                Body = _body,
            };

        public QueueMessage ToMessage() => new(Queue, MessageId, _body, Items, Deliveries, EnqueuedAt, LeaseToken);
    }
}
