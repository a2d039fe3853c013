using Signals.Core.Intake.Events;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Processing.Folding;

/// <summary>Everybody who opens the product's pages can read the key that they send with: what is believed of those who use it.</summary>
public sealed class BrowserKeyTests
{
    private const string Ours = "ann@nimbus.example";
    private const string Theirs = "mallory@evil.example";

    private readonly InMemoryEntityStore _store = new();

    [Theory]
    [InlineData("csm", Theirs)]
    [InlineData("plan", "free")]
    [InlineData("price", 0)]
    [InlineData("mrr", 0)]
    [InlineData("seats", 1)]
    [InlineData("strategic", false)]
    [InlineData("stage", "gone")]
    [InlineData("renewalAt", "2030-01-01T00:00:00Z")]
    [InlineData("trialEndsAt", "2030-01-01T00:00:00Z")]
    public async Task A_browser_says_nothing_of_who_looks_after_an_account_or_what_is_paid(string trait, object value)
    {
        var app = new FoldApp(_store, FoldModel.Groups);
        var traits = new Dictionary<string, object> { [trait] = value };
        await app.FoldAsync("m1", Browser(EventOf.Group("mallory", "acme", traits: traits)));
        Assert.Null((await app.GroupAsync("acme")).Profile[trait]);

        await app.FoldAsync("m2", EventOf.Group("ann", "acme", FoldApp.Noon.AddDays(-1), traits));
        string? told = (await app.GroupAsync("acme")).Profile[trait];
        Assert.NotNull(told);
        await app.FoldAsync("m3", Browser(EventOf.Group("mallory", "acme", traits: new Dictionary<string, object?> { [trait] = null })));
        Assert.Equal(told, (await app.GroupAsync("acme")).Profile[trait]);
    }

    [Fact]
    public async Task Facts_that_events_carry_are_a_servers_to_tell_too()
    {
        var app = new FoldApp(_store, FoldModel.Groups);
        await app.FoldAsync("m1", Browser(EventOf.Track("mallory", FoldModel.Charged, properties: new { amount = 1 }, group: "acme")));
        Assert.Null((await app.GroupAsync("acme")).Profile[Traits.Price]);
        await app.FoldAsync("m2", EventOf.Track("ann", FoldModel.Charged, properties: new { amount = 12 }, group: "acme"));
        Assert.Equal("12", (await app.GroupAsync("acme")).Profile[Traits.Price]);
    }

