using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Intake.WriteAccess;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Intake.WriteAccess;

public sealed class WriteKeysTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly InMemoryEntityStore _store = new();
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly WriteKeyRows _rows;
    private readonly WriteKeys _keys;

    public WriteKeysTests()
    {
        _rows = new WriteKeyRows(_store, _clock);
        _keys = Worker();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_was_made_opens_beside_the_configured_one()
    {
        var made = await _rows.CreateAsync("web", WriteKeyKind.Server, Cancellation);

        Assert.True(await IsKnownAsync(made.Secret));
        Assert.True(await IsKnownAsync("configured"));
        Assert.False(await IsKnownAsync(made.Secret + "x"));
        Assert.False(await IsKnownAsync(""));
        Assert.False(await IsKnownAsync(new string('x', 5000)));
    }

    [Fact]
    public async Task The_key_itself_is_kept_nowhere()
    {
        var made = await _rows.CreateAsync("web", WriteKeyKind.Server, Cancellation);

        Assert.Matches("^wk_[A-Za-z0-9_-]{43}$", made.Secret);
        Assert.DoesNotContain(made.Secret, made.ToString(), StringComparison.Ordinal);
        var row = Assert.Single((await _store.QueryAsync(new EntityQuery(PipelineCounters.Table, "write-keys"), Cancellation)).Entities);
        Assert.DoesNotContain(row.Properties.Values.OfType<string>(), text => text.Contains(made.Secret[3..12], StringComparison.Ordinal));
        Assert.Equal(32, row.GetBinary("hash")!.Length);
        Assert.Equal(made.Secret[^4..], row.GetString("end"));
    }

    [Fact]
    public async Task A_rotated_key_and_its_successor_both_open_until_the_time_is_over()
    {
        var old = await _rows.CreateAsync("web", WriteKeyKind.Server, Cancellation);
        var next = await _rows.RotateAsync(old.Key.Id, Hour, Cancellation);

        Assert.Equal("web", next!.Key.Name);
        Assert.True(await IsKnownAsync(old.Secret));
        Assert.True(await IsKnownAsync(next.Secret));
        _clock.Advance(Hour);
        Assert.False(await IsKnownAsync(old.Secret));
        Assert.True(await IsKnownAsync(next.Secret));
    }

    [Fact]
    public async Task Rotating_again_shortens_the_old_keys_time_and_never_lengthens_it()
    {
        var old = await _rows.CreateAsync("web", WriteKeyKind.Server, Cancellation);
        await _rows.RotateAsync(old.Key.Id, Hour, Cancellation);
        await _rows.RotateAsync(old.Key.Id, 5 * Hour, Cancellation);
        Assert.Equal(_clock.GetUtcNow() + Hour, (await _rows.ListAsync(Cancellation)).Single(key => key.Id == old.Key.Id).EndsAt);
    }

    [Fact]
    public async Task Every_worker_sees_a_change_within_a_minute_and_a_new_key_within_seconds()
    {
        var other = Worker();
        Assert.False(await IsKnownAsync(other, "guess"));
        var made = await _rows.CreateAsync("web", WriteKeyKind.Server, Cancellation);
        _clock.Advance(5 * Second);
        Assert.True(await IsKnownAsync(other, made.Secret));

        await _rows.RevokeAsync(made.Key.Id, Cancellation);
        Assert.True(await IsKnownAsync(other, made.Secret));
        _clock.Advance(WriteKeys.StaleAfter);
        Assert.False(await IsKnownAsync(other, made.Secret));
    }

    [Fact]
    public async Task Who_changed_the_keys_sees_it_at_once()
    {
        var made = await _rows.CreateAsync("web", WriteKeyKind.Server, Cancellation);
        Assert.True(await IsKnownAsync(made.Secret));
        await _rows.RevokeAsync(made.Key.Id, Cancellation);
        await _keys.RefreshAsync(Cancellation);
        Assert.False(await IsKnownAsync(made.Secret));
    }

    [Fact]
    public async Task Requests_cost_no_reads_and_guesses_hardly_any()
    {
        var made = await _rows.CreateAsync("web", WriteKeyKind.Server, Cancellation);
        await IsKnownAsync(made.Secret);
        _store.Probe.Reset();

        for (int i = 0; i < 29; i++)
        {
            for (int request = 0; request < 100; request++)
                Assert.True(await IsKnownAsync(made.Secret));
            _clock.Advance(Second);
        }
        Assert.Equal(0, _store.Probe.Total);

        for (int i = 0; i < 60; i++)
        {
            for (int request = 0; request < 100; request++)
                Assert.False(await IsKnownAsync($"guess {i} {request}"));
            _clock.Advance(Second);
        }
        Assert.InRange(_store.Probe.Total, 1, 13);
    }

    [Fact]
    public async Task While_the_store_is_away_known_keys_go_on_and_an_unknown_one_is_told_to_come_again()
    {
        var made = await _rows.CreateAsync("web", WriteKeyKind.Server, Cancellation);
        await IsKnownAsync(made.Secret);
        _store.Probe.Reset();
        _store.Probe.Before = _ => throw new TransientStoreException("away");
        _clock.Advance(Hour);

        for (int request = 0; request < 100; request++)
        {
            Assert.True(await IsKnownAsync("configured"));
            Assert.True(await IsKnownAsync(made.Secret));
            await Assert.ThrowsAsync<TransientStoreException>(() => IsKnownAsync("perhaps").AsTask());
        }
        Assert.InRange(_store.Probe.Total, 1, 2);

        _store.Probe.Before = _ => ValueTask.CompletedTask;
        _clock.Advance(5 * Second);
        Assert.False(await IsKnownAsync("perhaps"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890")]
    public async Task A_name_that_cannot_be_is_refused_with_what_was_found_and_expected(string name)
    {
        var fault = await Assert.ThrowsAsync<WriteKeyException>(() => _rows.CreateAsync(name, WriteKeyKind.Server, Cancellation));
        Assert.Contains("expected 1 to 60 characters", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_free_again_when_its_key_ended()
    {
        var made = await _rows.CreateAsync("Web", WriteKeyKind.Server, Cancellation);
        await Assert.ThrowsAsync<WriteKeyException>(() => _rows.CreateAsync(" web ", WriteKeyKind.Server, Cancellation));
        await _rows.RevokeAsync(made.Key.Id, Cancellation);
        Assert.Equal("web", (await _rows.CreateAsync("web", WriteKeyKind.Server, Cancellation)).Key.Name);
    }

    [Fact]
    public async Task Keys_are_bounded_in_number_and_ended_ones_are_forgotten()
    {
        for (int i = 0; i < WriteKeyRows.MaxKeys; i++)
            await _rows.CreateAsync($"key {i}", WriteKeyKind.Server, Cancellation);
        await Assert.ThrowsAsync<WriteKeyException>(() => _rows.CreateAsync("one more", WriteKeyKind.Server, Cancellation));
        foreach (var key in await _rows.ListAsync(Cancellation))
            await _rows.RevokeAsync(key.Id, Cancellation);
        _clock.Advance(TimeSpan.FromDays(91));
        await _rows.CreateAsync("one more", WriteKeyKind.Server, Cancellation);
        Assert.InRange((await _rows.ListAsync(Cancellation)).Count, 1, 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef")]
    [InlineData("../../etc/passwd")]
    public async Task What_is_no_valid_key_is_neither_rotated_nor_revoked(string id)
    {
        Assert.Null(await _rows.RotateAsync(id, Hour, Cancellation));
        Assert.Null(await _rows.RevokeAsync(id, Cancellation));
    }

    [Fact]
    public async Task A_revoked_key_stays_revoked()
    {
        var made = await _rows.CreateAsync("web", WriteKeyKind.Server, Cancellation);
        Assert.NotNull(await _rows.RevokeAsync(made.Key.Id, Cancellation));
        Assert.Null(await _rows.RevokeAsync(made.Key.Id, Cancellation));
        Assert.Null(await _rows.RotateAsync(made.Key.Id, Hour, Cancellation));
        await Assert.ThrowsAsync<WriteKeyException>(() => _rows.RotateAsync(made.Key.Id, TimeSpan.FromDays(31), Cancellation));
    }

    [Fact]
    public async Task A_key_is_what_it_was_made_as_or_said_to_be_since_and_so_is_its_successor()
    {
        var browser = await _rows.CreateAsync("web", WriteKeyKind.Browser, Cancellation);
        var server = await _rows.CreateAsync("back end", WriteKeyKind.Server, Cancellation);
        Assert.Equal(WriteKeyKind.Browser, await _keys.KindOfAsync(browser.Secret, Cancellation));
        Assert.Equal(WriteKeyKind.Server, await _keys.KindOfAsync(server.Secret, Cancellation));

        var next = await _rows.RotateAsync(browser.Key.Id, Hour, Cancellation);
        await _rows.SetKindAsync(server.Key.Id, WriteKeyKind.Browser, Cancellation);
        await _keys.RefreshAsync(Cancellation);
        Assert.Equal(WriteKeyKind.Browser, await _keys.KindOfAsync(next!.Secret, Cancellation));
        Assert.Equal(WriteKeyKind.Browser, await _keys.KindOfAsync(server.Secret, Cancellation));
        Assert.Null(await _rows.SetKindAsync("0123456789abcdef", WriteKeyKind.Server, Cancellation));
    }

    [Fact]
    public async Task A_key_from_before_keys_had_kinds_goes_on_as_it_was_and_says_that_nobody_has_said_its_kind()
    {
        var made = await _rows.CreateAsync("old", WriteKeyKind.Browser, Cancellation);
        var row = Assert.Single((await _store.QueryAsync(new EntityQuery(PipelineCounters.Table, "write-keys"), Cancellation)).Entities);
        row["kind"] = null;
        await _store.CommitAsync(PipelineCounters.Table, "write-keys", [EntityOperation.Replace(row)], Cancellation);

        Assert.Equal(WriteKeyKind.Server, await Worker().KindOfAsync(made.Secret, Cancellation));
        Assert.Null(Assert.Single(await _rows.ListAsync(Cancellation)).Kind);
    }

    [Fact]
    public void A_configured_key_that_is_said_to_be_both_counts_as_the_lesser() =>
        Assert.Equal(WriteKeyKind.Browser, HashedWriteKeys.FromKeys("one", "two").WithBrowserKeys("two").KindOf("two"));

    private ValueTask<bool> IsKnownAsync(string key) => IsKnownAsync(_keys, key);

    private static async ValueTask<bool> IsKnownAsync(WriteKeys keys, string key) => await keys.KindOfAsync(key, Cancellation) is not null;

    private WriteKeys Worker() => new(_rows, HashedWriteKeys.FromKeys("configured"), _clock, NullLogger<WriteKeys>.Instance);
}
