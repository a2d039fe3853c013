using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Telemetry;

namespace Signals.Core.Tests.Platform.Messaging;

public sealed class MessageHandlingTests : IDisposable
{
    private const string Queue = "handled";

    private readonly List<string> _failures = [];
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _traces = new()
    {
        ShouldListenTo = source => source.Name == QueueTraces.Name,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    };

    public MessageHandlingTests()
    {
        ActivitySource.AddActivityListener(_traces);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SignalsMetrics.Name && instrument.Name == "signals.handler.failures")
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>(
            (_, _, tags, _) =>
            {
                var named = new Dictionary<string, object?>(tags.ToArray());
                if (Queue.Equals(named["queue"]))
                    _failures.Add($"{named["error.type"]}");
            }
        );
        _meters.Start();
    }

    public void Dispose()
    {
        _meters.Dispose();
        _traces.Dispose();
    }

    [Fact]
    public async Task The_handlers_word_on_each_message_is_passed_on_and_its_trace_leads_to_the_sends()
    {
        const string Send = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Activity? trace = null;
        var handler = new Handler(_ =>
        {
            trace = Activity.Current;
            return [Settlement.Done, Settlement.Dead("broken")];
        });

        var settlements = await DecideAsync(handler, [Message("a", Send), Message("b")], CancellationToken.None);

        Assert.Equal([Settlement.Done, Settlement.Dead("broken")], settlements);
        Assert.Equal(("process handled", ActivityKind.Consumer), (trace!.OperationName, trace.Kind));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", Assert.Single(trace.Links).Context.TraceId.ToString());
        Assert.Null(Activity.Current);
        Assert.Empty(_failures);
    }

    [Fact]
    public async Task What_it_throws_gives_all_messages_back_when_the_store_says_and_is_counted()
    {
        var handler = new Handler(_ => throw new TransientStoreException("busy", retryAfter: TimeSpan.FromMinutes(3)));

        var settlements = await DecideAsync(handler, [Message("a"), Message("b")], CancellationToken.None);

        var back = Settlement.Again("TransientStoreException: busy", TimeSpan.FromMinutes(3));
        Assert.Equal([back, back], settlements);
        Assert.Equal(["TransientStoreException"], _failures);
    }

    [Fact]
    public async Task Too_few_words_are_none()
    {
        var settlements = await DecideAsync(new Handler(_ => [Settlement.Done]), [Message("a"), Message("b")], CancellationToken.None);

        Assert.All(
            settlements,
            settlement =>
                Assert.Equal(
                    "InvalidOperationException: The handler of 'handled' settled 1 of 2 messages; expected one settlement a message.",
                    Assert.IsType<Settlement.Retry>(settlement).Reason
                )
        );
        Assert.Equal(2, settlements.Count);
    }

    [Fact]
    public async Task A_stop_gives_back_at_once_and_is_no_failure()
    {
        using var stop = new CancellationTokenSource();
        var handler = new Handler(_ =>
        {
            stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
            return [];
        });

        var settlements = await DecideAsync(handler, [Message("a")], stop.Token);

        Assert.Equal(Settlement.Again("The host stopped before it was handled.", TimeSpan.Zero), Assert.Single(settlements));
        Assert.Empty(_failures);
    }

    [Fact]
    public async Task A_time_limit_within_the_handler_is_no_stop()
    {
        var settlements = await DecideAsync(
            new Handler(_ => throw new OperationCanceledException()),
            [Message("a")],
            CancellationToken.None
        );

        Assert.Null(Assert.IsType<Settlement.Retry>(Assert.Single(settlements)).Delay);
        Assert.Equal(["OperationCanceledException"], _failures);
    }

    private static Task<IReadOnlyList<Settlement>> DecideAsync(
        IMessageHandler handler,
        IReadOnlyList<QueueMessage> messages,
        CancellationToken stop
    ) => handler.DecideAsync(messages, NullLogger.Instance, stop);

    private static QueueMessage Message(string id, string? send = null) =>
        new(Queue, id, new byte[1], 1, 1, DateTimeOffset.UnixEpoch, "lease") { TraceParent = send };

    private sealed class Handler(Func<IReadOnlyList<QueueMessage>, IReadOnlyList<Settlement>> decide) : IMessageHandler
    {
        public string Queue => MessageHandlingTests.Queue;

        public int BatchSize => 10;

        public Task<IReadOnlyList<Settlement>> HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken) =>
            Task.FromResult(decide(messages));
    }
}
