using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Time;
using Signals.Local.Storage;
using Signals.Testing.Messaging;

namespace Signals.Local.Tests.Storage;

public sealed class SqliteMessageQueueTests : MessageQueueContract, IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private SqliteDatabase _database;
    private SqliteMessageQueue _queue;

    public SqliteMessageQueueTests()
    {
        _database = SqliteDatabase.Open(_folder.Path);
        _queue = new SqliteMessageQueue(_database, _clock);
    }

    protected override IMessageQueue Queue => _queue;

    protected override IDeadLetters DeadLetters => new SqliteDeadLetters(_database, _queue);

    protected override DateTimeOffset Now => _clock.GetUtcNow();

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Messages_are_there_after_the_file_was_closed_and_opened_and_leases_are_not()
    {
        await SendAsync("leased", "waiting");
        await _queue.ReceiveAsync(QueueName, 1, Minute, Cancellation);

        Reopen();

        var received = await _queue.ReceiveAsync(QueueName, 10, Minute, Cancellation);
        Assert.Equal([("leased", 2), ("waiting", 1)], received.Select(message => (message.MessageId, message.DeliveryCount)));
    }

    [Fact]
    public async Task What_was_given_back_under_a_clock_that_was_ahead_comes_again_when_the_clock_is_right()
    {
        var clock = new SetClock { Now = _clock.GetUtcNow().AddDays(40) };
        var queue = new SqliteMessageQueue(_database, clock);
        await queue.SendAsync(QueueName, [new OutgoingMessage("one", new byte[] { 1 }, 1)], Cancellation);
        var received = Assert.Single(await queue.ReceiveAsync(QueueName, 1, Minute, Cancellation));
        await queue.SettleAsync([new SettledMessage(received, Settlement.Again("not now", Minute))], Cancellation);

        clock.Now = _clock.GetUtcNow().AddDays(40).AddSeconds(-30);
        Assert.Empty(await queue.ReceiveAsync(QueueName, 1, Minute, Cancellation));
        clock.Now = _clock.GetUtcNow();
        await queue.WaitForMessagesAsync(QueueName, Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal("one", Assert.Single(await queue.ReceiveAsync(QueueName, 1, Minute, Cancellation)).MessageId);
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    [Fact]
    public async Task The_dead_letter_keeps_the_last_reason_and_cuts_a_long_one()
    {
        await SendAsync("one");
        for (int i = 1; i <= 10; i++)
            await SettleNextAsync(Settlement.Again($"fault {i} {new string('x', 5000)}", TimeSpan.Zero));

        string reason = Assert.Single((await DeadLetters.ListAsync(QueueName, 5, null, Cancellation)).Messages).Reason;

        Assert.StartsWith("fault 10 x", reason, StringComparison.Ordinal);
        Assert.Equal(MessageLimits.MaxReasonChars, reason.Length);
    }

    [Fact]
    public async Task A_replay_wakes_who_waits()
    {
        await DeadLetterAsync("one");
        var waiting = _queue.WaitForMessagesAsync(QueueName, Cancellation);
        Assert.False(waiting.IsCompleted);

        Assert.Equal(1, await DeadLetters.ReplayAllAsync(QueueName, DateTimeOffset.MinValue, Cancellation));

        await waiting;
    }

    [Fact]
    public async Task A_replayed_dead_letter_whose_id_is_back_already_stays_one_message()
    {
        await DeadLetterAsync("one");
        await SendAsync("one");
        var dead = Assert.Single((await DeadLetters.ListAsync(QueueName, 5, null, Cancellation)).Messages);

        Assert.True(await DeadLetters.ReplayAsync(QueueName, dead.Id, Cancellation));

        Assert.Equal(new QueueDepth(1, 1, 0, 0, Now), await _queue.GetDepthAsync(QueueName, Cancellation));
    }

    [Fact]
    public async Task Waiting_ends_when_a_message_is_sent()
    {
        var waiting = _queue.WaitForMessagesAsync(QueueName, Cancellation);
        Assert.False(waiting.IsCompleted);

        await SendAsync("one");

        await waiting;
        await _queue.WaitForMessagesAsync(QueueName, Cancellation);
    }

    [Fact]
    public async Task Waiting_ends_when_a_moved_clock_reaches_a_not_before_and_waiters_are_nudged()
    {
        await _queue.SendAsync(QueueName, [new OutgoingMessage("later", new byte[1], NotBefore: Now + Minute)], Cancellation);
        var waiting = _queue.WaitForMessagesAsync(QueueName, Cancellation);

        _clock.Advance(Minute / 2);
        _queue.Nudge();
        Assert.False(waiting.IsCompleted);
        _clock.Advance(Minute);
        _queue.Nudge();

        await waiting;
    }

    [Fact]
    public async Task Waiting_on_the_systems_clock_ends_by_itself_when_a_lease_runs_out()
    {
        var queue = new SqliteMessageQueue(_database, TimeProvider.System);
        await queue.SendAsync(QueueName, [new OutgoingMessage("one", new byte[1])], Cancellation);
        await queue.ReceiveAsync(QueueName, 1, TimeSpan.FromMilliseconds(50), Cancellation);

        await queue.WaitForMessagesAsync(QueueName, Cancellation);

        Assert.Equal(2, Assert.Single(await queue.ReceiveAsync(QueueName, 1, Minute, Cancellation)).DeliveryCount);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var waiting = _queue.WaitForMessagesAsync(QueueName, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private Task SendAsync(params string[] ids) =>
        _queue.SendAsync(QueueName, [.. ids.Select(id => new OutgoingMessage(id, new byte[1]))], Cancellation);

    private async Task SettleNextAsync(Settlement settlement)
    {
        var message = Assert.Single(await _queue.ReceiveAsync(QueueName, 1, Minute, Cancellation));
        await _queue.SettleAsync([new SettledMessage(message, settlement)], Cancellation);
    }

    private async Task DeadLetterAsync(params string[] ids)
    {
        await SendAsync(ids);
        foreach (string id in ids)
            await SettleNextAsync(Settlement.Dead($"{id} is broken"));
    }

    private void Reopen()
    {
        _database.Dispose();
        _database = SqliteDatabase.Open(_folder.Path);
        _queue = new SqliteMessageQueue(_database, _clock);
    }
}
