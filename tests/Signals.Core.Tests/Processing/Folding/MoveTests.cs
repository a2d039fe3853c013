using Signals.Core.Intake.Monitoring;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Processing.Folding;

public sealed class MoveTests
{
    private readonly InMemoryEntityStore _store = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_takes_their_own_history_into_their_first_group(bool byGroupCall)
    {
        var app = new FoldApp(_store, FoldModel.Groups);
        var before = EventOf.Track("u", FoldModel.Watched, FoldApp.Noon.AddDays(-3), new { seconds = 60 });
        await app.FoldAsync("m1", before, EventOf.Track("u", FoldModel.Charged, properties: new { amount = 12 }));

        await app.FoldAsync("m2", byGroupCall ? EventOf.Group("u", "acme") : EventOf.Track("u", "Other", group: "acme"));
        await app.FoldAsync("m3", before, EventOf.Track("u", FoldModel.Watched));

        var member = await app.MemberAsync("acme", "u");
        var account = await app.GroupAsync("acme");
        Assert.Equal(2, member.History.Total(FoldModel.Watched)!.Count);
        Assert.Equal(2, account.History.Total(FoldModel.Watched)!.Count);
        Assert.Equal([1, 1], account.History.Buckets.Select(bucket => bucket.People));
        Assert.Equal(1, account.People);
        Assert.Equal("12", account.Profile[Traits.Price]);
        Assert.Equal(new PipelineTotals(4, 1, 0), await app.TotalsAsync());
        var own = await app.OwnAsync("u");
        Assert.True(own is { Moved: true, People: 0, IsHome: false });
        Assert.Null(await app.FindAsync(own.Key, PersonKey.User("u")));
    }

    [Fact]
    public async Task Only_the_first_group_takes_the_history_over()
    {
        var app = new FoldApp(_store, FoldModel.Groups);
        await app.FoldAsync("m1", EventOf.Track("u", FoldModel.Watched));
        await app.FoldAsync("m2", EventOf.Group("u", "first"));
        await app.FoldAsync("m3", EventOf.Group("u", "second", FoldApp.Noon.AddHours(1)));
        await app.FoldAsync("m4", EventOf.Track("u", FoldModel.Watched, FoldApp.Noon.AddHours(2)));

        Assert.Equal(1, (await app.MemberAsync("first", "u")).History.Total(FoldModel.Watched)!.Count);
        Assert.Equal(1, (await app.MemberAsync("second", "u")).History.Total(FoldModel.Watched)!.Count);
    }

    [Fact]
    public async Task What_an_anonymous_id_did_becomes_the_users_when_it_is_named_and_stays_folded_once()
    {
        var app = new FoldApp(_store, FoldModel.People);
        var browsing = EventOf.Track(null, FoldModel.Watched, FoldApp.Noon.AddDays(-1), anonymous: "device");
        var rated = EventOf.Track(null, FoldModel.Rated, properties: new { score = 1 }, anonymous: "device");
        await app.FoldAsync("m1", browsing, rated);
        await app.FoldAsync("m2", EventOf.Track("ada", FoldModel.Watched));

        await app.FoldAsync("m3", EventOf.Identify("ada", anonymous: "device"));
        await app.FoldAsync("m4", browsing, EventOf.Track(null, FoldModel.Watched, anonymous: "device"));

        var ada = await app.UserAsync("ada");
        Assert.Equal(3, ada.History.Total(FoldModel.Watched)!.Count);
        Assert.Equal("device", ada.AnonymousId);
        Assert.Equal("u_ada", Assert.Single((await app.OwnAsync("ada")).Feedback.Answers).Person);
        Assert.Equal(new PipelineTotals(5, 1, 0), await app.TotalsAsync());
    }

    [Fact]
    public async Task An_anonymous_id_that_a_group_knew_brings_the_user_into_that_group()
    {
        var app = new FoldApp(_store, FoldModel.Groups);
        await app.FoldAsync(
            "m1",
            EventOf.Track("ada", FoldModel.Watched),
            EventOf.Track(null, FoldModel.Watched, anonymous: "device", group: "acme")
        );

        await app.FoldAsync("m2", EventOf.Identify("ada", anonymous: "device"));
        await app.FoldAsync("m3", EventOf.Track("ada", FoldModel.Watched));

        Assert.Equal(3, (await app.MemberAsync("acme", "ada")).History.Total(FoldModel.Watched)!.Count);
        var account = await app.GroupAsync("acme");
        Assert.Equal(1, account.People);
        Assert.Equal(1, Assert.Single(account.History.Buckets).People);
    }

