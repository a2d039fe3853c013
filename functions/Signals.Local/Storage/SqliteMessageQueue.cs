using Signals.Core.Platform.Messaging;

namespace Signals.Local.Storage;

/// <summary>
/// Queues on the data folder's SQLite file. Whatever was sent, leased or settled is durable when its task ends. Leases
/// belong to this process: when it ends, however it ends, the next one delivers their messages at once.
/// </summary>
public sealed class SqliteMessageQueue : IMessageQueue
{
    /// <summary>A clock that goes back further was wrong; smaller steps are those of a clock that is kept right.</summary>
    private static readonly TimeSpan LongestStepBack = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private const string ReadNextDue = """
        SELECT CASE WHEN EXISTS (SELECT 1 FROM message INDEXED BY message_ready WHERE queue = ?1 AND due_at IS NULL) THEN 0
          ELSE (SELECT min(due_at) FROM message INDEXED BY message_later WHERE queue = ?1 AND due_at IS NOT NULL) END
        """;

    private const string ReadDepth = "SELECT count(*), total(items), min(enqueued_at) FROM message WHERE queue = ?1";

    private const string ReadDeadDepth = "SELECT count(*), total(items) FROM dead_letter WHERE queue = ?1";

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _clock;
    private readonly MessageQueueOptions _options;
    private readonly QueueSignals _signals = new();

    /// <summary>The latest time that a receive met, in UTC ticks; changed by the writer's thread alone.</summary>
    private long _latest;

    /// <param name="database">An open data folder; one queue object a database, since waiters hear only of its own changes.</param>
    /// <param name="clock">Decides what is due: not-before, leases, delays.</param>
    /// <param name="options">Delivery limits and delays; the defaults when null.</param>
    public SqliteMessageQueue(SqliteDatabase database, TimeProvider clock, MessageQueueOptions? options = null)
    {
        _database = database;
        _clock = clock;
        _options = options ?? new MessageQueueOptions();
    }

    public async Task SendAsync(string queue, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        MessageLimits.CheckSend(queue, messages);
        if (messages.Count == 0)
            return;
        await _database.WriteAsync(
            session =>
            {
                var table = new MessageTable(session);
                var now = _clock.GetUtcNow();
                foreach (var message in messages)
                    table.Send(queue, message, now);
                return new Written<int>(messages.Count);
            },
            cancellationToken
        );
        _signals.Pulse(queue);
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queue,
        int maxMessages,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        MessageLimits.CheckReceive(queue, maxMessages, lease);
        return await _database.WriteAsync(
            session =>
            {
                var table = new MessageTable(session);
                var now = _clock.GetUtcNow();
                if (WentBack(now))
                    table.PromoteAll(now);
                Volatile.Write(ref _latest, now.UtcTicks);
                table.Promote(queue, _options.MaxDeliveriesOf(queue), now);
                var messages = table.Take(queue, maxMessages, _database.NextNumber);
                foreach (var message in messages)
                    table.Hold(message, now + lease);
                return new Written<List<QueueMessage>>(messages);
            },
            cancellationToken
        );
    }

    public Task<bool> RenewAsync(QueueMessage message, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
        var token = LeaseToken.Parse(message.LeaseToken);
        return _database.WriteAsync(
            session =>
            {
                var now = _clock.GetUtcNow();
                return new Written<bool>(new MessageTable(session).Renew(token, now, now + lease));
            },
            cancellationToken
        );
    }

    public async Task SettleAsync(IReadOnlyList<SettledMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return;
        await _database.WriteAsync(
            session =>
            {
                var table = new MessageTable(session);
                var now = _clock.GetUtcNow();
                foreach (var (message, settlement) in messages)
                    Settle(table, message, settlement, now);
                return new Written<int>(messages.Count);
            },
            cancellationToken
        );
        foreach (
            string queue in messages
                .Where(settled => settled.Settlement is Settlement.Retry)
                .Select(settled => settled.Message.Queue)
                .Distinct(StringComparer.Ordinal)
        )
            _signals.Pulse(queue);
    }

    public Task<QueueDepth> GetDepthAsync(string queue, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var depth = _database.Read(
            queue,
            static (session, name) =>
            {
                var (messages, items, oldest) = Count(session.Statement(ReadDepth).Bind(1, name), hasOldest: true);
                var (deadMessages, deadItems, _) = Count(session.Statement(ReadDeadDepth).Bind(1, name), hasOldest: false);
                return new QueueDepth(
                    messages,
                    items,
                    deadMessages,
                    deadItems,
                    oldest is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null
                );
            }
        );
        return Task.FromResult(depth);
    }

    /// <summary>
    /// Ends as soon as the queue holds a message that is due: sent, given back, its not-before reached or its lease run out.
    /// It sleeps until then. A clock that is moved by hand wakes nobody: call <see cref="Nudge"/> after moving it.
    /// </summary>
    public async Task WaitForMessagesAsync(string queue, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var changed = _signals.Next(queue);
            long? due = _database.Read(queue, static (session, name) => session.Statement(ReadNextDue).Bind(1, name).ReadInt64());
            if (due is null)
            {
                await changed.WaitAsync(cancellationToken);
                continue;
            }
            var wait = TimeSpan.FromTicks(due.Value - _clock.GetUtcNow().UtcTicks);
            if (wait <= TimeSpan.Zero || WentBack(_clock.GetUtcNow()))
                return;
            // Timers count whole milliseconds; rounded down, the last one would be a busy loop.
            wait = wait < LongestTimer ? wait + TimeSpan.FromMilliseconds(1) : LongestTimer;
            using var awake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(wait, _clock, awake.Token));
            await awake.CancelAsync();
        }
    }

    /// <summary>Makes everyone who waits look again, after a clock was moved by hand.</summary>
    public void Nudge() => _signals.PulseAll();

    /// <summary>Wakes who waits at a queue whose messages were changed elsewhere.</summary>
    internal void Tell(string queue) => _signals.Pulse(queue);

    private bool WentBack(DateTimeOffset now) => now.UtcTicks < Volatile.Read(ref _latest) - LongestStepBack.Ticks;

    private void Settle(MessageTable table, QueueMessage message, Settlement settlement, DateTimeOffset now)
    {
        var token = LeaseToken.Parse(message.LeaseToken);
        if (settlement is Settlement.Complete)
        {
            table.Complete(token, now);
            return;
        }
        if (table.Deliveries(token, now) is not { } deliveries)
            return;
        switch (settlement)
        {
            case Settlement.Retry retry when deliveries < _options.MaxDeliveriesOf(message.Queue):
                var delay = retry.Delay ?? _options.RetryDelay((int)deliveries);
                table.GiveBack(token.Sequence, delay > TimeSpan.Zero ? now + delay : null, MessageLimits.CutReason(retry.Reason));
                break;
            case Settlement.Retry retry:
                table.PutAside(token.Sequence, MessageLimits.CutReason(retry.Reason), now);
                break;
            case Settlement.DeadLetter dead:
                table.PutAside(token.Sequence, MessageLimits.CutReason(dead.Reason), now);
                break;
        }
    }

    private static (long Messages, long Items, long? Oldest) Count(SqliteStatement statement, bool hasOldest)
    {
        try
        {
            statement.Step();
            return (statement.Int64(0), statement.Int64(1), hasOldest ? statement.NullableInt64(2) : null);
        }
        finally
        {
            statement.Reset();
        }
    }
}
