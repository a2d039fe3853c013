using Signals.Core.Platform.Messaging;

namespace Signals.Local.Storage;

/// <summary>
/// The queue's statements, run inside the writer's transaction. A message is ready (due_at is null) or due later (its
/// not-before, or the end of its lease); what has become due is made ready first, so that the oldest goes first
/// whatever it waited for, and no statement looks at more rows than it changes.
/// </summary>
internal sealed class MessageTable(SqliteSession session)
{
    private const string Insert = """
        INSERT INTO message (queue, message_id, items, enqueued_at, due_at, lease, delivery_count, reason)
        VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, '') ON CONFLICT DO NOTHING
        """;

    private const string InsertBody = "INSERT INTO message_body (sequence, body) VALUES (?1, ?2)";

    private const string FindWornOut = """
        SELECT sequence FROM message INDEXED BY message_later
        WHERE queue = ?1 AND due_at IS NOT NULL AND due_at <= ?2 AND lease <> 0 AND delivery_count >= ?3
        """;

    private const string MakeReady = "UPDATE message SET due_at = NULL, lease = 0 WHERE queue = ?1 AND due_at IS NOT NULL AND due_at <= ?2";

    private const string ReadyEarly = "UPDATE message SET due_at = NULL WHERE due_at > ?1 AND lease = 0";

    private const string ReadReady = """
        SELECT sequence, message_id, items, enqueued_at, delivery_count, body
        FROM message INDEXED BY message_ready JOIN message_body USING (sequence)
        WHERE queue = ?1 AND due_at IS NULL ORDER BY sequence LIMIT ?2
        """;

    private const string Lease = "UPDATE message SET due_at = ?2, lease = ?3, delivery_count = delivery_count + 1 WHERE sequence = ?1";

    private const string RenewLease = "UPDATE message SET due_at = ?4 WHERE sequence = ?1 AND lease = ?2 AND due_at > ?3";

    private const string DeleteLeased = "DELETE FROM message WHERE sequence = ?1 AND lease = ?2 AND due_at > ?3";

    private const string DeleteBody = "DELETE FROM message_body WHERE sequence = ?1";

    private const string FindLeased = "SELECT delivery_count FROM message WHERE sequence = ?1 AND lease = ?2 AND due_at > ?3";

    private const string GiveBackRow = "UPDATE message SET due_at = ?2, lease = 0, reason = ?3 WHERE sequence = ?1";

    private const string CopyToDead = """
        INSERT INTO dead_letter (sequence, queue, message_id, items, enqueued_at, delivery_count, dead_lettered_at, reason)
        SELECT sequence, queue, message_id, items, enqueued_at, delivery_count, ?2, CASE ?3
          WHEN '' THEN CASE reason WHEN '' THEN 'Its lease ran out on delivery ' || delivery_count || '.' ELSE reason END
          ELSE ?3 END
        FROM message WHERE sequence = ?1
        """;

    private const string DeleteRow = "DELETE FROM message WHERE sequence = ?1";

    private const string CopyFromDead = """
        INSERT INTO message (sequence, queue, message_id, items, enqueued_at, due_at, lease, delivery_count, reason)
        SELECT sequence, queue, message_id, items, enqueued_at, NULL, 0, 0, '' FROM dead_letter WHERE queue = ?1 AND sequence = ?2
        ON CONFLICT DO NOTHING
        """;

    private const string FindDeadSince =
        "SELECT sequence FROM dead_letter WHERE queue = ?1 AND enqueued_at >= ?2 ORDER BY sequence LIMIT ?3";

    private const string DeleteDead = "DELETE FROM dead_letter WHERE queue = ?1 AND sequence = ?2";

    /// <summary>A process that ended left its leases behind; nobody holds them any more.</summary>
    public static void ReleaseAll(SqliteSession session) => session.Execute("UPDATE message SET due_at = NULL, lease = 0 WHERE lease <> 0");

    public void Send(string queue, OutgoingMessage message, DateTimeOffset now)
    {
        long? due = message.NotBefore > now ? message.NotBefore.Value.UtcTicks : null;
        int added = session
            .Statement(Insert)
            .Bind(1, queue)
            .Bind(2, message.MessageId)
            .Bind(3, message.Items)
            .Bind(4, now.UtcTicks)
            .Bind(5, due)
            .Execute();
        if (added == 1)
            session.Statement(InsertBody).Bind(1, session.LastInsertRowId).Bind(2, message.Body.Span).Execute();
    }

    /// <summary>Makes ready what is due now; leases that ran out too often go to the dead letter.</summary>
    public void Promote(string queue, int maxDeliveries, DateTimeOffset now)
    {
        foreach (long sequence in WornOut(queue, maxDeliveries, now))
            PutAside(sequence, "", now);
        session.Statement(MakeReady).Bind(1, queue).Bind(2, now.UtcTicks).Execute();
    }

