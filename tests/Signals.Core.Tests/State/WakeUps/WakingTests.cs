using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.State.WakeUps;

public sealed class WakingTests
{
    private readonly InMemoryEntityStore _store = new();

    [Fact]
    public async Task The_first_event_of_an_account_asks_for_a_review_once_the_burst_has_settled()
    {
        var app = new FoldApp(_store, FoldModel.Groups);

        await app.FoldAsync("m1", EventOf.Track("u", FoldModel.Watched, group: "acme"));

        Assert.Equal(
            new Wake(FoldApp.Noon + ReviewSchedule.Settle, WakeKind.Review, AccountKey.Group("acme")),
            Assert.Single(await app.AllWakesAsync())
        );
        Assert.Equal(FoldApp.Noon + ReviewSchedule.Settle, (await app.GroupAsync("acme")).NextWake);
        int today = Days.Of(FoldApp.Noon);
        Assert.Contains(_store.All(AccountRows.Table), row => row.RowKey == AccountRows.DueRow(today, PersonKey.User("u")));
        Assert.Equal(today, (await app.MemberAsync("acme", "u")).DueDay);
    }

    [Theory]
    [InlineData(AccountsMode.Group, "u", null, null, 0)]
    [InlineData(AccountsMode.Group, null, "a", null, 0)]
    [InlineData(AccountsMode.Group, null, "a", "acme", 1)]
    [InlineData(AccountsMode.Group, "u", null, "acme", 1)]
    [InlineData(AccountsMode.Person, "u", null, null, 1)]
    [InlineData(AccountsMode.Person, "u", null, "acme", 1)]
    [InlineData(AccountsMode.Person, null, "a", null, 0)]
    public async Task Only_accounts_that_are_reviewed_are_woken(
        AccountsMode mode,
        string? user,
        string? anonymous,
        string? group,
        int wakes
    )
    {
        var app = new FoldApp(_store, FoldModel.Of(mode));

        await app.FoldAsync("m1", EventOf.Track(user, FoldModel.Watched, anonymous: anonymous, group: group));

        Assert.Equal(wakes, (await app.AllWakesAsync()).Count(wake => wake.Kind == WakeKind.Review));
        int dueRows = _store.All(AccountRows.Table).Count(row => row.RowKey.StartsWith(AccountRows.DuePrefix, StringComparison.Ordinal));
        Assert.Equal(user is null || mode == AccountsMode.Person ? 0 : wakes, dueRows);
    }

    [Theory]
    [InlineData(AccountsMode.Group, 0)]
    [InlineData(AccountsMode.Person, 1)]
    public async Task Naming_an_anonymous_id_wakes_the_user_only_where_users_are_accounts(AccountsMode mode, int wakes)
    {
        var app = new FoldApp(_store, FoldModel.Of(mode));
        await app.FoldAsync("m1", EventOf.Track(null, FoldModel.Watched, anonymous: "a"));

        await app.FoldAsync("m2", EventOf.Identify("u", anonymous: "a"));

        var reviews = (await app.AllWakesAsync())
            .Where(wake => wake.Kind == WakeKind.Review)
            .Select(wake => wake.Account.Value)
            .Distinct(StringComparer.Ordinal);
        Assert.Equal(wakes, reviews.Count());
    }

    [Fact]
    public async Task An_anonymous_person_who_comes_first_in_a_batch_does_not_keep_the_account_asleep()
    {
        var app = new FoldApp(_store, FoldModel.Groups);

        await app.FoldAsync(
            "m1",
            EventOf.Track(null, FoldModel.Watched, anonymous: "a", group: "acme"),
            EventOf.Track("u", FoldModel.Watched, group: "acme")
        );

        Assert.Single(await app.AllWakesAsync(), wake => wake.Kind == WakeKind.Review);
    }

