using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Measures;

namespace Signals.Web.Tests.Api;

public sealed class MeasuresApiTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new()
    {
        Model = SignalsHost.Read(
            """
            {
              "product": "Nimbus", "accounts": "group",
              "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "property": "minutes" }] },
              "features": [{ "id": "export", "name": "Exports", "events": ["Export Completed"], "key": true, "plans": ["pro"] }],
              "feedback": { "nps": ["NPS Answered"] },
              "tickets": { "opened": ["Asked"], "answered": ["Replied"], "solved": ["Solved"], "promises": { "pro": { "answerWithinHours": 4 } } },
              "churn": { "events": ["Subscription Cancelled"] },
              "plans": { "pro": { "price": 99, "seats": 10 } }
            }
            """
        ),
    };

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/api/features")]
    [InlineData("/api/retention")]
    [InlineData("/api/surveys")]
    [InlineData("/api/support")]
    public async Task Before_the_first_pass_there_are_no_figures_and_it_says_so(string path) =>
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await _host.GetAsync(path)).GetProperty("measuredAt").ValueKind);

    [Theory]
    [InlineData("/api/features")]
    [InlineData("/api/retention")]
    [InlineData("/api/surveys")]
    [InlineData("/api/support")]
    public async Task They_are_not_for_strangers(string path)
    {
        using var response = await _host.Stranger.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Features_tell_all_four_dimensions()
    {
        await TwoAccountsAsync();

        var features = await _host.GetAsync("/api/features");

        var export = features.GetProperty("items")[0];
        Assert.Equal(
            ("export", 1, 2),
            (export.GetProperty("id").GetString(), Int(export, "breadth", "count"), Int(export, "breadth", "of"))
        );
        Assert.Equal((1, 1), (Int(export, "intensity", "uses"), Int(export, "intensity", "days")));
        Assert.Equal(0, Int(export, "timeToAdopt", "medianDays"));
        Assert.Equal(1, Int(export, "duration", "after90Days"));
        Assert.Equal(2, features.GetProperty("accounts").GetInt32());
    }

    [Fact]
    public async Task Retention_leaves_new_customers_out()
    {
        await TwoAccountsAsync();
        _host.Clock.Advance(TimeSpan.FromDays(31));
        await _host.SendAsync(
            SignalsHost.Track("eve", "new", "Export Completed"),
            SignalsHost.Track("bob", "zen", "Subscription Cancelled")
        );
        await _host.SettleAsync();
        _host.Clock.Advance(TimeSpan.FromDays(1));
        await MeasureAsync();

        var latest = (await _host.GetAsync("/api/retention")).GetProperty("latest");

        Assert.Equal((1, 2, 1), (Int(latest, "customers", "count"), Int(latest, "customers", "of"), latest.GetProperty("new").GetInt32()));
    }

    [Fact]
    public async Task Surveys_are_told_by_person_by_account_and_with_the_account_and_person_they_belong_to()
    {
        await TwoAccountsAsync();

        var surveys = await _host.GetAsync("/api/surveys");
        Assert.Equal(["email:-100", "in-app:100"], surveys.GetProperty("byPerson").EnumerateArray().Select(Told));
        Assert.Equal(["email:-100", "in-app:100"], surveys.GetProperty("npsByAccount").EnumerateArray().Select(Told));
        var acme = await _host.GetAsync("/api/accounts/acme");
        Assert.Equal(["in-app:100"], acme.GetProperty("surveys").EnumerateArray().Select(Told));
        var nps = acme.GetProperty("people")[0].GetProperty("nps")[0];
        Assert.Equal(("promoter", 10), (nps.GetProperty("group").GetString(), nps.GetProperty("score").GetInt32()));
        var health = acme.GetProperty("health");
        Assert.Equal(
            health.GetProperty("score").GetInt32(),
            health.GetProperty("parts").EnumerateArray().Sum(part => part.GetProperty("points").GetInt32())
        );
        Assert.Equal("start", health.GetProperty("raise").GetProperty("part").GetString());
    }

    [Fact]
    public async Task Support_is_told_by_plan_against_what_was_promised()
    {
        await TwoAccountsAsync();
        await _host.SendAsync(
            SignalsHost.Track("ada", "acme", "Asked", new { ticketId = "1" }),
            SignalsHost.Track("ada", "acme", "Replied", new { ticketId = "1" }),
            SignalsHost.Track("bob", "zen", "Asked", new { ticketId = "2" })
        );
        await _host.SettleAsync();
        _host.Clock.Advance(TimeSpan.FromHours(5));
        await MeasureAsync();

        var support = (await _host.GetAsync("/api/support")).GetProperty("support");

        Assert.Equal([null, "pro"], support.EnumerateArray().Select(one => one.GetProperty("plan").GetString()));
        var pro = support[1];
        Assert.Equal(
            (4, 48, 2),
            (Int(pro, "promise", "answerHours"), Int(pro, "promise", "solutionHours"), pro.GetProperty("tickets").GetInt32())
        );
        Assert.Equal((1, 2), (Int(pro.GetProperty("answer"), "inTime", "count"), Int(pro.GetProperty("answer"), "inTime", "of")));
        Assert.Equal((1, 2), (Int(pro, "answer", "waiting"), Int(pro, "solution", "waiting")));
    }

    [Fact]
    public async Task Features_tell_what_scores_go_with_them_and_of_a_few_that_nothing_can_be_told()
    {
        await TwoAccountsAsync();

        var score = (await _host.GetAsync("/api/features")).GetProperty("scores")[0];

        Assert.Equal(("export", "nps"), (score.GetProperty("feature").GetString(), score.GetProperty("kind").GetString()));
        Assert.Equal((1, 1), (Int(score, "with", "accounts"), Int(score, "without", "accounts")));
        Assert.False(score.GetProperty("enough").GetBoolean());
        var page = await (await Dashboard.DashboardBrowser.SignedInAsync(_host)).OpenAsync("/features");
        Assert.Contains("too few to tell", page.QuerySelector("#scores table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("not why", page.QuerySelector("#scores .note")!.TextContent, StringComparison.Ordinal);
    }

    private static string Told(System.Text.Json.JsonElement survey) =>
        $"{survey.GetProperty("channel").GetString()}:{survey.GetProperty("score").GetDouble()}";

    private static int Int(System.Text.Json.JsonElement item, string outer, string inner) =>
        (int)item.GetProperty(outer).GetProperty(inner).GetDouble();

    private async Task TwoAccountsAsync()
    {
        await _host.SendAsync(
            SignalsHost.Account("ada", "acme", new { plan = "pro" }),
            SignalsHost.Track("ada", "acme", "Export Completed"),
            SignalsHost.Track("ada", "acme", "NPS Answered", new { score = 10, channel = "in-app" }),
            SignalsHost.Account("bob", "zen", new { plan = "pro" }),
            SignalsHost.Track("bob", "zen", "Report Shared", new { minutes = 60 }),
            SignalsHost.Track("bob", "zen", "NPS Answered", new { score = 2, channel = "email" })
        );
        await _host.SettleAsync();
        await MeasureAsync();
    }

    private Task<ProductMeasures> MeasureAsync() =>
        _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(TestContext.Current.CancellationToken);
}
