using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Erasure;
using Signals.Core.State.Audit;

namespace Signals.Web.Tests.Api;

public sealed class PeopleApiTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        await _host.SendAsync(
            new
            {
                type = "track",
                anonymousId = "anon-7f3",
                @event = "Import Started",
                properties = new { },
            },
            new
            {
                type = "identify",
                userId = "ada",
                anonymousId = "anon-7f3",
                traits = new { email = "Ada@Customer.example", name = "Ada Byron" },
            },
            SignalsHost.Account("ada", "acme", new { name = "Acme", plan = "pro" }),
            SignalsHost.Track("ada", "acme", "Import Failed"),
            SignalsHost.Track("ada", "acme", "Import Failed"),
            SignalsHost.Track("ada", "acme", "Import Failed"),
            SignalsHost.Track("ada", "acme", "Report Shared", new { minutes = 2.5 }),
            SignalsHost.Track("bob", "acme", "Report Shared", new { minutes = 100 })
        );
        await _host.SettleAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("ada")]
    [InlineData("anon-7f3")]
    [InlineData("ada@customer.example")]
    public async Task All_that_is_known_of_a_person_is_given_out_by_any_of_their_names(string name)
    {
        var file = await _host.GetAsync($"/api/people/{name}");

        Assert.Equal("ada", file.GetProperty("id").GetString());
        Assert.Contains(
            file.GetProperty("ids").EnumerateArray(),
            id => (id.GetProperty("kind").GetString(), id.GetProperty("id").GetString()) == ("anonymous", "anon-7f3")
        );
        var account = Assert.Single(file.GetProperty("accounts").EnumerateArray());
        Assert.Equal("acme", account.GetProperty("account").GetString());
        Assert.Contains(account.GetProperty("traits").EnumerateArray(), trait => trait.GetProperty("value").GetString() == "Ada Byron");
        var day = Assert.Single(account.GetProperty("days").EnumerateArray());
        Assert.Equal(3, day.GetProperty("events").GetProperty("Import Failed").GetInt32());
        Assert.Equal(2.5, day.GetProperty("sums").GetProperty("Report Shared.minutes").GetDouble());
        Assert.Equal(["09:00"], day.GetProperty("activeAt").EnumerateArray().Select(at => at.GetString()));
        var message = Assert.Single(account.GetProperty("messages").EnumerateArray());
        Assert.Equal("Ada@customer.example", message.GetProperty("to").GetString());
        Assert.NotEmpty(message.GetProperty("text").GetString()!);
        var address = Assert.Single(file.GetProperty("addresses").EnumerateArray());
        Assert.Equal("sent", Assert.Single(address.GetProperty("sends").EnumerateArray()).GetProperty("state").GetString());
        Assert.True(file.GetProperty("audit").GetProperty("complete").GetBoolean());
        Assert.DoesNotContain("bob", file.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_it_was_given_out_is_in_the_trail_and_in_the_next_file()
    {
        await _host.GetAsync("/api/people/ada");

        var trail = await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 10, TestContext.Current.CancellationToken);
        Assert.Equal(("api", "person.exported", "ada"), (trail.Entries[0].Who, trail.Entries[0].Action, trail.Entries[0].Subject));
        var file = await _host.GetAsync("/api/people/ada");
        Assert.Equal(
            "person.exported",
            file.GetProperty("audit").GetProperty("entries").EnumerateArray().First().GetProperty("what").GetString()
        );
    }

    [Fact]
    public async Task An_account_is_given_out_with_everybody_in_it()
    {
        var file = await _host.GetAsync("/api/accounts/acme/export");

        Assert.Equal("Acme", file.GetProperty("name").GetString());
        Assert.Equal(2, file.GetProperty("people").GetArrayLength());
        Assert.True(file.GetProperty("complete").GetBoolean());
        Assert.NotEqual(JsonValueKind.Null, file.GetProperty("assessment").ValueKind);
    }

    [Fact]
    public async Task Nobody_is_not_found()
    {
        using var answer = await _host.Client.GetAsync("/api/people/nobody", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("anon-7f3")]
    [InlineData("ada@customer.example")]
    public async Task A_person_is_forgotten_by_any_of_their_names(string name)
    {
        using var answer = await _host.Client.DeleteAsync($"/api/people/{name}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        using var gone = await _host.Client.GetAsync("/api/people/ada", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(
            ["bob"],
            (await _host.GetAsync("/api/accounts/acme"))
                .GetProperty("people")
                .EnumerateArray()
                .Select(person => person.GetProperty("id").GetString())
        );
        string id = Assert
            .Single((await _host.GetAsync("/api/erasures")).GetProperty("items").EnumerateArray())
            .GetProperty("id")
            .GetString()!;
        await ProveAsync();
        var proved = await _host.GetAsync($"/api/erasures/{id}");
        Assert.Equal("proved", proved.GetProperty("state").GetString());
        Assert.DoesNotContain("ada", proved.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/regulations", """{"regulationType":"SUPPRESS_WITH_DELETE","subjectType":"USER_ID","subjectIds":["ada"]}""")]
    [InlineData(
        "/regulations/sources/rh5BDZp6QDHvXFCkibm1pR",
        """{"regulationType":"SUPPRESS_WITH_DELETE","subjectType":"USER_ID","subjectIds":["ada"]}"""
    )]
    [InlineData(
        "/v1beta/workspaces/nimbus/regulations",
        """{"regulation_type":"Suppress_With_Delete","attributes":{"name":"userId","values":["ada"]}}"""
    )]
    public async Task A_deletion_request_of_Segments_is_understood_and_taken_back(string path, string body)
    {
        using var asked = await _host.Client.PostAsync(path, new StringContent(body), TestContext.Current.CancellationToken);
        var answer = JsonSerializer.Deserialize<JsonElement>(await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(answer.GetProperty("regulate_id").GetString(), answer.GetProperty("data").GetProperty("regulateId").GetString());
        await _host.SendAsync(SignalsHost.Track("ada", "acme", "Report Shared"));
        await _host.SettleAsync();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/api/people/ada"));

        string lifted = body.Replace("SUPPRESS_WITH_DELETE", "UNSUPPRESS", StringComparison.Ordinal)
            .Replace("Suppress_With_Delete", "Unsuppress", StringComparison.Ordinal);
        using var restored = await _host.Client.PostAsync(path, new StringContent(lifted), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, restored.StatusCode);
        await ProveAsync();
    }

    [Fact]
    public async Task A_deletion_request_of_Segments_is_followed_as_Segment_lets_it_be_followed()
    {
        var body = new StringContent("""{"regulationType":"DELETE_ONLY","subjectType":"USER_ID","subjectIds":["ada"]}""");
        body.Headers.ContentType = new("application/vnd.segment.v1+json");
        using var asked = await _host.Client.PostAsync("/regulations/sources/web", body, TestContext.Current.CancellationToken);
        string id = JsonSerializer
            .Deserialize<JsonElement>(await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .GetProperty("data")
            .GetProperty("regulateId")
            .GetString()!;

        var running = (await _host.GetAsync($"/regulations/{id}")).GetProperty("data").GetProperty("regulation");
        Assert.Equal((id, "RUNNING"), (running.GetProperty("id").GetString(), running.GetProperty("overallStatus").GetString()));
        Assert.Equal(JsonValueKind.Array, running.GetProperty("streamStatus").ValueKind);
        await ProveAsync();

        var finished = (await _host.GetAsync($"/regulations/{id}")).GetProperty("data").GetProperty("regulation");
        Assert.Equal("FINISHED", finished.GetProperty("overallStatus").GetString());
        Assert.True(finished.GetProperty("finishedAt").GetDateTimeOffset() > finished.GetProperty("createdAt").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/regulations/1qJkfE1tpwvQcklImGksLN629wn"));

        using var lifted = await _host.Client.PostAsync(
            "/regulations",
            new StringContent("""{"regulationType":"UNSUPPRESS","subjectType":"USER_ID","subjectIds":["ada"]}"""),
            TestContext.Current.CancellationToken
        );
        string back = JsonSerializer
            .Deserialize<JsonElement>(await lifted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .GetProperty("regulate_id")
            .GetString()!;
        Assert.Equal(
            "FINISHED",
            (await _host.GetAsync($"/regulations/{back}"))
                .GetProperty("data")
                .GetProperty("regulation")
                .GetProperty("overallStatus")
                .GetString()
        );
    }

    [Theory]
    [InlineData("""{"regulationType":"SUPPRESS_ONLY","subjectIds":["ada"]}""")]
    [InlineData("""{"regulationType":"DELETE_ONLY","subjectType":"OBJECT_ID","subjectIds":["ada"]}""")]
    [InlineData("""{"regulationType":"DELETE_ONLY","subjectType":"USER_ID","subjectIds":[]}""")]
    [InlineData("[]")]
    public async Task Any_other_regulation_is_refused_and_nobody_is_forgotten(string body)
    {
        using var asked = await _host.Client.PostAsync("/regulations", new StringContent(body), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/api/people/ada"));
    }

    [Theory]
    [InlineData("text/csv", "user_id,email\nada,\n,bob@customer.example\n")]
    [InlineData("application/json", """{"userIds":["ada"],"addresses":["bob@customer.example"]}""")]
    public async Task Many_are_forgotten_from_a_file(string type, string file)
    {
        using var asked = await _host.Client.PostAsync(
            "/api/erasures",
            new StringContent(file, System.Text.Encoding.UTF8, type),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/api/people/ada"));
    }

    [Theory]
    [InlineData("text/csv", "name\nAda\n")]
    [InlineData("text/csv", "user_id,email\nada,\n,no address\n")]
    [InlineData("application/json", """{"ids":["ada"]}""")]
    public async Task A_file_that_cannot_be_read_is_refused_whole(string type, string file)
    {
        using var asked = await _host.Client.PostAsync(
            "/api/erasures",
            new StringContent(file, System.Text.Encoding.UTF8, type),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/api/people/ada"));
    }

    [Fact]
    public async Task An_account_is_forgotten_with_whoever_is_in_no_other()
    {
        using var answer = await _host.Client.DeleteAsync("/api/accounts/acme", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/api/accounts/acme"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/api/people/bob"));
        Assert.Empty((await _host.GetAsync("/api/accounts")).GetProperty("items").EnumerateArray());
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await _host.Client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task ProveAsync()
    {
        for (int round = 0; round < 10; round++)
        {
            _host.Clock.Advance(TimeSpan.FromMinutes(15));
            await _host.WorkAsync();
            await _host.Services.GetRequiredService<ErasureWork>().RunAsync(TestContext.Current.CancellationToken);
        }
        Assert.Empty(await _host.Services.GetRequiredService<ErasureBook>().OpenAsync(TestContext.Current.CancellationToken));
    }
}
