using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.State.Indexes;
using Signals.Web.Api;

namespace Signals.Web.Tests.Api;

public sealed class AccountsApiTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Posted_events_become_an_account_with_its_cause_evidence_and_people()
    {
        await GivenAStuckAccountAsync();

        var account = await _host.GetAsync("/api/accounts/acme");

        Assert.Equal(
            [
                "id",
                "name",
                "plan",
                "price",
                "csm",
                "stage",
                "strategic",
                "renewalAt",
                "trialEndsAt",
                "health",
                "risk",
                "causes",
                "people",
                "outreach",
                "nextReviewAt",
                "surveys",
            ],
            account.EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal(
            ("acme", "Acme", "pro", 99d),
            (Text(account, "id"), Text(account, "name"), Text(account, "plan"), account.GetProperty("price").GetDouble())
        );
        Assert.Equal(
            ["score", "depth", "breadth", "reach", "valuePerPrice", "trend", "parts", "raise"],
            account.GetProperty("health").EnumerateObject().Select(member => member.Name)
        );
        Assert.Contains(Text(account.GetProperty("risk"), "level"), (string[])["watch", "at-risk", "critical"]);
        var cause = account.GetProperty("causes").EnumerateArray().First(one => Text(one, "id") == "onboarding-stalled");
        Assert.Equal(("import-users", "account"), (Text(cause, "kind"), Text(cause, "subject")));
        Assert.Equal("\"Import your users\" failed 3 times", Text(cause.GetProperty("evidence")[0], "text"));
        Assert.Equal("2026-03-02", Text(cause.GetProperty("evidence")[0], "since"));
    }

    [Theory]
    [InlineData("fr-FR, fr;q=0.9, en;q=0.8", "«\u00a0Import your users\u00a0» a échoué 3 fois", "aucun", "Mise en route bloquée")]
    [InlineData("en, fr;q=0.9", "\"Import your users\" failed 3 times", "none", "Onboarding stalled")]
    [InlineData("de", "\"Import your users\" failed 3 times", "none", "Onboarding stalled")]
    public async Task Evidence_reads_in_the_language_that_is_preferred_and_keeps_its_shape(
        string language,
        string text,
        string expected,
        string name
    )
    {
        await GivenAStuckAccountAsync();
        _host.Client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", language);

        var account = await _host.GetAsync("/api/accounts/acme");
        var listed = (await _host.GetAsync("/api/accounts")).GetProperty("items")[0];
        var causes = await _host.GetAsync("/api/causes");

        var line = account
            .GetProperty("causes")
            .EnumerateArray()
            .First(one => Text(one, "id") == "onboarding-stalled")
            .GetProperty("evidence")[0];
        Assert.Equal((text, expected), (Text(line, "text"), Text(line, "expected")));
        Assert.Equal(
            text,
            Text(listed.GetProperty("causes").EnumerateArray().First(one => Text(one, "id") == "onboarding-stalled"), "evidence")
        );
        Assert.Equal(
            name,
            Text(causes.GetProperty("items").EnumerateArray().First(one => Text(one, "id") == "onboarding-stalled"), "name")
        );
        Assert.Equal(JsonValueKind.String, account.GetProperty("risk").GetProperty("raisedBy")[0].GetProperty("text").ValueKind);
    }

    [Fact]
    public async Task A_persons_value_is_told_by_day_and_against_the_floor()
    {
        await GivenAStuckAccountAsync();

        var account = await _host.GetAsync("/api/accounts/acme");

        var ada = account.GetProperty("people").EnumerateArray().First(person => Text(person, "id") == "ada");
        Assert.Equal(("ada@acme.example", "admin", true), (Text(ada, "email"), Text(ada, "role"), ada.GetProperty("active").GetBoolean()));
        Assert.Equal(
            """{"window":20.5,"floor":15,"since":"2026-03-02","days":[{"date":"2026-03-02","amount":20.5}]}""",
            ada.GetProperty("value").GetRawText()
        );
    }

    [Fact]
    public async Task An_account_that_was_not_reviewed_has_no_health_and_no_risk()
    {
        await _host.SendAsync(SignalsHost.Track("ada", "acme", "Report Shared", new { minutes = 5 }));
        await _host.SettleAsync();
        await _host.SendAsync(SignalsHost.Person("loner", new { email = "l@x.example" }));
        await _host.SettleAsync();

        var account = await _host.GetAsync("/api/accounts/loner");

        Assert.Equal(JsonValueKind.Null, account.GetProperty("risk").ValueKind);
        Assert.Equal(JsonValueKind.Null, account.GetProperty("health").ValueKind);
        Assert.Equal("loner", Text(account.GetProperty("people")[0], "id"));
    }

    [Fact]
    public async Task In_a_model_of_people_the_account_is_the_person()
    {
        await using var host = new SignalsHost
        {
            Model = SignalsHost.Read(
                """{ "product": "Tunes", "accounts": "person", "value": { "unit": "minutes", "from": [{ "event": "Song Played", "amount": 3 }] } }"""
            ),
        };
        await host.InitializeAsync();
        await host.SendAsync(
            new
            {
                type = "track",
                userId = "42",
                @event = "Song Played",
            },
            new
            {
                type = "track",
                userId = "42",
                @event = "Song Played",
            }
        );
        await host.SettleAsync();

        var account = await host.GetAsync("/api/accounts/42");

        Assert.Equal(6, account.GetProperty("people")[0].GetProperty("value").GetProperty("window").GetDouble());
        Assert.Equal("healthy", Text(account.GetProperty("risk"), "level"));
    }

    [Theory]
    [InlineData("a/b?c#d")]
    [InlineData("50%2F")]
    [InlineData("Société Générale 😀")]
    [InlineData("g_acme:..|")]
    public async Task An_account_is_found_by_its_id_whatever_that_holds(string id)
    {
        await _host.SendAsync(SignalsHost.Track("ada", id, "Report Shared", new { minutes = 5 }));
        await _host.SettleAsync();

        var account = await _host.GetAsync("/api/accounts/" + Uri.EscapeDataString(id));

        Assert.Equal(id, Text(account, "id"));
    }

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("a%2fb", "a%2Fb")]
    public async Task Ids_that_differ_in_an_encoded_slash_have_addresses_and_pages_of_their_own(string id, string other)
    {
        await _host.SendAsync(
            SignalsHost.Account("ada", id, new { name = "Ours", plan = "pro" }),
            SignalsHost.Account("bob", other, new { name = "Theirs", plan = "free" })
        );
        await _host.SettleAsync();

        string address = Uri.EscapeDataString(id);
        Assert.Equal(id, Text(await _host.GetAsync("/api/accounts/" + address), "id"));
        Assert.Equal("ada", Text((await _host.GetAsync($"/api/accounts/{address}/people?cursor=")).GetProperty("items")[0], "id"));
        var page = await (await Dashboard.DashboardBrowser.SignedInAsync(_host)).OpenAsync("/accounts/" + address + "?x=/y");
        Assert.Contains("Ours", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_was_renamed_is_found_under_both_ids()
    {
        await using var host = new SignalsHost
        {
            Model = SignalsHost.Read(
                """{ "product": "Tunes", "accounts": "person", "value": { "unit": "minutes", "from": [{ "event": "Song Played", "amount": 3 }] } }"""
            ),
        };
        await host.InitializeAsync();
        await host.SendAsync(
            new
            {
                type = "track",
                userId = "old",
                @event = "Song Played",
            },
            new
            {
                type = "alias",
                userId = "new",
                previousId = "old",
            }
        );
        await host.SettleAsync();

        Assert.Equal("new", Text(await host.GetAsync("/api/accounts/old"), "id"));
        Assert.Equal("new", Text(await host.GetAsync("/api/accounts/new"), "id"));
    }

    [Fact]
    public async Task The_list_is_sorted_worst_first_and_answers_every_filter()
    {
        await GivenAStuckAccountAsync();
        await _host.SendAsync(
            SignalsHost.Account("zoe", "zen", new { name = "Zen Garden", plan = "free" }),
            SignalsHost.Track("zoe", "zen", "Users Imported"),
            SignalsHost.Track("zoe", "zen", "Export Completed"),
            SignalsHost.Track("zoe", "zen", "Report Shared", new { minutes = 60 })
        );
        await _host.SettleAsync();
        var all = (await _host.GetAsync("/api/accounts")).GetProperty("items");
        string level = Text(all[0].GetProperty("risk"), "level")!;

        Assert.Equal(["acme", "zen"], all.EnumerateArray().Select(account => Text(account, "id")));
        Assert.Equal("healthy", Text(all[1].GetProperty("risk"), "level"));
        Assert.Equal(["acme"], await _host.IdsAsync("/api/accounts?risk=critical&risk=watch,at-risk"));
        Assert.Equal(["acme"], await _host.IdsAsync($"/api/accounts?risk={level}"));
        Assert.Equal(["zen"], await _host.IdsAsync("/api/accounts?risk=healthy"));
        Assert.Equal(["acme"], await _host.IdsAsync("/api/accounts?cause=onboarding-stalled"));
        Assert.Equal(["zen"], await _host.IdsAsync("/api/accounts?plan=FREE"));
        Assert.Equal(["zen"], await _host.IdsAsync("/api/accounts?q=garden"));
        Assert.Equal(["acme"], await _host.IdsAsync("/api/accounts?q=ACM&plan=pro&cause=onboarding-stalled&risk=" + level));
        Assert.Empty(await _host.IdsAsync("/api/accounts?q=nobody"));
        Assert.Equal("\"Import your users\" failed 3 times", Text(all[0].GetProperty("causes")[0], "evidence"));
        Assert.Equal("""{"reviewed":2,"active":1}""", all[0].GetProperty("people").GetRawText());
    }

    [Theory]
    [InlineData("/api/accounts")]
    [InlineData("/api/accounts?risk=watch,at-risk,critical,healthy")]
    public async Task Pages_show_each_account_once_while_others_come_between(string path)
    {
        await _host.SendAsync(Enumerable.Range(0, 120).Select(i => SignalsHost.Track($"u{i}", $"account-{i}", "Import Failed")));
        await _host.SettleAsync();
        int later = 1000;

        var ids = await _host.IdsAsync(
            path,
            async _ =>
            {
                await _host.SendAsync(
                    Enumerable.Range(0, 20).Select(_ => SignalsHost.Track($"u{later}", $"account-{later++}", "Import Failed"))
                );
                await _host.SettleAsync();
            }
        );

        var first = ids.Where(id => int.Parse(id.Split('-')[1]) < 1000).ToList();
        Assert.Equal(120, first.Distinct().Count());
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_search_reads_a_bounded_number_of_rows_and_goes_on_from_there()
    {
        await _host.SendAsync(Enumerable.Range(0, 25).Select(i => SignalsHost.Track("ada", $"account-{i:D2}", "Settings Opened")));
        await _host.SettleAsync();
        var pages = new AccountPages(_host.Services.GetRequiredService<AccountLists>()) { MaxScanned = 20 };
        var query = new AccountQuery([], Text: "account-24");

        var first = await pages.ReadAsync(query, TestContext.Current.CancellationToken);
        var rest = await _host.IdsAsync("/api/accounts?q=account-24&cursor=" + first.Next);

        Assert.Empty(first.Items);
        Assert.Equal(["account-24"], rest);
    }

    [Fact]
    public async Task All_people_of_an_account_can_be_paged_through()
    {
        await _host.SendAsync(
            Enumerable.Range(0, 130).Select(i => SignalsHost.Track($"u{i}", "acme", "Report Shared", new { minutes = i }))
        );
        await _host.SendAsync(
            new
            {
                type = "track",
                anonymousId = "somebody",
                @event = "Report Shared",
                context = new { groupId = "acme" },
            }
        );
        await _host.SettleAsync();

        var ids = await _host.IdsAsync("/api/accounts/acme/people");
        var telling = (await _host.GetAsync("/api/accounts/acme")).GetProperty("people").EnumerateArray().ToList();

        Assert.Equal(Enumerable.Range(0, 130).Select(i => $"u{i}").Order(StringComparer.Ordinal), ids);
        Assert.Equal(50, telling.Count);
    }

    [Fact]
    public async Task A_review_on_demand_answers_the_account_as_it_is_then()
    {
        await _host.SendAsync(SignalsHost.Track("ada", "acme", "Report Shared", new { minutes = 20 }));
        await _host.SettleAsync();
        await _host.SendAsync(
            SignalsHost.Track("bob", "acme", "Import Failed"),
            SignalsHost.Track("bob", "acme", "Import Failed"),
            SignalsHost.Track("bob", "acme", "Import Failed")
        );
        await _host.FoldAsync();

        using var response = await _host.Client.PostAsync("/api/accounts/acme/review", null, TestContext.Current.CancellationToken);
        var account = JsonSerializer.Deserialize<JsonElement>(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(account.GetProperty("causes").EnumerateArray(), cause => Text(cause, "id") == "onboarding-stalled");
    }

    [Fact]
    public async Task A_person_that_the_model_never_reviews_is_a_conflict()
    {
        await _host.SendAsync(SignalsHost.Person("loner", new { }));
        await _host.SettleAsync();

        using var response = await _host.Client.PostAsync("/api/accounts/loner/review", null, TestContext.Current.CancellationToken);

        await Problems.IsAsync(response, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task All_accounts_can_be_asked_to_be_reviewed()
    {
        await GivenAStuckAccountAsync();

        using var response = await _host.Client.PostAsync("/api/reviews", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("""{"accounts":1,"complete":true}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Single(_host.Queue.Waiting("reviews"));
    }

    [Fact]
    public async Task Causes_are_counted()
    {
        await GivenAStuckAccountAsync();

        var causes = (await _host.GetAsync("/api/causes")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(14, causes.Count);
        Assert.Equal("""{"id":"onboarding-stalled","name":"Onboarding stalled","accounts":1,"complete":true}""", causes[0].GetRawText());
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private async Task GivenAStuckAccountAsync()
    {
        await _host.SendAsync(
            SignalsHost.Person("ada", new { email = "ada@acme.example", role = "admin" }),
            SignalsHost.Person("bob", new { email = "bob@acme.example" }),
            SignalsHost.Account("ada", "acme", new { name = "Acme", plan = "pro" }),
            SignalsHost.Account("bob", "acme", new { }),
            SignalsHost.Track("ada", "acme", "Report Shared", new { minutes = 20.5 }),
            SignalsHost.Track("bob", "acme", "Import Failed"),
            SignalsHost.Track("bob", "acme", "Import Failed"),
            SignalsHost.Track("bob", "acme", "Import Failed")
        );
        await _host.SettleAsync();
    }
}