    /// <summary>
    /// Makes ready whatever waits in any queue, after the clock went back: what was put off under it would wait until it gets there again.
    /// Handlers look at the time themselves, and put off what came too early.
    /// </summary>
    public void PromoteAll(DateTimeOffset now) => session.Statement(ReadyEarly).Bind(1, now.UtcTicks).Execute();

    public List<QueueMessage> Take(string queue, int maxMessages, Func<long> nextLease)
    {
        var messages = new List<QueueMessage>();
        var rows = session.Statement(ReadReady).Bind(1, queue).Bind(2, maxMessages);
        try
        {
            while (rows.Step())
            {
                messages.Add(
                    new QueueMessage(
                        queue,
                        rows.Text(1),
                        rows.Blob(5).ToArray(),
                        rows.Int32(2),
                        rows.Int32(4) + 1,
                        new DateTimeOffset(rows.Int64(3), TimeSpan.Zero),
                        new LeaseToken(rows.Int64(0), nextLease()).ToString()
                    )
                );
            }
        }
        finally
        {
            rows.Reset();
        }
        return messages;
    }

    public void Hold(QueueMessage message, DateTimeOffset until)
    {
        var token = LeaseToken.Parse(message.LeaseToken);
        session.Statement(Lease).Bind(1, token.Sequence).Bind(2, until.UtcTicks).Bind(3, token.Lease).Execute();
    }

    public bool Renew(LeaseToken token, DateTimeOffset now, DateTimeOffset until) =>
        session.Statement(RenewLease).Bind(1, token.Sequence).Bind(2, token.Lease).Bind(3, now.UtcTicks).Bind(4, until.UtcTicks).Execute()
        == 1;

    public void Complete(LeaseToken token, DateTimeOffset now)
    {
        if (session.Statement(DeleteLeased).Bind(1, token.Sequence).Bind(2, token.Lease).Bind(3, now.UtcTicks).Execute() == 1)
            session.Statement(DeleteBody).Bind(1, token.Sequence).Execute();
    }

    /// <summary>How often the leased message was delivered; null when the lease was lost.</summary>
    public long? Deliveries(LeaseToken token, DateTimeOffset now) =>
        session.Statement(FindLeased).Bind(1, token.Sequence).Bind(2, token.Lease).Bind(3, now.UtcTicks).ReadInt64();

    public void GiveBack(long sequence, DateTimeOffset? due, string reason) =>
        session.Statement(GiveBackRow).Bind(1, sequence).Bind(2, due?.UtcTicks).Bind(3, reason).Execute();

    /// <summary>Moves a message to the dead letter. An empty reason stands for the last one it was given back with.</summary>
    public void PutAside(long sequence, string reason, DateTimeOffset now)
    {
        session.Statement(CopyToDead).Bind(1, sequence).Bind(2, now.UtcTicks).Bind(3, reason).Execute();
        session.Statement(DeleteRow).Bind(1, sequence).Execute();
    }

    /// <summary>Moves a dead letter back; when its message id is in the queue again already, that one stands for both.</summary>
    public bool Requeue(string queue, long sequence)
    {
        bool moved = session.Statement(CopyFromDead).Bind(1, queue).Bind(2, sequence).Execute() == 1;
        bool found = session.Statement(DeleteDead).Bind(1, queue).Bind(2, sequence).Execute() == 1;
        if (found && !moved)
            session.Statement(DeleteBody).Bind(1, sequence).Execute();
        return found;
    }

    /// <summary>Removes a dead letter for good; false when there is none of that number.</summary>
    public bool Discard(string queue, long sequence)
    {
        bool found = session.Statement(DeleteDead).Bind(1, queue).Bind(2, sequence).Execute() == 1;
        if (found)
            session.Statement(DeleteBody).Bind(1, sequence).Execute();
        return found;
    }

    /// <summary>The dead letters that were enqueued at a moment or later, the first queued first.</summary>
    public List<long> DeadSince(string queue, DateTimeOffset since, int take) => Sequences(FindDeadSince, queue, since, take);

    private List<long> WornOut(string queue, int maxDeliveries, DateTimeOffset now) => Sequences(FindWornOut, queue, now, maxDeliveries);

    private List<long> Sequences(string statement, string queue, DateTimeOffset moment, int number)
    {
        var found = new List<long>();
        var rows = session.Statement(statement).Bind(1, queue).Bind(2, moment.UtcTicks).Bind(3, number);
        try
        {
            while (rows.Step())
                found.Add(rows.Int64(0));
        }
        finally
        {
            rows.Reset();
        }
        return found;
    }
}
