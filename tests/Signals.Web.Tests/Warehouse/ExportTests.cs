using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Web.Dashboard.Access;
using Signals.Web.Security;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Warehouse;

public sealed class ExportTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("accounts", 1)]
    [InlineData("accounts", 3)]
    [InlineData("accounts", 5000)]
    [InlineData("assessments", 2)]
    [InlineData("alerts", 2)]
    [InlineData("outreach", 5)]
    [InlineData("people", 1)]
    [InlineData("people", 4)]
    public async Task Pages_of_any_size_give_every_row_once(string table, int limit)
    {
        await GivenStuckAccountsAsync(7, people: 3);

        var rows = await LoadAsync($"{table}?limit={limit}");

        var keys = rows.Select(row => table == "people" ? Text(row, "account") + "/" + Text(row, "id") : KeyOf(row)).ToList();
        int expected = table switch
        {
            "people" => 21,
            "outreach" => (await _host.IdsAsync("/api/outreach")).Count,
            _ => 7,
        };
        Assert.Equal(expected, keys.Count);
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Fact]
    public async Task A_loader_that_comes_again_gets_what_changed_and_nothing_else()
    {
        await GivenStuckAccountsAsync(5);
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var (_, cursor) = await LoadAllAsync("accounts");

        _host.Clock.Advance(TimeSpan.FromHours(1));
        var (nothing, still) = await LoadAllAsync("accounts", cursor);
        await _host.SendAsync([SignalsHost.Account("u3", "account-3", new { name = "Account 3", plan = "free" })]);
        await ReviewLaterAsync();
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var (changed, later) = await LoadAllAsync("accounts", still);
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var (after, _) = await LoadAllAsync("accounts", later);

        Assert.Empty(nothing);
        var row = Assert.Single(changed);
        Assert.Equal(("account-3", "free"), (Text(row, "id"), Text(row, "plan")));
        Assert.Empty(after);
    }

    /// <summary>Whoever changes while a sweep goes by is in it or in the next, also before and after where it is.</summary>
    [Fact]
    public async Task What_changes_while_a_sweep_goes_by_is_not_lost()
    {
        await GivenStuckAccountsAsync(6);
        var (_, cursor) = await LoadAllAsync("accounts");
        _host.Clock.Advance(TimeSpan.FromHours(1));
        await _host.SendAsync([SignalsHost.Account("u0", "account-0", new { plan = "free" })]);
        await ReviewLaterAsync();

        var seen = new HashSet<string>();
        for (int page = 0; page < 12; page++)
        {
            var (rows, next, _) = await PageAsync("accounts?limit=1", cursor);
            seen.UnionWith(rows.Select(row => Text(row, "id") + Text(row, "plan")));
            cursor = next;
            if (page == 3)
            {
                await _host.SendAsync([
                    SignalsHost.Account("u1", "account-1", new { name = "Zenith", plan = "free" }),
                    SignalsHost.Account("u5", "account-5", new { name = "Aardvark", plan = "free" }),
                ]);
                await ReviewLaterAsync();
            }
        }

        Assert.Superset(new HashSet<string> { "account-0free", "account-1free", "account-5free" }, seen);
    }

    [Fact]
    public async Task A_message_is_given_again_when_something_became_of_it_and_an_alert_when_it_was_answered()
    {
        await GivenStuckAccountsAsync(3, sendNothing: true);
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var (planned, messages) = await LoadAllAsync("outreach");
        var (_, alerts) = await LoadAllAsync("alerts");
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var (untouched, messagesNow) = await LoadAllAsync("outreach", messages);
        var (_, alertsNow) = await LoadAllAsync("alerts", alerts);

        await _host.WorkAsync();
        var (sent, _) = await LoadAllAsync("outreach", messagesNow);
        string id = (await _host.IdsAsync("/api/alerts"))[1];
        await _host.Services.GetRequiredService<AlertBook>().AcknowledgeAsync(AlertId.Parse(id)!.Value, "marie@x.example", null, Cancel);
        var (answered, _) = await LoadAllAsync("alerts", alertsNow);

        Assert.All(planned, row => Assert.Equal("planned", Text(row, "state")));
        Assert.Empty(untouched);
        Assert.Equal(planned.Select(KeyOf).Order(), sent.Select(KeyOf).Order());
        Assert.All(sent, row => Assert.Equal("sent", Text(row, "state")));
        var row = Assert.Single(answered, row => Text(row, "answeredBy") is not null);
        Assert.Equal((id, "acknowledged", "marie@x.example"), (KeyOf(row), Text(row, "state"), Text(row, "answeredBy")));
    }

    [Fact]
    public async Task An_assessment_says_why_and_csv_has_the_same_columns()
    {
        await GivenStuckAccountsAsync(1);

        var row = Assert.Single(await LoadAsync("assessments"));
        using var csv = await _host.Client.GetAsync("/api/export/assessments?format=csv", Cancel);
        string[] lines = (await csv.Content.ReadAsStringAsync(Cancel)).Split("\r\n");

        Assert.Equal("onboarding-stalled", Text(row, "cause"));
        Assert.Contains("3", Text(row.GetProperty("causes")[0].GetProperty("evidence")[0], "value"), StringComparison.Ordinal);
        Assert.Equal(string.Join(',', row.EnumerateObject().Select(column => column.Name)), lines[0]);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("account-0,2026-03-02T", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"[{\"\"id\"\":\"\"onboarding-stalled\"\"", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("u_u0", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whole_lists_of_people_need_a_manager()
    {
        await GivenStuckAccountsAsync(1);
        var tokens = _host.Services.GetRequiredService<NamedTokens>();
        string reader = (await tokens.CreateAsync("loader", DashboardRole.Reader, 30, Cancel)).Secret;
        string manager = (await tokens.CreateAsync("people-loader", DashboardRole.Manager, 30, Cancel)).Secret;

        foreach (string table in new[] { "accounts", "assessments", "alerts", "people", "outreach" })
        {
            bool isPersonal = table is "people" or "outreach";
            Assert.Equal(isPersonal ? HttpStatusCode.Forbidden : HttpStatusCode.OK, await StatusAsync(table, reader));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(table, manager));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(table, null));
        }
    }

    [Theory]
    [InlineData("accounts?limit=0", "limit: found '0', expected a number of rows from 1 to 5000.")]
    [InlineData("accounts?limit=5001", "limit: found '5001', expected a number of rows from 1 to 5000.")]
    [InlineData("accounts?format=xml", "format: found 'xml', expected one of ndjson, csv.")]
    [InlineData("accounts?cursor=nonsense", "cursor: found 'nonsense', expected the Signals-Cursor of an earlier answer for this table.")]
    public async Task What_cannot_be_is_refused(string asked, string detail)
    {
        using var response = await _host.Client.GetAsync("/api/export/" + asked, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(detail, Text(problem, "detail"));
    }

    [Fact]
    public async Task A_cursor_of_another_table_is_refused()
    {
        var (_, cursor) = await LoadAllAsync("accounts");

        using var response = await _host.Client.GetAsync("/api/export/alerts?cursor=" + cursor, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("cursor: found 'one of accounts', expected one of alerts.", Text(problem, "detail"));
    }

    /// <summary>What is no sign of trouble is reviewed within hours.</summary>
    private async Task ReviewLaterAsync()
    {
        await _host.SettleAsync();
        _host.Clock.Advance(TimeSpan.FromHours(6));
        await _host.WorkAsync();
    }

    /// <summary>A cursor is not signed: whoever makes one up learns nothing by it and breaks nothing.</summary>
    [Theory]
    [InlineData("outreach|00010101000000000|00010101000000000||")]
    [InlineData("outreach|20260231000000000|20260301000000000||")]
    public async Task A_cursor_of_moments_that_never_were_is_refused(string made)
    {
        string cursor = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes("export|" + made));

        using var response = await _host.Client.GetAsync("/api/export/outreach?cursor=" + cursor, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<List<JsonElement>> LoadAsync(string path) => (await LoadAllAsync(path)).Rows;

    private async Task<(List<JsonElement> Rows, string Cursor)> LoadAllAsync(string path, string? cursor = null)
    {
        var rows = new List<JsonElement>();
        for (bool more = true; more; )
        {
            (var page, cursor, more) = await PageAsync(path, cursor);
            rows.AddRange(page);
        }
        return (rows, cursor!);
    }

    private async Task<(IReadOnlyList<JsonElement> Rows, string Cursor, bool More)> PageAsync(string path, string? cursor)
    {
        string asked = cursor is null ? "" : (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "cursor=" + cursor;
        using var response = await _host.Client.GetAsync($"/api/export/{path}{asked}", Cancel);
        string body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, body);
        return (
            [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))],
            Assert.Single(response.Headers.GetValues("Signals-Cursor")),
            Assert.Single(response.Headers.GetValues("Signals-More")) == "true"
        );
    }

    private async Task<HttpStatusCode> StatusAsync(string table, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/export/" + table);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _host.Stranger.SendAsync(request, Cancel);
        return response.StatusCode;
    }

    private async Task GivenStuckAccountsAsync(int count, int people = 1, bool sendNothing = false)
    {
        await _host.SendAsync(
            Enumerable
                .Range(0, count)
                .SelectMany(i =>
                    Enumerable
                        .Range(0, people)
                        .SelectMany(j =>
                        {
                            string user = j == 0 ? $"u{i}" : $"u{i}-{j}";
                            return new[]
                            {
                                SignalsHost.Person(user, new { email = $"{user}@x.example", name = $"Person {user}" }),
                                SignalsHost.Account(user, $"account-{i}", new { name = $"Account {i}", plan = "pro" }),
                                SignalsHost.Track(user, $"account-{i}", "Import Failed"),
                                SignalsHost.Track(user, $"account-{i}", "Import Failed"),
                                SignalsHost.Track(user, $"account-{i}", "Import Failed"),
                            };
                        })
                )
        );
        await _host.SettleAsync(except: sendNothing ? Core.Platform.Messaging.QueueNames.Outreach : null);
    }

    private static string KeyOf(JsonElement row) => Text(row, row.TryGetProperty("id", out _) ? "id" : "account")!;

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
