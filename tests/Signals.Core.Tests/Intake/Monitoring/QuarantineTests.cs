using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Intake.Monitoring;

public sealed class QuarantineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly InMemoryEntityStore _store = new();
    private readonly Quarantine _quarantine;

    public QuarantineTests() => _quarantine = new Quarantine(_store);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_to_arrive_is_read_first_over_messages_and_days()
    {
        for (int hour = 0; hour < 60; hour++)
            await AddAsync(Noon.AddHours(hour));

        var read = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _quarantine.ReadAsync(cursor, 7, Cancellation);
            Assert.InRange(page.Events.Count, 1, 7);
            read.AddRange(page.Events.Select(quarantined => quarantined.Reason));
            cursor = page.Next;
        } while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 60).Select(hour => $"reason of {Noon.AddHours(59 - hour):s}"), read);
    }

    [Fact]
    public async Task Reading_the_newest_reads_no_more_than_their_day_whatever_lies_before()
    {
        for (int day = 0; day < 30; day++)
            await AddAsync(Noon.AddDays(day));
        _store.Probe.Reset();

        Assert.Single((await _quarantine.ReadAsync(null, 1, Cancellation)).Events);

        Assert.InRange(_store.Probe.Total, 1, 1 + 8 + 8);
    }

    [Fact]
    public async Task A_redelivery_adds_nothing()
    {
        await AddAsync(Noon);
        await AddAsync(Noon);
        Assert.Single((await _quarantine.ReadAsync(null, 10, Cancellation)).Events);
    }

    [Fact]
    public async Task Nothing_is_kept_longer_than_it_is_said_to_be()
    {
        await AddAsync(Noon);
        await AddAsync(Noon.AddDays(1));
        Assert.Equal(0, await _quarantine.PruneAsync(Noon.AddDays(Quarantine.KeepDays), Cancellation));
        Assert.Equal(1, await _quarantine.PruneAsync(Noon.AddDays(Quarantine.KeepDays + 1), Cancellation));
        Assert.Equal($"reason of {Noon.AddDays(1):s}", Assert.Single((await _quarantine.ReadAsync(null, 10, Cancellation)).Events).Reason);
        Assert.Equal(1, await _quarantine.PruneAsync(Noon.AddDays(100), Cancellation));
        Assert.Empty((await _quarantine.ReadAsync(null, 10, Cancellation)).Events);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("20261399x")]
    [InlineData("not a cursor at all")]
    public async Task A_cursor_that_is_none_begins_anew(string cursor)
    {
        await AddAsync(Noon);
        Assert.Single((await _quarantine.ReadAsync(cursor, 10, Cancellation)).Events);
    }

    private Task AddAsync(DateTimeOffset at) =>
        _quarantine.AddAsync($"message of {at:s}", [new QuarantinedEvent($"reason of {at:s}", "{}", at)], Cancellation);
}
