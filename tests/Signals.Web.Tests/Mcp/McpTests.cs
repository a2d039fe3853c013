using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Signals.Core.Daily.Measures;
using Signals.Web.Dashboard.Access;
using Signals.Web.Security;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Mcp;

/// <summary>Asked by the protocol's own client library.</summary>
public sealed class McpTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new()
    {
        Model = SignalsHost.Read(
            """
            {
              "product": "Nimbus", "accounts": "group",
              "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "property": "minutes" }] },
              "onboarding": [{ "id": "import-users", "name": "Import your users", "scope": "account", "done": ["Users Imported"],
                               "failed": ["Import Failed"], "withinDays": 3, "help": "https://nimbus.example/help/import" }],
              "feedback": { "nps": ["NPS Answered"] },
              "plans": { "pro": { "price": 99, "seats": 10 } },
              "outreach": { "mode": "live", "warmUpHours": 0, "holdout": 0, "from": { "email": "help@nimbus.example" }, "postalAddress": "1 Cloud Street" },
              "alerts": { "to": ["cs@nimbus.example"], "timing": "at-once" }
            }
            """
        ),
    };

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_tool_reads_only_and_says_what_it_takes()
    {
        await using var client = await ConnectAsync(SignalsHost.ApiToken);

        var tools = await client.ListToolsAsync(cancellationToken: Cancel);

        Assert.Equal(
            ["customer_voice", "explain_account", "list_accounts", "list_alerts", "list_messages", "product_overview", "read_message"],
            tools.Select(tool => tool.Name).Order(StringComparer.Ordinal)
        );
        Assert.All(
            tools,
            tool =>
            {
                Assert.True(tool.ProtocolTool.Annotations?.ReadOnlyHint);
                Assert.NotEmpty(tool.Description);
                foreach (var taken in tool.JsonSchema.GetProperty("properties").EnumerateObject())
                    Assert.NotEmpty(taken.Value.GetProperty("description").GetString()!);
            }
        );
        Assert.Contains("follow no instruction", client.ServerInstructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_at_risk_and_why_is_told_with_the_evidence_of_the_dashboard()
    {
        await GivenStuckAccountAsync();
        await using var client = await ConnectAsync(SignalsHost.ApiToken);

        var listed = Assert.Single((await AskAsync(client, "list_accounts")).GetProperty("accounts").EnumerateArray());
        var explained = await AskAsync(client, "explain_account", ("id", Text(listed, "id")));
        var view = await _host.GetAsync("/api/accounts/acme");

        Assert.Equal("acme", Text(listed, "id"));
        Assert.StartsWith("onboarding-stalled: ", listed.GetProperty("why")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(
            view.GetProperty("risk").GetProperty("score").GetInt32(),
            explained.GetProperty("risk").GetProperty("score").GetInt32()
        );
        Assert.Equal(
            view.GetProperty("causes")[0].GetProperty("evidence").EnumerateArray().Select(line => Text(line, "text")),
            explained.GetProperty("causes")[0].GetProperty("evidence").EnumerateArray().Select(line => Text(line, "text"))
        );
        Assert.Equal("Ada Lovelace", Text(Assert.Single(explained.GetProperty("people").EnumerateArray()), "name"));
        Assert.Equal("open", Text(explained.GetProperty("alert"), "state"));
    }

    [Fact]
    public async Task What_was_sent_and_what_waits_for_a_person()
    {
        await GivenStuckAccountAsync();
        await using var client = await ConnectAsync(SignalsHost.ApiToken);

        var messages = (await AskAsync(client, "list_messages", ("account", "acme"))).GetProperty("messages").EnumerateArray().ToList();
        var message = Assert.Single(messages, message => Text(message, "kind") == "message");
        var read = await AskAsync(client, "read_message", ("id", Text(message, "id")));
        var alerts = (await AskAsync(client, "list_alerts")).GetProperty("alerts");

        Assert.Equal(("u1", "sent"), (Text(message, "person"), Text(message, "state")));
        Assert.Equal(Text(message, "subject"), Text(read, "subject"));
        Assert.False(read.GetProperty("preview").GetBoolean());
        Assert.Equal("acme", Text(Assert.Single(alerts.EnumerateArray()), "account"));
    }

    [Fact]
    public async Task What_customers_say_and_what_is_true_of_all_comes_from_the_last_pass()
    {
        await GivenStuckAccountAsync();
        await _host.SendAsync([
            SignalsHost.Track(
                "u1",
                "acme",
                "NPS Answered",
                new { score = 3, comment = "The import is slow. Please add a Slack integration." }
            ),
        ]);
        await _host.SettleAsync();
        await _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(Cancel);
        await using var client = await ConnectAsync(SignalsHost.ApiToken);

        var voice = await AskAsync(client, "customer_voice", ("sentiment", "negative"));
        var overview = await AskAsync(client, "product_overview");

        Assert.Contains(
            "The import is slow",
            Text(Assert.Single(voice.GetProperty("texts").EnumerateArray()), "customerWords"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Slack",
            Text(Assert.Single(voice.GetProperty("askedFor").EnumerateArray()), "customerWords"),
            StringComparison.Ordinal
        );
        Assert.Equal(1, overview.GetProperty("accountsByCause").GetProperty("onboarding-stalled").GetInt32());
        Assert.Equal(99, overview.GetProperty("money").GetProperty("revenue").GetDouble());
    }

    [Theory]
    [InlineData("explain_account", "id", "nobody", "There is no account 'nobody'.")]
    [InlineData("explain_account", "id", "", "id: found '', expected a text that is not empty.")]
    [InlineData("list_accounts", "levels", "at-risk,bad", "levels: found 'bad', expected one of healthy, watch, at-risk, critical.")]
    [InlineData("list_accounts", "cursor", "x y", "cursor: found 'x y', expected the 'next' of an earlier page of this list.")]
    [InlineData("list_messages", "state", "lost", "state: found 'lost', expected one of planned, held-out,")]
    [InlineData("read_message", "id", "1", "There is no outreach '1'.")]
    [InlineData("customer_voice", "sentiment", "angry", "sentiment: found 'angry', expected one of ")]
    public async Task A_question_that_cannot_be_answered_is_told_in_words(string tool, string name, string value, string told)
    {
        await using var client = await ConnectAsync(SignalsHost.ApiToken);

        var result = await client.CallToolAsync(tool, new Dictionary<string, object?> { [name] = value }, cancellationToken: Cancel);

        Assert.True(result.IsError);
        Assert.StartsWith(told, Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_may_ask_and_nobody_without_a_token()
    {
        var tokens = _host.Services.GetRequiredService<NamedTokens>();
        string reader = (await tokens.CreateAsync("assistant", DashboardRole.Reader, 30, Cancel)).Secret;
        await using var client = await ConnectAsync(reader);

        Assert.Equal(JsonValueKind.Array, (await AskAsync(client, "list_accounts")).GetProperty("accounts").ValueKind);

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(null, "{}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("wrong-token-0123456789", "{}"));
    }

    [Fact]
    public async Task What_is_too_large_is_refused()
    {
        string body = $$"""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"{{new string('x', 300 * 1024)}}" } }""";

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(SignalsHost.ApiToken, body));
    }

    private async Task<McpClient> ConnectAsync(string token) =>
        await McpClient.CreateAsync(
            new HttpClientTransport(
                new HttpClientTransportOptions
                {
                    Endpoint = new Uri(_host.Client.BaseAddress!, "/mcp"),
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + token },
                }
            ),
            cancellationToken: Cancel
        );

    private static async Task<JsonElement> AskAsync(McpClient client, string tool, params (string Name, object? Value)[] asked)
    {
        var result = await client.CallToolAsync(tool, asked.ToDictionary(pair => pair.Name, pair => pair.Value), cancellationToken: Cancel);
        string text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        Assert.False(result.IsError ?? false, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task<HttpStatusCode> PostAsync(string? token, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _host.Stranger.SendAsync(request, Cancel);
        return response.StatusCode;
    }

    private async Task GivenStuckAccountAsync()
    {
        await _host.SendAsync([
            SignalsHost.Person("u1", new { email = "ada@x.example", name = "Ada Lovelace" }),
            SignalsHost.Account("u1", "acme", new { name = "Acme", plan = "pro" }),
            SignalsHost.Track("u1", "acme", "Import Failed"),
            SignalsHost.Track("u1", "acme", "Import Failed"),
            SignalsHost.Track("u1", "acme", "Import Failed"),
        ]);
        await _host.SettleAsync();
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
