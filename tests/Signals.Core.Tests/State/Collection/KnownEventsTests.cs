using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Collection;
using Signals.Core.State.Histories;
using Signals.Testing;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.State.Collection;

public sealed class KnownEventsTests
{
    private readonly InMemoryEntityStore _store = new();

    [Fact]
    public async Task An_event_is_known_since_its_first_day_whichever_process_saw_it()
    {
        var one = new KnownEvents(_store, TimeProvider.System);
        var other = new KnownEvents(_store, TimeProvider.System);
        await one.NoteAsync("Export", FoldApp.Noon, TestContext.Current.CancellationToken);
        await other.NoteAsync("Export", FoldApp.Noon.AddDays(3), TestContext.Current.CancellationToken);
        Assert.Equal(Days.Of(FoldApp.Noon), other.EventSince("Export"));

        await other.NoteAsync("Export", FoldApp.Noon.AddDays(-9), TestContext.Current.CancellationToken);

        var fresh = new KnownEvents(_store, TimeProvider.System);
        await fresh.LoadAsync(new CollectionPlan(FoldModel.People), FoldApp.Noon, TestContext.Current.CancellationToken);
        Assert.Equal(Days.Of(FoldApp.Noon) - 9, fresh.EventSince("Export"));
        Assert.Null(fresh.EventSince("Never"));
    }

    [Fact]
    public async Task A_process_hears_within_minutes_what_another_learnt_and_asks_no_more_often()
    {
        var plan = new CollectionPlan(FoldModel.People);
        var one = new KnownEvents(_store, TimeProvider.System);
        var other = new KnownEvents(_store, TimeProvider.System);
        await one.RefreshAsync(plan, FoldApp.Noon, TestContext.Current.CancellationToken);
        await other.NoteAsync("Export", FoldApp.Noon, TestContext.Current.CancellationToken);
        int queries = 0;
        _store.Probe.Before = call =>
        {
            queries += call.Kind == StoreCallKind.Query ? 1 : 0;
            return ValueTask.CompletedTask;
        };

        var almost = FoldApp.Noon + KnownEvents.RefreshEvery - TimeSpan.FromSeconds(1);
        await one.RefreshAsync(plan, almost, TestContext.Current.CancellationToken);
        Assert.Equal((null, 0), (one.EventSince("Export"), queries));

        var later = FoldApp.Noon + KnownEvents.RefreshEvery;
        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => one.RefreshAsync(plan, later, TestContext.Current.CancellationToken).AsTask())
        );
        Assert.Equal((Days.Of(FoldApp.Noon), 1), (one.EventSince("Export"), queries));
    }

    [Fact]
    public async Task A_process_that_could_not_read_tries_again_and_says_so_meanwhile()
    {
        var plan = new CollectionPlan(FoldModel.People);
        var known = new KnownEvents(_store, TimeProvider.System);
        _store.Probe.Before = _ => throw new TransientStoreException("away");
        await Assert.ThrowsAsync<TransientStoreException>(() =>
            known.RefreshAsync(plan, FoldApp.Noon, TestContext.Current.CancellationToken).AsTask()
        );

        _store.Probe.Reset();
        await new KnownEvents(_store, TimeProvider.System).NoteAsync("Export", FoldApp.Noon, TestContext.Current.CancellationToken);
        await known.RefreshAsync(plan, FoldApp.Noon, TestContext.Current.CancellationToken);
        Assert.Equal(Days.Of(FoldApp.Noon), known.EventSince("Export"));
    }

    [Fact]
    public async Task A_property_is_summed_from_the_beginning_on_an_empty_store_and_else_since_the_model_named_it()
    {
        string watched = History.PropertyKey(FoldModel.Watched, "seconds"),
            read = History.PropertyKey("Article Read", "words");
        var known = new KnownEvents(_store, TimeProvider.System);
        await known.LoadAsync(new CollectionPlan(FoldModel.People), FoldApp.Noon, TestContext.Current.CancellationToken);
        Assert.Equal(0, known.SumSince(watched));

        var model = FoldModel.People with
        {
            Value = FoldModel.People.Value with { From = [.. FoldModel.People.Value.From, new("Article Read", null, "words")] },
        };
        var later = new KnownEvents(_store, TimeProvider.System);
        await later.LoadAsync(new CollectionPlan(model), FoldApp.Noon.AddDays(5), TestContext.Current.CancellationToken);

        Assert.Equal((0, Days.Of(FoldApp.Noon) + 5), (later.SumSince(watched), later.SumSince(read)));
    }

    [Fact]
    public async Task The_first_live_event_is_remembered_and_imported_or_late_ones_are_not_live()
    {
        var app = new FoldApp(_store, FoldModel.People);
        await app.FoldAsync(
            "m1",
            EventOf.Track("u", FoldModel.Watched) with
            {
                Imported = true,
            },
            EventOf.Track("u", FoldModel.Watched, FoldApp.Noon.AddHours(-24)).ReceivedAt(FoldApp.Noon)
        );
        Assert.Null(await new LiveSince(_store).GetAsync(TestContext.Current.CancellationToken));
        Assert.Null((await app.UserAsync("u")).FirstLiveAt);

        await app.FoldAsync("m2", EventOf.Track("u", FoldModel.Watched, FoldApp.Noon.AddHours(2)));
        await app.FoldAsync("m3", EventOf.Track("u", FoldModel.Watched, FoldApp.Noon.AddHours(1)));

        Assert.Equal(FoldApp.Noon.AddHours(2), await new LiveSince(_store).GetAsync(TestContext.Current.CancellationToken));
        Assert.Equal(FoldApp.Noon.AddHours(1), (await app.UserAsync("u")).FirstLiveAt);
    }

    [Fact]
    public async Task Markers_of_counted_messages_are_removed_when_no_queue_can_bring_them_again()
    {
        var counters = new PipelineCounters(_store, TimeProvider.System);
        await counters.AddAsync(
            [.. Enumerable.Range(0, 250).Select(i => new MessageCount($"m{i}", FoldApp.Noon, 1, 0, 0))],
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            0,
            await counters.PruneAsync(FoldApp.Noon.AddDays(PipelineCounters.MarkerDays), TestContext.Current.CancellationToken)
        );
        Assert.Equal(
            250,
            await counters.PruneAsync(FoldApp.Noon.AddDays(PipelineCounters.MarkerDays + 1), TestContext.Current.CancellationToken)
        );
        Assert.Equal(new PipelineTotals(250, 0, 0), await counters.GetAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Processes_that_count_at_once_count_everything_once()
    {
        _store.Probe.Before = async _ => await Task.Yield();
        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(process =>
                    Task.Run(
                        () =>
                            new PipelineCounters(_store, TimeProvider.System).AddAsync(
                                [.. Enumerable.Range(0, 40).Select(i => new MessageCount($"m{i + (process * 20)}", FoldApp.Noon, 1, 2, 3))],
                                TestContext.Current.CancellationToken
                            ),
                        TestContext.Current.CancellationToken
                    )
                )
        );

        Assert.Equal(
            new PipelineTotals(140, 280, 420),
            await new PipelineCounters(_store, TimeProvider.System).GetAsync(TestContext.Current.CancellationToken)
        );
    }
}
