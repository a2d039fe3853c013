using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Time;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Intake.Monitoring;

public sealed class LeftOutListTests
{
    private readonly InMemoryEntityStore _store = new();
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_two_processes_left_out_adds_up_by_rule()
    {
        var (one, other) = (new LeftOutCounts(_clock), new LeftOutCounts(_clock));
        one.Note([Zone("'Mars'"), Zone("'Mars'"), new LeftOutNote(LeftOutKind.People, "staff", null)]);
        await new LeftOutList(_store, one, TimeProvider.System).FlushAsync(Cancellation);
        _clock.Advance(TimeSpan.FromHours(1));
        other.Note([Zone("'Venus'"), Zone("'Mars'")]);
        await new LeftOutList(_store, other, TimeProvider.System).FlushAsync(Cancellation);

        var rules = await new LeftOutList(_store, one, TimeProvider.System).ReadAsync(Cancellation);

        var start = _clock.GetUtcNow().AddHours(-1);
        Assert.Equal([(LeftOutRules.TimeZone, 4L), ("staff", 1L)], rules.Select(rule => (rule.Rule, rule.Count)));
        Assert.Equal((start, _clock.GetUtcNow()), (rules[0].FirstSeen, rules[0].LastSeen));
        Assert.Equal(["'Mars'", "'Venus'"], rules[0].Examples);
        Assert.Equal((LeftOutKind.People, 0), (rules[1].Kind, rules[1].Examples.Count));
    }

    [Fact]
    public async Task What_cannot_be_written_now_is_written_the_next_time_and_once()
    {
        var counts = new LeftOutCounts(_clock);
        counts.Note([Zone("'Mars'"), new LeftOutNote(LeftOutKind.People, "staff", null)]);
        var list = new LeftOutList(_store, counts, TimeProvider.System);
        _store.Probe.CrashAt(2);
        await Assert.ThrowsAnyAsync<Exception>(() => list.FlushAsync(Cancellation));

        await list.FlushAsync(Cancellation);
        await list.FlushAsync(Cancellation);

        Assert.Equal([1L, 1L], (await list.ReadAsync(Cancellation)).Select(rule => rule.Count));
    }

    [Fact]
    public async Task Whatever_comes_rules_and_examples_are_bounded()
    {
        var counts = new LeftOutCounts(_clock);
        var list = new LeftOutList(_store, counts, TimeProvider.System);
        for (int i = 0; i < 10_000; i++)
            counts.Note([Zone($"zone {i} {new string('x', 10_000)}"), new LeftOutNote(LeftOutKind.People, $"rule {i}", null)]);
        await list.FlushAsync(Cancellation);

        var rules = await list.ReadAsync(Cancellation);

        Assert.Equal(200, rules.Count);
        Assert.Equal((10_000L, LeftOutCounts.MaxExamples), (rules[0].Count, rules[0].Examples.Count));
        Assert.All(rules[0].Examples, example => Assert.InRange(example.Length, 1, 200));
    }

    [Fact]
    public async Task It_is_written_with_the_minutes()
    {
        var counts = new LeftOutCounts(_clock);
        var list = new LeftOutList(_store, counts, TimeProvider.System);
        counts.Note([Zone("'Mars'")]);

        await new PipelineWatch(_store, new MinuteCounts(_clock), list, _clock).FlushAsync(all: false, Cancellation);

        Assert.Equal(LeftOutRules.TimeZone, Assert.Single(await list.ReadAsync(Cancellation)).Rule);
    }

    private static LeftOutNote Zone(string found) => new(LeftOutKind.Value, LeftOutRules.TimeZone, found);
}
