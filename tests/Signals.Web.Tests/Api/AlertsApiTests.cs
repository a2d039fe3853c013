using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.State.Audit;

namespace Signals.Web.Tests.Api;

public sealed class AlertsApiTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_alert_reads_member_by_member_as_the_document_describes_it()
    {
        await GivenAlertsAsync(1);
        string id = (await _host.IdsAsync("/api/alerts"))[0];

        var alert = await _host.GetAsync("/api/alerts/" + id);
        var item = (await _host.GetAsync("/api/alerts")).GetProperty("items")[0];

        var schemas = (await _host.GetAsync("/openapi/v1.json")).GetProperty("components").GetProperty("schemas");
        Assert.Equal(Required(schemas, "Alert"), Members(alert));
        Assert.Equal(Required(schemas, "AlertItem"), Members(item));
        Assert.Equal(
            ("account-0", "Account 0", "open", "healthy"),
            (Text(alert, "account"), Text(alert, "accountName"), Text(alert, "state"), Text(alert, "previousLevel"))
        );
        var cause = alert.GetProperty("causes")[0];
        Assert.Equal(("onboarding-stalled", "import-users"), (Text(cause, "id"), Text(cause, "kind")));
        Assert.Equal(Required(schemas, "AlertCause"), Members(cause));
        var told = Assert.Single(alert.GetProperty("told").EnumerateArray());
        Assert.Equal(("raised", "email", "cs@nimbus.example"), (Text(told, "occasion"), Text(told, "channel"), Text(told, "to")));
        Assert.Equal("sent", Text(await _host.GetAsync("/api/outreach/" + Text(told, "outreach")), "state"));
    }

    [Fact]
    public async Task Evidence_is_in_the_language_that_the_caller_prefers()
    {
        await GivenAlertsAsync(1);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/alerts") { Headers = { { "Accept-Language", "fr" } } };

        using var response = await _host.Client.SendAsync(request, Cancel);

        string french = await response.Content.ReadAsStringAsync(Cancel);
        string english = (await _host.GetAsync("/api/alerts")).GetRawText();
        Assert.NotEqual(Evidence(english), Evidence(french));
    }

    [Fact]
    public async Task Each_answer_changes_the_alert_once_and_is_audited_once()
    {
        await GivenAlertsAsync(1);
        string id = (await _host.IdsAsync("/api/alerts"))[0];

        var acknowledged = await PostAsync(id, "ack", """{ "note": "calling them" }""");
        await PostAsync(id, "ack", """{ "note": "calling them" }""");
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var snoozed = await PostAsync(id, "snooze", """{ "hours": 48 }""");
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var resolved = await PostAsync(id, "resolve", """{ "reason": "helped" }""");
        await PostAsync(id, "resolve", """{ "reason": "helped" }""");

        Assert.Equal(("acknowledged", "calling them"), (Text(acknowledged, "state"), Text(acknowledged.GetProperty("answer"), "note")));
        Assert.Equal(
            ("snoozed", _host.Clock.GetUtcNow().AddMinutes(-1).AddHours(48)),
            (Text(snoozed, "state"), snoozed.GetProperty("snoozedUntil").GetDateTimeOffset())
        );
        Assert.Equal(
            ("resolved", "helped", 3),
            (Text(resolved, "state"), Text(resolved.GetProperty("answer"), "reason"), resolved.GetProperty("answers").GetArrayLength())
        );
        var audit = await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 10, Cancel);
        Assert.Equal(
            [
                ("api", "alert.resolved", id, "helped"),
                ("api", "alert.snoozed", id, $"until {snoozed.GetProperty("snoozedUntil").GetDateTimeOffset():yyyy-MM-dd HH:mm} UTC"),
                ("api", "alert.acknowledged", id, ""),
            ],
            audit.Entries.Select(entry => (entry.Who, entry.Action, entry.Subject, entry.Detail))
        );
        Assert.Empty(await _host.IdsAsync("/api/alerts"));
    }

    [Fact]
    public async Task The_list_is_paged_and_filtered_by_state_and_manager()
    {
        await GivenAlertsAsync(70);
        var all = await _host.IdsAsync("/api/alerts");
        await PostAsync(all[0], "ack", "");
        await PostAsync(all[1], "snooze", $$"""{ "until": "{{_host.Clock.GetUtcNow().AddDays(2):O}}" }""");

        Assert.Equal((70, 70), (all.Count, all.Distinct(StringComparer.Ordinal).Count()));
        Assert.Equal([all[0]], await _host.IdsAsync("/api/alerts?state=acknowledged"));
        Assert.Equal(all.Skip(1), await _host.IdsAsync("/api/alerts?state=open,snoozed"));
        Assert.Equal(7, (await _host.IdsAsync("/api/alerts?csm=ZOE@nimbus.example")).Count);
        Assert.Empty(await _host.IdsAsync("/api/alerts?csm=nobody@nimbus.example"));
    }

    [Theory]
    [InlineData("snooze", "{}", 400, "until: found 'nothing', expected either \"until\"")]
    [InlineData("snooze", """{ "until": "2026-03-05T09:00:00Z", "hours": 2 }""", 400, "until: found '\"until\" and \"hours\"'")]
    [InlineData("snooze", """{ "until": "tomorrow" }""", 400, "until: found 'tomorrow', expected a moment")]
    [InlineData(
        "snooze",
        """{ "until": "2020-03-05T09:00:00Z" }""",
        400,
        "found until 2020-03-05 09:00 UTC, expected a time to come within 90 days"
    )]
    [InlineData("snooze", """{ "hours": 99999 }""", 400, "hours: found '99999', expected a number above 0 and at most 2160")]
    [InlineData("snooze", """{ "hours": -1 }""", 400, "hours: found '-1'")]
    [InlineData("resolve", "{}", 400, "reason: found 'nothing', expected one of helped, false-alarm, accepted, other")]
    [InlineData("resolve", """{ "reason": "recovered" }""", 400, "found the reason 'recovered'")]
    [InlineData("resolve", """{ "reason": 5 }""", 400, "reason: found 'Number', expected text")]
    [InlineData("ack", """{ "notes": "x" }""", 400, "notes: found 'an unknown member', expected one of note")]
    [InlineData("ack", "[1]", 400, "the body: found 'Array', expected an object")]
    [InlineData("ack", "{", 400, "the body: found 'something that is no JSON'")]
    public async Task What_cannot_be_understood_is_refused_with_what_was_found_and_expected(
        string call,
        string body,
        int status,
        string detail
    )
    {
        await GivenAlertsAsync(1);
        string id = (await _host.IdsAsync("/api/alerts"))[0];

        var (answered, problem) = await TryPostAsync(id, call, body);

        Assert.Equal(status, (int)answered);
        Assert.Contains(detail, Text(problem, "detail"), StringComparison.Ordinal);
        Assert.Equal("open", Text(await _host.GetAsync("/api/alerts/" + id), "state"));
    }

    [Fact]
    public async Task A_note_of_a_novels_length_is_refused()
    {
        await GivenAlertsAsync(1);
        string id = (await _host.IdsAsync("/api/alerts"))[0];

        Assert.Equal(
            "note: found '1001 characters', expected at most 1000.",
            Text((await TryPostAsync(id, "ack", $$"""{ "note": "{{new string('x', 1001)}}" }""")).Problem, "detail")
        );
        Assert.Equal(HttpStatusCode.BadRequest, (await TryPostAsync(id, "ack", $$"""{ "note": "{{new string('x', 20_000)}}" }""")).Status);
    }

    [Theory]
    [InlineData("20260302090000000.g_nobody")]
    [InlineData("no-alert")]
    [InlineData("20260302090000000.g_..%5Cx")]
    public async Task An_alert_that_is_none_is_not_found(string id)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await TryPostAsync(id, "ack", "")).Status);
        using var read = await _host.Client.GetAsync("/api/alerts/" + id, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Fact]
    public async Task A_resolved_alert_is_answered_no_more()
    {
        await GivenAlertsAsync(1);
        string id = (await _host.IdsAsync("/api/alerts"))[0];
        await PostAsync(id, "resolve", """{ "reason": "helped" }""");

        var (status, problem) = await TryPostAsync(id, "ack", "");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("it was resolved by api (helped) at", Text(problem, "detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/alerts")]
    [InlineData("GET", "/api/alerts/x")]
    [InlineData("POST", "/api/alerts/x/ack")]
    [InlineData("POST", "/api/alerts/x/snooze")]
    [InlineData("POST", "/api/alerts/x/resolve")]
    public async Task Nothing_is_answered_without_the_token(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await _host.Stranger.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static IEnumerable<string> Members(JsonElement element) => element.EnumerateObject().Select(member => member.Name);

    private static IEnumerable<string?> Required(JsonElement schemas, string name) =>
        schemas.GetProperty(name).GetProperty("required").EnumerateArray().Select(member => member.GetString());

    private static string Evidence(string list) =>
        JsonDocument
            .Parse(list)
            .RootElement.GetProperty("items")[0]
            .GetProperty("causes")[0]
            .GetProperty("evidence")
            .GetProperty("text")
            .GetString()!;

    private async Task<JsonElement> PostAsync(string id, string call, string body)
    {
        var (status, answer) = await TryPostAsync(id, call, body);
        Assert.True(status == HttpStatusCode.OK, answer.GetRawText());
        return answer;
    }

    private async Task<(HttpStatusCode Status, JsonElement Problem)> TryPostAsync(string id, string call, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _host.Client.PostAsync($"/api/alerts/{id}/{call}", content, Cancel);
        return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Cancel)));
    }

    /// <summary>Accounts whose import failed; each tenth is Zoe's.</summary>
    private async Task GivenAlertsAsync(int count)
    {
        await _host.SendAsync(
            Enumerable
                .Range(0, count)
                .SelectMany(i =>
                    new[]
                    {
                        SignalsHost.Person($"u{i}", new { email = $"u{i}@x.example", name = $"Person {i}" }),
                        SignalsHost.Account(
                            $"u{i}",
                            $"account-{i}",
                            new
                            {
                                name = $"Account {i}",
                                plan = "pro",
                                csm = i % 10 == 0 && count > 1 ? "zoe@nimbus.example" : "",
                            }
                        ),
                        SignalsHost.Track($"u{i}", $"account-{i}", "Import Failed"),
                        SignalsHost.Track($"u{i}", $"account-{i}", "Import Failed"),
                        SignalsHost.Track($"u{i}", $"account-{i}", "Import Failed"),
                    }
                )
        );
        await _host.SettleAsync();
    }
}
