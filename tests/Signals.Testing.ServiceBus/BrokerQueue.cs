namespace Signals.Testing.ServiceBus;

/// <summary>
/// A queue, or its dead letter: who may have which message when. Messages come by sequence number; a lock that runs out gives its message
/// back; the broker's own clock, given to it, says when. Safe to use from many threads.
/// </summary>
public sealed class BrokerQueue
{
    private readonly Lock _gate = new();
    private readonly BrokerSettings _settings;
    private readonly TimeProvider _time;
    private readonly ITimer _alarm;
    private readonly SortedDictionary<long, BrokerMessage> _messages = [];
    private readonly SortedSet<long> _ready = [];
    private readonly Dictionary<Guid, BrokerMessage> _locked = [];
    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _accepted = [];
    private readonly BrokerQueue? _source;
    private long _lastSequence;

    /// <param name="name">The queue's name.</param>
    /// <param name="settings">Locks, limits, memory.</param>
    /// <param name="time">Locks run out and schedules come due by it, also while nobody asks.</param>
    /// <param name="source">The queue whose dead letter this is; null for a queue.</param>
    internal BrokerQueue(string name, BrokerSettings settings, TimeProvider time, BrokerQueue? source = null)
    {
        Name = name;
        _settings = settings;
        _time = time;
        _source = source;
        DeadLetters = source is null ? new BrokerQueue(name, settings, time, this) : null;
        _alarm = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Name { get; }

    /// <summary>The dead letter of a queue; it has none of its own.</summary>
    public BrokerQueue? DeadLetters { get; }

    /// <summary>A peek gives at most so many, whatever is asked for, as brokers may.</summary>
    public int MostPeeked { get; set; } = int.MaxValue;

    /// <summary>Raised, outside all locks, when a message may have become ready.</summary>
    internal event EventHandler? Ready;

    /// <summary>Ids of all messages ever taken in, in order; dropped duplicates not among them.</summary>
    public IReadOnlyList<string> Accepted
    {
        get
        {
            lock (_gate)
                return [.. _accepted];
        }
    }

    /// <summary>How often a message was given to a receiver.</summary>
    public int Deliveries { get; private set; }

    /// <summary>How many messages are here, locked, scheduled and deferred ones too.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _messages.Count;
        }
    }

    /// <summary>How many messages are locked for a receiver now.</summary>
    public int LockedCount
    {
        get
        {
            lock (_gate)
            {
                Refresh();
                return _locked.Count;
            }
        }
    }

    internal bool HasReady
    {
        get
        {
            lock (_gate)
            {
                Refresh();
                return _ready.Count > 0;
            }
        }
    }

    /// <summary>What is here, oldest first: id, deliveries that failed, and why it was put aside.</summary>
    public IReadOnlyList<(string MessageId, int FailedDeliveries, string? Reason, string? Description)> Messages
    {
        get
        {
            lock (_gate)
                return
                [
                    .. _messages.Values.Select(message =>
                        (message.MessageId, message.FailedDeliveries, message.DeadLetterReason, message.DeadLetterDescription)
                    ),
                ];
        }
    }

    /// <summary>Takes messages in, all at once; returns their sequence numbers, 0 for a duplicate, which is dropped.</summary>
    internal long[] Accept(IReadOnlyList<BrokerMessage> messages)
    {
        long[] numbers;
        lock (_gate)
        {
            var now = Refresh();
            numbers = [.. messages.Select(message => Accept(message, now))];
            Arm();
        }
        Ready?.Invoke(this, EventArgs.Empty);
        return numbers;
    }

    /// <summary>Locks the oldest message that is ready for a receiver; null when none is.</summary>
    internal BrokerMessage? Take(bool forGood)
    {
        lock (_gate)
        {
            var now = Refresh();
            if (_ready.Count == 0)
                return null;
            var message = _messages[_ready.Min];
            _ready.Remove(message.SequenceNumber);
            Deliveries++;
            if (forGood)
                _messages.Remove(message.SequenceNumber);
            else
                LockIt(message, now);
            Arm();
            return message;
        }
    }

    /// <summary>The deferred messages of these numbers, locked; null when one of them is not there.</summary>
    internal List<BrokerMessage>? TakeDeferred(IReadOnlyList<long> numbers)
    {
        lock (_gate)
        {
            var now = Refresh();
            var found = new List<BrokerMessage>();
            foreach (long number in numbers)
            {
                if (!_messages.TryGetValue(number, out var message) || !message.IsDeferred || message.LockToken is not null)
                    return null;
                found.Add(message);
            }
            found.ForEach(message => LockIt(message, now));
            Arm();
            return found;
        }
    }

    /// <summary>False when the lock is lost.</summary>
    internal bool Complete(Guid token) => Settle(token, message => _messages.Remove(message.SequenceNumber));

    internal bool Abandon(Guid token, IReadOnlyDictionary<string, object> changes) =>
        Settle(token, message => GiveBack(Changed(message, changes)));

    /// <summary>Gives back what never came to its receiver: no delivery is counted.</summary>
    internal bool Release(Guid token) => Settle(token, Return);

    internal bool Defer(Guid token, IReadOnlyDictionary<string, object> changes) =>
        Settle(token, message => Changed(message, changes).IsDeferred = true);

    internal bool DeadLetter(Guid token, string? reason, string? description, IReadOnlyDictionary<string, object> changes) =>
        Settle(token, message => PutAside(Changed(message, changes), reason, description));

    /// <summary>The new end of the lock; null when it is lost.</summary>
    internal DateTimeOffset? Renew(Guid token)
    {
        lock (_gate)
        {
            var now = Refresh();
            if (!_locked.TryGetValue(token, out var message))
                return null;
            message.LockedUntil = now + _settings.LockDuration;
            Arm();
            return message.LockedUntil;
        }
    }

    /// <summary>Looks, and changes nothing: messages as they travel, from a sequence number on.</summary>
    internal List<ArraySegment<byte>> Peek(long from, int count)
    {
        lock (_gate)
        {
            Refresh();
            return
            [
                .. _messages
                    .Values.SkipWhile(message => message.SequenceNumber < from)
                    .Take(Math.Min(count, MostPeeked))
                    .Select(message => message.ToBytes()),
            ];
        }
    }

    /// <summary>Removes scheduled messages; false, and removes none, when one of them is not scheduled.</summary>
    internal bool Cancel(IReadOnlyList<long> numbers)
    {
        lock (_gate)
        {
            Refresh();
            if (numbers.Any(number => !_messages.TryGetValue(number, out var message) || message.ScheduledFor is null))
                return false;
            foreach (long number in numbers)
                _messages.Remove(number);
            Arm();
            return true;
        }
    }

    internal void Close() => _alarm.Dispose();

    private long Accept(BrokerMessage message, DateTimeOffset now)
    {
        if (message.MessageId.Length > 0)
        {
            if (_seen.TryGetValue(message.MessageId, out var before) && now - before < _settings.DuplicateWindow)
                return 0;
            _seen[message.MessageId] = now;
        }
        _accepted.Add(message.MessageId);
        message.EnqueuedAt = now;
        if (message.ScheduledFor <= now)
            message.ScheduledFor = null;
        Add(message);
        return message.SequenceNumber;
    }

    private void Add(BrokerMessage message)
    {
        message.SequenceNumber = ++_lastSequence;
        _messages[message.SequenceNumber] = message;
        if (message.ScheduledFor is null)
            _ready.Add(message.SequenceNumber);
    }

    private void LockIt(BrokerMessage message, DateTimeOffset now)
    {
        message.LockToken = Guid.NewGuid();
        message.LockedUntil = now + _settings.LockDuration;
        _locked[message.LockToken.Value] = message;
    }

    private bool Settle(Guid token, Action<BrokerMessage> settle)
    {
        lock (_gate)
        {
            Refresh();
            if (!_locked.TryGetValue(token, out var message))
                return false;
            Unlock(message);
            settle(message);
            Arm();
        }
        Ready?.Invoke(this, EventArgs.Empty);
        return true;
    }

    private void Unlock(BrokerMessage message)
    {
        _locked.Remove(message.LockToken!.Value);
        message.LockToken = null;
    }

    /// <summary>A delivery failed: the message comes again, or goes to the dead letter when that was its last.</summary>
    private void GiveBack(BrokerMessage message)
    {
        message.FailedDeliveries++;
        if (_source is null && message.FailedDeliveries >= _settings.MaxDeliveryCount)
            PutAside(
                message,
                "MaxDeliveryCountExceeded",
                $"Message could not be consumed after {_settings.MaxDeliveryCount} delivery attempts."
            );
        else
            Return(message);
    }

    private void Return(BrokerMessage message)
    {
        if (!message.IsDeferred)
            _ready.Add(message.SequenceNumber);
    }

    private void PutAside(BrokerMessage message, string? reason, string? description)
    {
        _messages.Remove(message.SequenceNumber);
        message.IsDeferred = false;
        message.DeadLetterOf = Name;
        if (reason is not null)
            message.Change("DeadLetterReason", reason);
        if (description is not null)
            message.Change("DeadLetterErrorDescription", description);
        (DeadLetters ?? this).Take(message);
    }

    private void Take(BrokerMessage message)
    {
        lock (_gate)
            Add(message);
        // Whoever waits for dead letters may be asked only after the queue's own lock is free.
        ThreadPool.QueueUserWorkItem(_ => Ready?.Invoke(this, EventArgs.Empty));
    }

    private static BrokerMessage Changed(BrokerMessage message, IReadOnlyDictionary<string, object> changes)
    {
        foreach (var (name, value) in changes)
            message.Change(name, value);
        return message;
    }

    /// <summary>Brings the queue up to now: locks that ran out, schedules that came due. Call it with the lock held.</summary>
    private DateTimeOffset Refresh()
    {
        var now = _time.GetUtcNow();
        foreach (var message in _locked.Values.Where(message => message.LockedUntil <= now).ToList())
        {
            Unlock(message);
            GiveBack(message);
        }
        foreach (
            var message in _messages.Values.Where(message => message.ScheduledFor <= now).OrderBy(message => message.ScheduledFor).ToList()
        )
        {
            // It is enqueued only now, and numbered as such.
            _messages.Remove(message.SequenceNumber);
            message.EnqueuedAt = message.ScheduledFor!.Value;
            message.ScheduledFor = null;
            Add(message);
        }
        return now;
    }

    /// <summary>Sets the alarm to the next moment at which time alone changes something. Call it with the lock held.</summary>
    private void Arm()
    {
        var moments = _locked
            .Values.Select(message => message.LockedUntil)
            .Concat(_messages.Values.Select(message => message.ScheduledFor).OfType<DateTimeOffset>());
        var next = moments.Order().Cast<DateTimeOffset?>().FirstOrDefault();
        var wait = next is null
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (next.Value - _time.GetUtcNow()).TotalMilliseconds)));
        _alarm.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Ring()
    {
        lock (_gate)
        {
            Refresh();
            Arm();
        }
        Ready?.Invoke(this, EventArgs.Empty);
    }
}
