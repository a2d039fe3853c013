using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Daily.Measures;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Telemetry;
using Signals.Testing.Folding;
using Signals.Testing.Messaging;
using Signals.Testing.Storage;
using Signals.Testing.World;

namespace Signals.Core.Tests.Platform.Telemetry;

/// <summary>The meter is the process's: these tests run while no other does.</summary>
[CollectionDefinition(nameof(SignalsMetricsTests), DisableParallelization = true)]
[Collection(nameof(SignalsMetricsTests))]
public sealed class SignalsMetricsTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly ConcurrentQueue<double> _lags = new();

    public SignalsMetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SignalsMetrics.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) =>
            {
                if (value > 0)
                    _seen.Enqueue($"{instrument.Name}{string.Concat(tags.ToArray().Select(tag => $" {tag.Key}={tag.Value}"))} {value}");
            }
        );
        _listener.SetMeasurementEventCallback<double>(
            (instrument, value, _, _) =>
            {
                Assert.Equal(("signals.fold.lag", "s"), (instrument.Name, instrument.Unit));
                _lags.Enqueue(value);
            }
        );
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_story_is_counted_from_the_first_event_to_the_mail()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups.WithSetUp());
        world.Given("ann").Joins("acme").On(0).HasEmail().Browses().On(0, 1, 2);
        await world.AdvanceToAsync(day: 14);

        Assert.Contains("signals.events.folded 1", string.Join('\n', _seen), StringComparison.Ordinal);
        Assert.Contains(_seen, line => line.StartsWith("signals.reviews level=", StringComparison.Ordinal));
        var causes = (await world.ReviewAsync("acme")).Assessment;
        Assert.All(
            causes.Causes,
            cause =>
                Assert.Contains(
                    _seen,
                    line =>
                        line.StartsWith("signals.flags level=", StringComparison.Ordinal)
                        && line.Contains($"cause={cause.Id} 1", StringComparison.Ordinal)
                )
        );
        Assert.NotEmpty(causes.Causes);
        Assert.Equal(
            world.Mail.Left.Count,
            _seen.Count(line => line.StartsWith("signals.sends state=sent kind=", StringComparison.Ordinal))
        );
        Assert.NotEmpty(world.Mail.Left);
        Assert.All(_lags, lag => Assert.InRange(lag, 0, TimeSpan.FromDays(1).TotalSeconds));
    }

    [Fact]
    public async Task What_could_not_be_read_is_counted_by_the_work_that_met_it()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        world.Given("ann").Joins("acme").On(0).Tracks("Report Shared").On(1);
        await world.AdvanceToAsync(day: 2);
        await world.Store.BreakAsync(world.KeyOf("acme"), TestContext.Current.CancellationToken);

        await world.Get<MeasurePass>().MeasureAsync(TestContext.Current.CancellationToken);

        Assert.Contains("signals.unreadable work=measures 1", _seen);
    }

    [Fact]
    public async Task Duplicates_and_what_cannot_be_understood_are_counted_apart_and_lag_from_the_oldest_arrival()
    {
        var app = new FoldApp(new InMemoryEntityStore(), FoldModel.People);
        var first = EventOf.Track("u", FoldModel.Watched);
        await app.FoldAsync("m1", first);
        _seen.Clear();
        _lags.Clear();
        app.Clock.Advance(TimeSpan.FromSeconds(90));

        await app.FoldAsync(
            FoldApp.Message("m2", first, EventOf.Track("u", FoldModel.Watched).ReceivedAt(FoldApp.Noon.AddSeconds(60))),
            FoldApp.Message("m3", new EventBatch([], [new("event: found nothing", "{}", FoldApp.Noon)]))
        );

        Assert.Equal(
            ["signals.events.duplicates 1", "signals.events.folded 1", "signals.events.quarantined 1"],
            _seen.Order(StringComparer.Ordinal)
        );
        Assert.Equal([90d], _lags);
    }

    [Fact]
    public async Task Events_count_as_accepted_once_the_queue_has_them()
    {
        var queue = new InMemoryMessageQueue();
        var service = new IngestionService(
            queue,
            TimeProvider.System,
            new IngestionOptions(),
            new MinuteCounts(TimeProvider.System),
            NullLogger<IngestionService>.Instance
        );
        queue.Probe.Before = _ => throw new TransientStoreException("away");
        var batch = new EventBatch([EventOf.Track("u", "E"), EventOf.Track("v", "E")], []);
        await Assert.ThrowsAsync<TransientStoreException>(() => service.AcceptAsync(batch, TestContext.Current.CancellationToken));
        Assert.Empty(_seen);

        queue.Probe.Reset();
        await service.AcceptAsync(batch, TestContext.Current.CancellationToken);

        Assert.Equal(["signals.events.accepted 2"], _seen);
        Assert.Single(queue.Waiting(QueueNames.Usage));
    }
}