    [Fact]
    public async Task An_alias_joins_two_users_in_every_group_they_have_rows_in()
    {
        var app = new FoldApp(_store, FoldModel.Groups);
        var early = EventOf.Track("old", FoldModel.Watched, group: "acme");
        await app.FoldAsync(
            "m1",
            early,
            EventOf.Track("old", FoldModel.Watched, group: "beta"),
            EventOf.Track("new", FoldModel.Watched, group: "acme")
        );

        await app.FoldAsync("m2", EventOf.Alias("old", "new"));
        await app.FoldAsync(
            "m3",
            early,
            EventOf.Track("old", FoldModel.Watched, group: "acme"),
            EventOf.Track("old", FoldModel.Watched, group: "gamma")
        );

        Assert.Equal(3, (await app.MemberAsync("acme", "new")).History.Total(FoldModel.Watched)!.Count);
        Assert.Equal(1, (await app.MemberAsync("beta", "new")).History.Total(FoldModel.Watched)!.Count);
        Assert.Equal(1, (await app.MemberAsync("gamma", "new")).History.Total(FoldModel.Watched)!.Count);
        foreach (string group in new[] { "acme", "beta", "gamma" })
        {
            Assert.Null(await app.FindAsync(AccountKey.Group(group), PersonKey.User("old")));
            Assert.Equal(1, (await app.GroupAsync(group)).People);
        }
        Assert.Equal("new", (await app.MemberAsync("gamma", "new")).UserId);
        Assert.Equal(1, (await app.TotalsAsync()).Duplicates);
    }

    [Fact]
    public async Task A_long_chain_of_aliases_still_leads_to_its_end()
    {
        var app = new FoldApp(_store, FoldModel.People);
        await app.FoldAsync("m", EventOf.Track("u0", FoldModel.Watched));
        for (int i = 0; i < 40; i++)
            await app.FoldAsync($"m{i}", EventOf.Alias($"u{i}", $"u{i + 1}"));

        await app.FoldAsync("last", EventOf.Track("u0", FoldModel.Watched));

        Assert.Equal(2, (await app.UserAsync("u40")).History.Total(FoldModel.Watched)!.Count);
    }

    [Fact]
    public async Task Ids_that_name_each_other_end_at_one_person()
    {
        var app = new FoldApp(_store, FoldModel.People);
        await app.FoldAsync("m1", EventOf.Track("a", FoldModel.Watched), EventOf.Track("b", FoldModel.Watched));
        await app.FoldAsync("m2", EventOf.Alias("a", "b"), EventOf.Alias("b", "a"), EventOf.Alias("a", "a"));
        await app.FoldAsync("m3", EventOf.Alias("b", "c"), EventOf.Alias("c", "a"), EventOf.Track("a", FoldModel.Watched));

        Assert.Equal(3, (await app.UserAsync("c")).History.Total(FoldModel.Watched)!.Count);
    }

    [Fact]
    public async Task Thousands_of_ids_move_with_their_person()
    {
        var app = new FoldApp(_store, FoldModel.Groups);
        var events = Enumerable.Range(0, PersonIds.SpillAt + 500).Select(i => EventOf.Track("u", FoldModel.Watched, id: $"e{i}")).ToList();
        foreach (var (part, i) in events.Chunk(1000).Select((part, i) => (part, i)))
            await app.FoldAsync($"m{i}", part);

        await app.FoldAsync("join", EventOf.Group("u", "acme"));
        await app.FoldAsync("again", events.Take(1000));

        Assert.Equal(events.Count, (await app.MemberAsync("acme", "u")).History.Total(FoldModel.Watched)!.Count);
        Assert.Equal(1000, (await app.TotalsAsync()).Duplicates);
        Assert.Single(_store.All(AccountRows.Table), row => row.PartitionKey == "u_u");
    }
}
