using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Processing.Folding;

public sealed class ExactlyOnceTests
{
    private readonly InMemoryEntityStore _store = new();
    private readonly FoldApp _app;

    public ExactlyOnceTests() => _app = new FoldApp(_store, FoldModel.Groups);

    [Fact]
    public async Task An_event_that_comes_twice_in_one_message_is_folded_once_and_stays_so_when_the_message_is_redelivered()
    {
        var watched = EventOf.Track("u", FoldModel.Watched);
        var other = EventOf.Track("u", FoldModel.Watched);
        var message = FoldApp.Message("m1", watched, other, watched, other);

        await _app.FoldAsync(message);
        Assert.Equal(new PipelineTotals(2, 2, 0), await _app.TotalsAsync());

        await _app.Restarted().FoldAsync(message);
        Assert.Equal(new PipelineTotals(2, 2, 0), await _app.TotalsAsync());
        Assert.Equal(2, (await _app.UserAsync("u")).History.Total(FoldModel.Watched)!.Count);
    }

    [Fact]
    public async Task Duplicates_across_messages_and_batches_are_counted_as_such()
    {
        var watched = EventOf.Track("u", FoldModel.Watched);
        await _app.FoldAsync(FoldApp.Message("m1", watched), FoldApp.Message("m2", watched));
        await _app.FoldAsync(FoldApp.Message("m3", watched));

        Assert.Equal(new PipelineTotals(1, 2, 0), await _app.TotalsAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task An_event_that_is_sent_again_within_seven_days_of_its_arrival_is_a_duplicate(int days)
    {
        var watched = EventOf.Track("u", FoldModel.Watched, FoldApp.Noon.AddDays(-30)).ReceivedAt(FoldApp.Noon);
        await _app.FoldAsync("m1", watched);
        for (int day = 1; day <= days; day++)
        {
            _app.Clock.MoveTo(FoldApp.Noon.AddDays(day));
            await _app.FoldAsync($"daily{day}", EventOf.Track("u", "Other", _app.Clock.GetUtcNow()));
        }

        await _app.FoldAsync("m2", watched.ReceivedAt(FoldApp.Noon.AddDays(days)));

        Assert.Equal(1, (await _app.UserAsync("u")).History.Total(FoldModel.Watched)!.Count);
        Assert.Equal(1, (await _app.TotalsAsync()).Duplicates);
    }

    [Fact]
    public async Task After_an_outage_of_weeks_what_arrived_within_seven_days_is_still_a_duplicate()
    {
        var watched = EventOf.Track("u", FoldModel.Watched);
        _app.Clock.MoveTo(FoldApp.Noon.AddDays(21));
        await _app.FoldAsync("m1", watched);
        await _app.FoldAsync("m2", EventOf.Track("u", "Other", FoldApp.Noon.AddDays(3)));

        await _app.FoldAsync("m3", watched.ReceivedAt(FoldApp.Noon.AddDays(7)));

        Assert.Equal(1, (await _app.UserAsync("u")).History.Total(FoldModel.Watched)!.Count);
    }

    [Fact]
    public async Task Ids_are_forgotten_once_they_can_no_longer_come_again()
    {
        await _app.FoldAsync("m1", EventOf.Track("u", FoldModel.Watched));
        for (int day = 10; day <= 40; day += 10)
            await _app.FoldAsync($"m{day}", EventOf.Track("u", FoldModel.Watched, FoldApp.Noon.AddDays(day)));

        Assert.InRange((await _app.UserAsync("u")).Ids.Inline.Count, 1, 2);
    }

    [Fact]
    public async Task A_batch_that_comes_again_after_it_was_counted_is_counted_once_however_many_messages_it_has()
    {
        var messages = Enumerable
            .Range(0, 64)
            .Select(i => FoldApp.Message($"m{i}", EventOf.Track("u", FoldModel.Watched), EventOf.Track($"v{i}", FoldModel.Watched)))
            .ToList();
        await _app.FoldAsync(messages);

        await _app.Restarted().FoldAsync(messages);

        Assert.Equal(new PipelineTotals(128, 0, 0), await _app.TotalsAsync());
    }

    [Fact]
    public async Task A_batch_that_crashed_before_it_was_counted_counts_as_it_would_have_however_many_messages_one_person_had()
    {
        var messages = Enumerable.Range(0, 64).Select(i => FoldApp.Message($"m{i}", EventOf.Track("u", FoldModel.Watched))).ToList();
        _store.Probe.Before = call =>
            call is { Target: PipelineCounters.Table, Key: ['p', ..] }
                ? throw new Signals.Testing.SimulatedCrashException(call)
                : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<Signals.Testing.SimulatedCrashException>(() => _app.DeliverAsync(messages));
        _store.Probe.Reset();

        await _app.Restarted().FoldAsync(messages);

        Assert.Equal(new PipelineTotals(64, 0, 0), await _app.TotalsAsync());
        Assert.Equal(64, (await _app.UserAsync("u")).History.Total(FoldModel.Watched)!.Count);
    }

    [Fact]
    public async Task Events_of_one_message_that_reach_a_person_by_two_ways_are_all_folded()
    {
        // The first names the group and so makes it the person's; the second belonged to their own account until then.
        for (int i = 0; i < 20; i++)
        {
            await _app.FoldAsync(
                $"m{i}",
                EventOf.Track($"u{i}", FoldModel.Watched),
                EventOf.Track($"u{i}", FoldModel.Watched, group: "g"),
                EventOf.Track($"u{i}", FoldModel.Watched)
            );
            Assert.Equal(3, (await _app.MemberAsync("g", $"u{i}")).History.Total(FoldModel.Watched)!.Count);
        }
        Assert.Equal(new PipelineTotals(60, 0, 0), await _app.TotalsAsync());
    }

    [Fact]
    public async Task Quarantined_events_are_kept_and_counted_once()
    {
        var batch = new EventBatch(
            [EventOf.Track("u", FoldModel.Watched)],
            [new QuarantinedEvent("no type", "{}", FoldApp.Noon), new QuarantinedEvent("no id", "{}", FoldApp.Noon)]
        );
        var message = FoldApp.Message("m1", batch);

        await _app.FoldAsync(message);
        await _app.Restarted().FoldAsync(message);

        Assert.Equal(new PipelineTotals(1, 0, 2), await _app.TotalsAsync());
        var kept = await new Quarantine(_store).ReadAsync(null, 100, TestContext.Current.CancellationToken);
        Assert.Equal(["no type", "no id"], kept.Events.Select(quarantined => quarantined.Reason));
    }
}
