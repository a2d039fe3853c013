using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Local.Messaging;
using Signals.Local.Storage;
using Signals.Local.Tests.Storage;

namespace Signals.Local.Tests.Messaging;

public sealed class MessagePumpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly SqliteDatabase _database;
    private readonly SqliteMessageQueue _queue;

    public MessagePumpTests()
    {
        _database = SqliteDatabase.Open(_folder.Path);
        _queue = new SqliteMessageQueue(_database, _clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draining_handles_what_is_due_and_leaves_the_rest()
    {
        await SendAsync("a", "b", "c");
        await _queue.SendAsync(
            "work",
            [new OutgoingMessage("later", new byte[1], NotBefore: _clock.GetUtcNow().AddHours(1))],
            Cancellation
        );
        var handler = new Handler(batchSize: 2, messages => [.. messages.Select(_ => Settlement.Done)]);

        int deliveries = await Pump(handler).DrainAsync(Cancellation);

        Assert.Equal(3, deliveries);
        Assert.Equal(["a,b", "c"], handler.Batches);
        Assert.Equal(1, (await _queue.GetDepthAsync("work", Cancellation)).Messages);
    }

    [Fact]
    public async Task Each_message_is_settled_as_the_handler_says()
    {
        await SendAsync("done", "dead", "again");
        var handler = new Handler(10, messages => [.. messages.Select(Decide)]);

        await Pump(handler).DrainAsync(Cancellation);

        var depth = await _queue.GetDepthAsync("work", Cancellation);
        Assert.Equal((1, 1), (depth.Messages, depth.DeadLetteredMessages));

        static Settlement Decide(QueueMessage message) =>
            message.MessageId switch
            {
                "done" => Settlement.Done,
                "dead" => Settlement.Dead("broken"),
                _ => Settlement.Again("busy", TimeSpan.FromMinutes(1)),
            };
    }

    [Fact]
    public async Task An_exception_gives_every_message_back_with_a_delay_that_grows()
    {
        await SendAsync("a", "b");
        var pump = Pump(new Handler(10, _ => throw new InvalidOperationException("the handler is broken")));

        Assert.Equal(2, await pump.DrainAsync(Cancellation));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await pump.DrainAsync(Cancellation));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await pump.DrainAsync(Cancellation));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await pump.DrainAsync(Cancellation));
    }

    [Fact]
    public async Task A_message_that_always_fails_ends_in_the_dead_letter_with_the_exception()
    {
        await SendAsync("poison");
        var pump = Pump(new Handler(10, _ => throw new InvalidOperationException("the handler is broken")));

        for (int i = 0; i < 10; i++)
        {
            await pump.DrainAsync(Cancellation);
            _clock.Advance(TimeSpan.FromMinutes(5));
        }

        var dead = Assert.Single((await new SqliteDeadLetters(_database, _queue).ListAsync("work", 10, null, Cancellation)).Messages);
        Assert.Equal(("poison", 10, "InvalidOperationException: the handler is broken"), (dead.MessageId, dead.Deliveries, dead.Reason));
    }

    [Fact]
    public async Task A_store_that_is_busy_says_when_to_come_again()
    {
        await SendAsync("a");
        var pump = Pump(new Handler(10, _ => throw new TransientStoreException("busy", retryAfter: TimeSpan.FromMinutes(3))));

        await pump.DrainAsync(Cancellation);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await pump.DrainAsync(Cancellation));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await pump.DrainAsync(Cancellation));
    }

    [Fact]
    public async Task Too_few_settlements_give_every_message_back()
    {
        await SendAsync("a", "b");

        await Pump(new Handler(10, _ => [Settlement.Done])).DrainAsync(Cancellation);

        Assert.Equal(2, (await _queue.GetDepthAsync("work", Cancellation)).Messages);
    }

    [Fact]
    public async Task A_batch_is_handled_within_a_trace_of_its_own()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == QueueTraces.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        await SendAsync("a", "b");
        string? trace = null;

        await Pump(
                new Handler(
                    10,
                    messages =>
                    {
                        trace = Activity.Current?.OperationName;
                        return [.. messages.Select(_ => Settlement.Done)];
                    }
                )
            )
            .DrainAsync(Cancellation);

        Assert.Equal("process work", trace);
    }

    [Fact]
    public async Task A_running_pump_handles_what_is_sent_and_a_stop_lets_it_finish_what_is_in_hand()
    {
        using var stop = new CancellationTokenSource();
        var entered = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var handler = new Handler(10, messages => [.. messages.Select(_ => Settlement.Done)])
        {
            Entered = async () =>
            {
                entered.TrySetResult();
                await leave.Task;
            },
        };
        var running = Pump(handler).RunAsync(stop.Token, CancellationToken.None);
        await SendAsync("a");
        await entered.Task.WaitAsync(Cancellation);

        await stop.CancelAsync();
        Assert.False(running.IsCompleted);
        leave.SetResult();
        await running.WaitAsync(Cancellation);

        Assert.Equal(0, (await _queue.GetDepthAsync("work", Cancellation)).Messages);
    }

    [Fact]
    public async Task An_abort_gives_back_at_once_what_is_in_hand()
    {
        using var stop = new CancellationTokenSource();
        var entered = new TaskCompletionSource();
        var handler = new Handler(10, _ => [])
        {
            Entered = async () =>
            {
                entered.TrySetResult();
                await Task.Delay(Timeout.Infinite, stop.Token);
            },
        };
        var running = Pump(handler).RunAsync(stop.Token, stop.Token);
        await SendAsync("a");
        await entered.Task.WaitAsync(Cancellation);

        await stop.CancelAsync();
        await running.WaitAsync(Cancellation);

        Assert.Equal(2, Assert.Single(await _queue.ReceiveAsync("work", 10, TimeSpan.FromMinutes(1), Cancellation)).DeliveryCount);
    }

    [Fact]
    public async Task A_lease_is_renewed_while_its_handler_runs()
    {
        // The only test here on the real clock: the renewal's timer is what it is about.
        var queue = new SqliteMessageQueue(_database, TimeProvider.System);
        await queue.SendAsync("work", [new OutgoingMessage("slow", new byte[1])], Cancellation);
        var options = new MessagePumpOptions { Lease = TimeSpan.FromSeconds(1) };
        bool ranOut = true;
        var handler = new Handler(1, messages => [.. messages.Select(_ => Settlement.Done)])
        {
            Entered = async () =>
            {
                using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
                enough.CancelAfter(options.Lease * 1.5);
                var due = queue.WaitForMessagesAsync("work", enough.Token);
                await due.ContinueWith(
                    _ => ranOut = due.IsCompletedSuccessfully,
                    Cancellation,
                    TaskContinuationOptions.None,
                    TaskScheduler.Default
                );
            },
        };

        await new MessagePump(queue, handler, options, TimeProvider.System, NullLogger<MessagePump>.Instance).DrainAsync(Cancellation);

        Assert.False(ranOut, "The lease ran out under the handler.");
        Assert.Equal(0, (await queue.GetDepthAsync("work", Cancellation)).Messages);
    }

    [Fact]
    public async Task As_many_batches_as_allowed_are_handled_at_once()
    {
        using var stop = new CancellationTokenSource();
        var all = new CountdownEvent(3);
        var leave = new TaskCompletionSource();
        var handler = new Handler(1, messages => [.. messages.Select(_ => Settlement.Done)])
        {
            Entered = async () =>
            {
                if (!all.IsSet)
                    all.Signal();
                await leave.Task;
            },
        };
        await SendAsync("a", "b", "c", "d");
        var running = Pump(handler, new MessagePumpOptions { Concurrency = 3 }).RunAsync(stop.Token, CancellationToken.None);

        await Task.Run(() => all.Wait(Cancellation), Cancellation);
        Assert.Equal(3, handler.Batches.Count);
        await stop.CancelAsync();
        leave.SetResult();
        await running.WaitAsync(Cancellation);

        Assert.Equal(1, (await _queue.GetDepthAsync("work", Cancellation)).Messages);
        all.Dispose();
    }

    [Fact]
    public async Task What_gives_way_takes_all_that_came_meanwhile()
    {
        using var stop = new CancellationTokenSource();
        var handled = new TaskCompletionSource();
        var handler = new Handler(10, messages => [.. messages.Select(_ => Settlement.Done)])
        {
            Entered = () =>
            {
                handled.TrySetResult();
                return Task.CompletedTask;
            },
        };
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await SendAsync("a");
        var running = Pump(handler, giveWay: GiveWayAsync).RunAsync(stop.Token, CancellationToken.None);
        await asked.Task.WaitAsync(Cancellation);
        await SendAsync("b", "c");
        Assert.Empty(handler.Batches);

        go.SetResult();

        await handled.Task.WaitAsync(Cancellation);
        await stop.CancelAsync();
        await running.WaitAsync(Cancellation);
        Assert.Equal(["a,b,c"], handler.Batches);

        Task GiveWayAsync(CancellationToken stopped)
        {
            asked.TrySetResult();
            return go.Task.WaitAsync(stopped);
        }
    }

    [Fact]
    public async Task Who_is_asked_to_stop_while_giving_way_leaves_the_messages_where_they_are()
    {
        using var stop = new CancellationTokenSource();
        var handler = new Handler(10, messages => [.. messages.Select(_ => Settlement.Done)]);
        await SendAsync("a");
        var running = Pump(handler, giveWay: stopped => Task.Delay(Timeout.InfiniteTimeSpan, stopped))
            .RunAsync(stop.Token, CancellationToken.None);

        await stop.CancelAsync();

        await running.WaitAsync(Cancellation);
        Assert.Empty(handler.Batches);
        Assert.Single(await _queue.ReceiveAsync("work", 10, TimeSpan.FromMinutes(1), Cancellation));
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private MessagePump Pump(IMessageHandler handler, MessagePumpOptions? options = null, Func<CancellationToken, Task>? giveWay = null) =>
        new(_queue, handler, options ?? new MessagePumpOptions(), _clock, NullLogger<MessagePump>.Instance, giveWay);

    private Task SendAsync(params string[] ids) =>
        _queue.SendAsync("work", [.. ids.Select(id => new OutgoingMessage(id, new byte[1]))], Cancellation);

    private sealed class Handler(int batchSize, Func<IReadOnlyList<QueueMessage>, IReadOnlyList<Settlement>> decide) : IMessageHandler
    {
        public string Queue => "work";

        public int BatchSize => batchSize;

        /// <summary>The message ids of each call, joined by commas.</summary>
        public ConcurrentQueue<string> Batches { get; } = new();

        public Func<Task> Entered { get; init; } = () => Task.CompletedTask;

        public async Task<IReadOnlyList<Settlement>> HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
        {
            Batches.Enqueue(string.Join(',', messages.Select(message => message.MessageId)));
            await Entered();
            return decide(messages);
        }
    }
}
