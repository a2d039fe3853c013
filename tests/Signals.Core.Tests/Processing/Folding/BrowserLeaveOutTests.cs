using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.State.People;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Processing.Folding;

/// <summary>
/// Who is no customer is no browser's to say: a visitor leaves nobody out, and nobody in, by a trait, an address or an anonymous id.
/// </summary>
public sealed class BrowserLeaveOutTests
{
    private const string Trait = "internal";

    private readonly InMemoryEntityStore _store = new();

    [Theory]
    [InlineData(Trait, "true")]
    [InlineData("locale", "xx-TEST")]
    [InlineData("email", "qa")]
    [InlineData("email", "victim@nimbus.example")]
    public async Task A_browser_leaves_nobody_out(string trait, string value)
    {
        var app = new FoldApp(_store, Model());
        await app.FoldAsync("m1", EventOf.Track("victim", FoldModel.Watched));
        await app.FoldAsync("m2", Browser(Says("victim", trait, value)));
        Assert.Null(RuleOf(app, await app.UserAsync("victim")));

        // The same from a server holds, whichever of the two came first.
        await app.FoldAsync("m3", Says("victim", trait, value, hours: -1));
        Assert.Equal("staff", RuleOf(app, await app.UserAsync("victim")));
    }

    [Theory]
    [InlineData(Trait, "true", "false")]
    [InlineData(Trait, "true", null)]
    [InlineData("locale", "xx-TEST", "en")]
    [InlineData("email", "ann@nimbus.example", "ann@evil.example")]
    public async Task A_browser_leaves_nobody_in(string trait, string told, string? said)
    {
        var app = new FoldApp(_store, Model());
        await app.FoldAsync("m1", Says("ann", trait, told));
        await app.FoldAsync("m2", Browser(Says("ann", trait, said, hours: 1)));
        Assert.Equal("staff", RuleOf(app, await app.UserAsync("ann")));
    }

    [Fact]
    public async Task An_anonymous_id_beside_a_user_id_leaves_nobody_out()
    {
        var app = new FoldApp(_store, Model());
        var watched = EventOf.Track("victim", FoldModel.Watched, anonymous: "test-1");
        await app.FoldAsync("m1", Browser(watched));
        Assert.Null(RuleOf(app, await app.UserAsync("victim")));
        Assert.Equal(1, (await app.UserAsync("victim")).History.Total(FoldModel.Watched)!.Count);
    }

    [Fact]
    public async Task A_rule_that_says_so_believes_browsers()
    {
        var app = new FoldApp(_store, Model(browsers: true));
        await app.FoldAsync("m1", Browser(Says("ann", Trait, "true")), Browser(Says("bob", "email", "bob@nimbus.example")));
        await app.FoldAsync("m2", Browser(EventOf.Track("cy", FoldModel.Watched, anonymous: "test-1")));
        foreach (string user in new[] { "ann", "bob", "cy" })
            Assert.Equal("staff", RuleOf(app, await app.UserAsync(user)));

        // A server's word still comes first.
        await app.FoldAsync("m3", Says("ann", Trait, "false", hours: -1));
        Assert.Null(RuleOf(app, await app.UserAsync("ann")));
    }

    [Fact]
    public async Task A_trait_that_a_rule_reads_still_serves_what_else_reads_it()
    {
        var app = new FoldApp(_store, Model());
        await app.FoldAsync("m1", Browser(Says("ann", "locale", "fr")));
        Assert.Equal("fr", (await app.UserAsync("ann")).Profile[Traits.Locale]);
    }

    [Fact]
    public async Task What_a_browser_said_and_is_passed_over_is_counted_by_its_trait()
    {
        var app = new FoldApp(_store, Model(emailTrait: false));
        await app.FoldAsync(
            "m1",
            EventOf.Identify("ann", FoldApp.Noon.AddDays(-1), new { email = "ann@acme.example" }),
            Browser(Says("ann", Trait, "true")),
            Browser(Says("ann", "email", "mallory@evil.example")),
            Browser(Says("ann", "email", "ann@acme.example", hours: 1)),
            Browser(EventOf.Identify("ann", FoldApp.Noon.AddHours(2), new { role = "admin", unsubscribed = false })),
            Browser(
                EventOf.Identify(
                    "bob",
                    traits: new
                    {
                        email = "bob@acme.example",
                        locale = "de",
                        timezone = "Europe/Berlin",
                    }
                )
            )
        );
        var told = await app.LeftOutAsync();
        Assert.All(told, rule => Assert.Equal((LeftOutKind.Browser, 1L), (rule.Kind, rule.Count)));
        Assert.All(told, rule => Assert.Empty(rule.Examples));
        Assert.Equal(["email", Trait, "locale", "role", "unsubscribed"], told.Select(rule => rule.Rule).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_browser_says_of_an_account_is_counted_too()
    {
        var app = new FoldApp(_store, FoldModel.Groups);
        await app.FoldAsync("m1", Browser(EventOf.Group("mallory", "acme", traits: new { csm = "mallory@evil.example", plan = "free" })));
        await app.FoldAsync("m2", Browser(EventOf.Track("mallory", FoldModel.Charged, properties: new { amount = 1 }, group: "acme")));
        Assert.Equal(["csm", "plan", "price"], (await app.LeftOutAsync()).Select(rule => rule.Rule).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_address_that_would_have_left_somebody_out_is_counted()
    {
        var app = new FoldApp(_store, Model(emailTrait: false));
        await app.FoldAsync("m1", Browser(Says("ann", "email", "ann@nimbus.example")));
        Assert.Equal((LeftOutKind.Browser, "email"), (await app.LeftOutAsync()).Select(rule => (rule.Kind, rule.Rule)).Single());

        var believing = new FoldApp(new InMemoryEntityStore(), Model(browsers: true, emailTrait: false));
        await believing.FoldAsync("m1", Browser(Says("ann", "email", "ann@nimbus.example")), Browser(Says("bob", Trait, "false")));
        Assert.Equal((LeftOutKind.People, "staff"), (await believing.LeftOutAsync()).Select(rule => (rule.Kind, rule.Rule)).Single());
    }

    private static ValueModel Model(bool browsers = false, bool emailTrait = true) =>
        FoldModel.People with
        {
            People = new PeopleDefinition
            {
                LeaveOut =
                [
                    new LeaveOutRule("staff")
                    {
                        Domains = ["nimbus.example"],
                        Ids = ["test-*"],
                        Traits = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
                        {
                            [Trait] = ["true"],
                            ["locale"] = ["xx-*"],
                            [emailTrait ? "email" : "team"] = ["qa"],
                        },
                        BelievesBrowsers = browsers,
                    },
                ],
            },
        };

    private static UsageEvent Says(string user, string trait, string? value, int hours = 0) =>
        EventOf.Identify(user, FoldApp.Noon.AddHours(hours), new Dictionary<string, object?>(StringComparer.Ordinal) { [trait] = value });

    private static string? RuleOf(FoldApp app, PersonState person) => NoCustomers.RuleOf(person, app.Model)?.Name;

    private static UsageEvent Browser(UsageEvent usageEvent) => usageEvent with { FromBrowser = true };
}
