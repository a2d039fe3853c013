using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Messaging;
using Signals.Testing;

namespace Signals.Core.Tests.Intake.Ingestion;

public sealed class IntakeLullTests : IDisposable
{
    private const int Bytes = 1_000;

    private readonly TimerClock _clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly RecordingQueue _queue = new();
    private readonly Backlog _backlog;
    private readonly IntakeGates _gates;
    private readonly IntakeLull _lull;

    public IntakeLullTests()
    {
        var options = new IngestionOptions
        {
            RequestsAtOnce = 1,
            MaxBacklogEvents = 1_000,
            LongBacklogEvents = 100,
        };
        _backlog = new Backlog(_queue, options, _clock);
        _gates = new IntakeGates(_backlog, options, _clock);
        _lull = new IntakeLull(_gates, _backlog, _clock);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _gates.Dispose();

    [Fact]
    public void Where_nobody_is_folding_begins_at_once() => Assert.True(_lull.WaitAsync(Cancel).IsCompletedSuccessfully);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Folding_waits_until_it_was_quiet_for_five_milliseconds(bool single)
    {
        var request = await WorkAsync(single ? _gates.Single : _gates.Many);
        var folding = _lull.WaitAsync(Cancel);
        await PassAsync(folding, Milliseconds(100));
        Assert.False(folding.IsCompleted);

        request.Dispose();

        Assert.False(_lull.WaitAsync(Cancel).IsCompleted);
        await PassAsync(folding, Milliseconds(10));
        Assert.True(folding.IsCompleted);
    }

    [Fact]
    public async Task It_waits_for_who_waits_for_the_disk_too()
    {
        var request = await WorkAsync(_gates.Many);
        request.EndTurn();
        var folding = _lull.WaitAsync(Cancel);
        await PassAsync(folding, Milliseconds(100));
        Assert.False(folding.IsCompleted);

        request.Dispose();

        await PassAsync(folding, Milliseconds(10));
        Assert.True(folding.IsCompleted);
    }

    [Fact]
    public async Task A_flood_holds_it_up_for_a_second_and_no_longer()
    {
        await WorkAsync(_gates.Single);
        var folding = _lull.WaitAsync(Cancel);
        await PassAsync(folding, Milliseconds(995));
        Assert.False(folding.IsCompleted);

        await PassAsync(folding, Milliseconds(5));

        Assert.True(folding.IsCompleted);
    }

    [Fact]
    public async Task A_body_that_is_on_its_way_holds_nothing_up()
    {
        Assert.True(_gates.Many.TryCome(Bytes, out var slow, out _));

        Assert.True(_lull.WaitAsync(Cancel).IsCompleted);

        slow.Dispose();
        Assert.True(_lull.WaitAsync(Cancel).IsCompleted);
    }

    [Fact]
    public async Task While_much_waits_to_be_folded_it_gives_way_to_nobody()
    {
        await WorkAsync(_gates.Many);
        await _queue.SendAsync(QueueNames.Usage, [new OutgoingMessage("m", new byte[] { 1 }, 101)], Cancel);
        for (int look = 0; look < 200 && !_backlog.IsLong; look++)
        {
            _backlog.HasRoom();
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Cancel);
        }

        Assert.True(_lull.WaitAsync(Cancel).IsCompleted);
    }

    [Fact]
    public async Task Who_stops_waits_no_longer()
    {
        using var stop = new CancellationTokenSource();
        await WorkAsync(_gates.Single);
        var folding = _lull.WaitAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => folding);
    }

    /// <summary>A request whose turn has come.</summary>
    private static async Task<IntakePlace> WorkAsync(IntakeGate gate)
    {
        Assert.True(gate.TryCome(Bytes, out var place, out _));
        await place.EnterAsync(Bytes, Cancel);
        return place;
    }

    /// <summary>Lets time pass, in which folding looks around whenever it said it would.</summary>
    private async Task PassAsync(Task folding, TimeSpan time)
    {
        for (var until = _clock.GetUtcNow() + time; _clock.GetUtcNow() < until; _clock.Advance(Milliseconds(5)))
            await LooksAsync();
        await LooksAsync();

        // What slept goes on in a thread of its own.
        async Task LooksAsync()
        {
            for (int wait = 0; wait < 5_000 && !folding.IsCompleted && _clock.NextDue is null; wait++)
                await Task.Delay(1, Cancel);
        }
    }

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