    [Fact]
    public async Task A_duplicate_wakes_nobody()
    {
        var app = new FoldApp(_store, FoldModel.People);
        var watched = EventOf.Track("u", FoldModel.Watched);
        await app.FoldAsync("m1", watched);
        await RemoveAllAsync(app);
        app.Clock.Advance(TimeSpan.FromDays(2));

        await app.FoldAsync("m2", watched);

        Assert.Empty(await app.AllWakesAsync());
    }

    [Fact]
    public async Task While_a_wake_up_stands_no_other_is_written_and_one_that_was_lost_is_written_again()
    {
        var app = new FoldApp(_store, FoldModel.People);
        await app.FoldAsync("m1", EventOf.Track("u", FoldModel.Watched));
        app.Clock.Advance(TimeSpan.FromMinutes(30));
        await app.FoldAsync("m2", EventOf.Track("u", FoldModel.Watched));
        Assert.Single(await app.AllWakesAsync());

        app.Clock.Advance(TimeSpan.FromMinutes(60));
        await app.FoldAsync("m3", EventOf.Track("u", FoldModel.Watched));

        Assert.Equal(FoldApp.Noon.AddMinutes(95), (await app.AllWakesAsync()).Max(wake => wake.At));
    }

    [Theory]
    [InlineData(FoldModel.Watched, 365)]
    [InlineData(FoldModel.Imported, 10)]
    public async Task After_a_review_ordinary_use_waits_for_the_next_and_what_is_urgent_does_not(string name, int minutes)
    {
        var app = new FoldApp(_store, FoldModel.People);
        await app.FoldAsync("m1", EventOf.Track("u", FoldModel.Watched));
        await RemoveAllAsync(app);
        app.Clock.Advance(ReviewSchedule.Settle);
        var account = await app.OwnAsync("u");
        account.Review = new AccountReview { ReviewedAt = app.Clock.GetUtcNow() };
        account.NextWake = null;
        await _store.CommitAsync(AccountRows.Table, account.Key.Value, [AccountRows.Save(account)], TestContext.Current.CancellationToken);

        await app.FoldAsync("m2", EventOf.Track("u", name));

        Assert.Equal(FoldApp.Noon.AddMinutes(minutes), Assert.Single(await app.AllWakesAsync()).At);
    }

    [Fact]
    public async Task Wake_ups_are_found_when_they_are_due_earliest_first_and_removed_once()
    {
        var wakes = new WakeIndex(_store);
        var account = AccountKey.Group("Ü:ber/all");
        Wake[] all =
        [
            new(FoldApp.Noon, WakeKind.Review, account),
            new(FoldApp.Noon.AddMinutes(1), WakeKind.Outreach, account, "reference-1"),
            new(FoldApp.Noon.AddMinutes(2), WakeKind.Move, account),
        ];
        foreach (var wake in all.Reverse())
            await wakes.AddAsync(wake, TestContext.Current.CancellationToken);
        int shard = WakeIndex.ShardOf(account);

        Assert.Equal(all[..2], await wakes.DueAsync(shard, FoldApp.Noon.AddMinutes(1), 10, TestContext.Current.CancellationToken));
        Assert.Equal(FoldApp.Noon, await wakes.NextAsync(shard, TestContext.Current.CancellationToken));

        await wakes.RemoveAsync(all[..2], TestContext.Current.CancellationToken);
        await wakes.RemoveAsync(all, TestContext.Current.CancellationToken);
        Assert.Null(await wakes.NextAsync(shard, TestContext.Current.CancellationToken));
    }

    private static async Task RemoveAllAsync(FoldApp app)
    {
        for (int shard = 0; shard < WakeIndex.Shards; shard++)
        {
            var due = await app.Wakes.DueAsync(
                shard,
                FoldApp.Noon.AddYears(1),
                EntityLimits.MaxPage,
                TestContext.Current.CancellationToken
            );
            await app.Wakes.RemoveAsync(due, TestContext.Current.CancellationToken);
        }
    }
}
