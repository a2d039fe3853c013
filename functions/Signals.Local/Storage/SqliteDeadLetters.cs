using System.Globalization;
using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.DeadLetters;

namespace Signals.Local.Storage;

/// <summary>The dead letters of <see cref="SqliteMessageQueue"/>; ids are the sequence numbers under which messages were queued.</summary>
public sealed class SqliteDeadLetters(SqliteDatabase database, SqliteMessageQueue queues) : IDeadLetters
{
    private const string Columns = "sequence, message_id, body, items, delivery_count, enqueued_at, reason";

    private const string ReadPage = $"""
        SELECT {Columns} FROM dead_letter JOIN message_body USING (sequence)
        WHERE queue = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3
        """;

    private const string ReadOne =
        $"SELECT {Columns} FROM dead_letter JOIN message_body USING (sequence) WHERE queue = ?1 AND sequence = ?2 LIMIT ?3";

    public Task<DeadLetterPage> ListAsync(string queue, int take, string? after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        var found = Read(ReadPage, queue, SequenceOf(after) ?? 0, take + 1);
        bool isLast = found.Count <= take;
        if (!isLast)
            found.RemoveAt(take);
        return Task.FromResult(new DeadLetterPage(found, isLast ? null : found[^1].Id));
    }

    public Task<DeadLetter?> FindAsync(string queue, string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(SequenceOf(id) is { } sequence ? Read(ReadOne, queue, sequence, 1).FirstOrDefault() : null);
    }

    /// <summary>When its message id is in the queue again already, that one stands for both.</summary>
    public async Task<bool> ReplayAsync(string queue, string id, CancellationToken cancellationToken)
    {
        if (SequenceOf(id) is not { } sequence)
            return false;
        bool found = await database.WriteAsync(
            session => new Written<bool>(new MessageTable(session).Requeue(queue, sequence)),
            cancellationToken
        );
        if (found)
            queues.Tell(queue);
        return found;
    }

    public async Task<int> ReplayAllAsync(string queue, DateTimeOffset since, CancellationToken cancellationToken)
    {
        int replayed = await database.WriteAsync(
            session =>
            {
                var table = new MessageTable(session);
                return new Written<int>(
                    table.DeadSince(queue, since, IDeadLetters.MostAtOnce).Count(sequence => table.Requeue(queue, sequence))
                );
            },
            cancellationToken
        );
        if (replayed > 0)
            queues.Tell(queue);
        return replayed;
    }

    public async Task<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken) =>
        SequenceOf(id) is { } sequence
        && await database.WriteAsync(session => new Written<bool>(new MessageTable(session).Discard(queue, sequence)), cancellationToken);

    private static long? SequenceOf(string? id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) ? sequence : null;

    private List<DeadLetter> Read(string statement, string queue, long sequence, int take) =>
        database.Read(
            (statement, queue, sequence, take),
            static (session, page) =>
            {
                var found = new List<DeadLetter>();
                var rows = session.Statement(page.statement).Bind(1, page.queue).Bind(2, page.sequence).Bind(3, page.take);
                try
                {
                    while (rows.Step())
                    {
                        byte[] body = rows.Blob(2).ToArray();
                        found.Add(
                            new DeadLetter(
                                page.queue,
                                rows.Int64(0).ToString(CultureInfo.InvariantCulture),
                                rows.Text(1),
                                MessagePreview.Of(page.queue, body),
                                body.Length,
                                rows.Int32(3),
                                rows.Int32(4),
                                new DateTimeOffset(rows.Int64(5), TimeSpan.Zero),
                                rows.Text(6)
                            )
                            {
                                Body = body,
                            }
                        );
                    }
                }
                finally
                {
                    rows.Reset();
                }
                return found;
            }
        );
}
