using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
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
}