    [Fact]
    public async Task Where_everybody_is_an_account_the_same_holds()
    {
        var app = new FoldApp(_store, FoldModel.People);
        await app.FoldAsync("m1", EventOf.Identify("ada", traits: new { plan = "pro", csm = Ours }));
        await app.FoldAsync(
            "m2",
            Browser(
                EventOf.Identify(
                    "ada",
                    FoldApp.Noon.AddHours(1),
                    new
                    {
                        plan = "free",
                        csm = Theirs,
                        role = "admin",
                    }
                )
            )
        );
        var own = await app.OwnAsync("ada");
        Assert.Equal(("pro", Ours), (own.Profile[Traits.Plan], own.Profile[Traits.Csm]));
        Assert.Null((await app.UserAsync("ada")).Profile[Traits.Role]);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task An_address_that_a_server_or_an_import_told_stays_until_one_says_another(bool serverFirst, bool imported)
    {
        var app = new FoldApp(_store, FoldModel.People);
        var told = EventOf.Identify("ada", FoldApp.Noon.AddDays(-9), new { email = "ada@acme.example" }) with { Imported = imported };
        var taken = Browser(EventOf.Identify("ada", traits: new { email = Theirs }));
        await app.FoldAsync("m1", serverFirst ? told : taken);
        await app.FoldAsync("m2", serverFirst ? taken : told);

        var ada = await app.UserAsync("ada");
        Assert.Equal("ada@acme.example", ada.Email);
        Assert.Equal(Theirs, BrowserWords.WaitingAddress(ada.Profile));

        await app.FoldAsync("m3", EventOf.Identify("ada", FoldApp.Noon.AddHours(1), new { email = Theirs }));
        ada = await app.UserAsync("ada");
        Assert.Equal(Theirs, ada.Email);
        Assert.Null(BrowserWords.WaitingAddress(ada.Profile));
    }

    [Fact]
    public async Task An_address_that_only_browsers_told_holds_and_follows_them()
    {
        var app = new FoldApp(_store, FoldModel.People);
        await app.FoldAsync("m1", Browser(EventOf.Identify("ada", traits: new { email = "ada@acme.example", name = "Ada" })));
        await app.FoldAsync("m2", Browser(EventOf.Identify("ada", FoldApp.Noon.AddHours(1), new { email = "ada@new.example" })));
        var ada = await app.UserAsync("ada");
        Assert.Equal(("ada@new.example", "Ada"), (ada.Email, ada.Profile[Traits.Name]));
        Assert.Null(BrowserWords.WaitingAddress(ada.Profile));
    }

    [Fact]
    public async Task An_address_that_a_server_took_back_is_not_replaced_by_a_browser()
    {
        var app = new FoldApp(_store, FoldModel.People);
        await app.FoldAsync("m1", EventOf.Identify("ada", traits: new { email = (string?)null }));
        await app.FoldAsync("m2", Browser(EventOf.Identify("ada", FoldApp.Noon.AddHours(1), new { email = Theirs })));
        Assert.Null((await app.UserAsync("ada")).Email);
    }

    [Fact]
    public async Task A_browser_stops_mail_and_does_not_start_it_again()
    {
        var app = new FoldApp(_store, FoldModel.People);
        await app.FoldAsync("m1", EventOf.Identify("ada", traits: new { unsubscribed = true }));
        await app.FoldAsync("m2", Browser(EventOf.Identify("ada", FoldApp.Noon.AddHours(1), new { unsubscribed = false })));
        Assert.Equal("true", (await app.UserAsync("ada")).Profile[Traits.Unsubscribed]);

        await app.FoldAsync("m3", EventOf.Identify("bob", traits: new { unsubscribed = false }));
        await app.FoldAsync("m4", Browser(EventOf.Identify("bob", FoldApp.Noon.AddHours(1), new { unsubscribed = true })));
        Assert.Equal("true", (await app.UserAsync("bob")).Profile[Traits.Unsubscribed]);
    }

    [Fact]
    public async Task A_browser_joins_no_two_users_and_still_names_its_own_anonymous_id()
    {
        var app = new FoldApp(_store, FoldModel.People);
        await app.FoldAsync("m1", EventOf.Track("victim", FoldModel.Watched), EventOf.Track(null, FoldModel.Watched, anonymous: "device"));

        await app.FoldAsync("m2", Browser(EventOf.Alias("victim", "mallory")), Browser(EventOf.Alias("device", "mallory")));

        Assert.Null((await app.OwnAsync("victim")).NamedAs);
        Assert.Equal(1, (await app.UserAsync("victim")).History.Total(FoldModel.Watched)!.Count);
        Assert.Equal(1, (await app.UserAsync("mallory")).History.Total(FoldModel.Watched)!.Count);
        await app.FoldAsync("m3", EventOf.Alias("victim", "ada"));
        Assert.Equal(PersonKeyOf("ada"), (await app.OwnAsync("victim")).NamedAs?.Value);
    }

    [Fact]
    public async Task A_browser_moves_nobody_out_of_the_group_that_a_server_named()
    {
        var app = new FoldApp(_store, FoldModel.Groups);
        await app.FoldAsync("m1", EventOf.Group("victim", "acme"));
        await app.FoldAsync("m2", Browser(EventOf.Group("victim", "evil", FoldApp.Noon.AddHours(1))));
        await app.FoldAsync("m3", EventOf.Track("victim", FoldModel.Watched, FoldApp.Noon.AddHours(2)));
        Assert.Equal(1, (await app.MemberAsync("acme", "victim")).History.Total(FoldModel.Watched)!.Count);

        await app.FoldAsync("m4", Browser(EventOf.Group("ann", "first")));
        await app.FoldAsync("m5", Browser(EventOf.Group("ann", "second", FoldApp.Noon.AddHours(1))));
        await app.FoldAsync("m6", EventOf.Track("ann", FoldModel.Watched, FoldApp.Noon.AddHours(2)));
        Assert.Equal(1, (await app.MemberAsync("second", "ann")).History.Total(FoldModel.Watched)!.Count);
    }

    private static string PersonKeyOf(string user) => PersonKey.User(user).Value;

    private static UsageEvent Browser(UsageEvent usageEvent) => usageEvent with { FromBrowser = true };
}
