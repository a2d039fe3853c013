using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Access;
using Signals.Web.Security;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Security;

/// <summary>Programs with tokens of their own: what each may do, until when, and what the audit trail calls them.</summary>
public sealed class NamedTokenTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private NamedTokens Tokens => _host.Services.GetRequiredService<NamedTokens>();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("GET", "/api/accounts", "reader")]
    [InlineData("GET", "/api/alerts", "reader")]
    [InlineData("GET", "/api/pipeline", "reader")]
    [InlineData("POST", "/api/reviews", "manager")]
    [InlineData("POST", "/api/accounts/acme/review", "manager")]
    [InlineData("POST", "/api/alerts/a/ack", "manager")]
    [InlineData("GET", "/api/suppressions", "manager")]
    [InlineData("POST", "/api/suppressions", "manager")]
    [InlineData("GET", "/api/keys", "admin")]
    [InlineData("POST", "/api/keys", "admin")]
    [InlineData("POST", "/api/keys/0123456789abcdef/kind", "admin")]
    public async Task A_token_does_no_more_than_its_role(string method, string path, string needed)
    {
        var least = DashboardRoles.Of(needed)!.Value;
        foreach (var role in Enum.GetValues<DashboardRole>())
        {
            string secret = await MakeAsync(role.Word(), role);
            using var answer = await SendAsync(new HttpMethod(method), path, secret);
            if (role >= least)
            {
                Assert.True(
                    answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized),
                    $"{role} {answer.StatusCode}"
                );
                continue;
            }
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains(
                $"error=\"insufficient_scope\", scope=\"{needed}\"",
                answer.Headers.WwwAuthenticate.ToString(),
                StringComparison.Ordinal
            );
            string detail = await DetailAsync(answer);
            Assert.StartsWith(
                $"Found token: {role.Word()}, whose role is {role.Word()}; expected the role {needed}",
                detail,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(secret[^20..], detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_route_that_changes_anything_is_a_readers()
    {
        var routes = _host
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .Select(route =>
                (
                    route.RoutePattern.RawText,
                    Method: route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single(),
                    Role: route.Metadata.OfType<NeededRole>().LastOrDefault()?.Role ?? DashboardRole.Admin
                )
            )
            .ToList();
        Assert.NotEmpty(routes);
        Assert.DoesNotContain(routes, route => route.Method != "GET" && route.Role == DashboardRole.Reader);
        Assert.All(
            routes.Where(route => route.RawText!.StartsWith("/api/keys", StringComparison.Ordinal)),
            route => Assert.Equal(DashboardRole.Admin, route.Role)
        );
    }

    [Fact]
    public async Task The_audit_trail_names_the_token()
    {
        string secret = await MakeAsync("ci-export", DashboardRole.Manager);
        using var answer = await SendAsync(HttpMethod.Post, "/api/reviews", secret);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await _host.Client.PostAsync("/api/reviews", null, Cancellation);

        var entries = (await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 2, Cancellation)).Entries;
        Assert.Equal(["api", "token: ci-export"], entries.Select(entry => entry.Who).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_token_that_ended_says_which_and_when_and_opens_nothing()
    {
        string secret = await MakeAsync("ci-export", DashboardRole.Reader, days: 7);
        using var before = await SendAsync(HttpMethod.Get, "/api/pipeline", secret);
        _host.Clock.Advance(TimeSpan.FromDays(7));
        using var after = await SendAsync(HttpMethod.Get, "/api/pipeline", secret);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
        Assert.Equal("Found the API token 'ci-export', which ended at 2026-03-09T09:00Z; expected one in force.", await DetailAsync(after));
    }

    [Fact]
    public async Task A_rotated_token_and_its_successor_are_both_in_force_until_the_old_ones_time_is_over()
    {
        string old = await MakeAsync("ci-export", DashboardRole.Reader);
        string id = (await Tokens.ListAsync(Cancellation)).Single().Id;
        var next = (await Tokens.RotateAsync(id, TimeSpan.FromHours(24), Cancellation))!;

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [await StatusAsync(old), await StatusAsync(next.Secret)]);
        Assert.Equal(("ci-export", DashboardRole.Reader), (next.Token.Name, next.Token.Role));
        var third = await Assert.ThrowsAsync<NamedTokenException>(() =>
            Tokens.RotateAsync(next.Token.Id, TimeSpan.FromHours(1), Cancellation)
        );
        Assert.Equal("Found two valid tokens 'ci-export', expected one: end the older first.", third.Message);
        _host.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.OK], [await StatusAsync(old), await StatusAsync(next.Secret)]);
    }

    [Fact]
    public async Task A_token_that_was_ended_opens_nothing_from_then_on()
    {
        string secret = await MakeAsync("ci-export", DashboardRole.Admin);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(secret));
        Assert.NotNull(await Tokens.EndAsync((await Tokens.ListAsync(Cancellation)).Single().Id, Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(secret));
    }

    [Fact]
    public async Task Another_secret_under_a_known_id_opens_nothing_and_is_told_nothing_of_it()
    {
        string secret = await MakeAsync("ci-export", DashboardRole.Admin);
        string forged = secret[..20] + new string('A', 43);
        using var answer = await SendAsync(HttpMethod.Get, "/api/pipeline", forged);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("ci-export", await DetailAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guesses_of_named_tokens_are_shed_and_the_right_one_still_opens()
    {
        string secret = await MakeAsync("ci-export", DashboardRole.Reader);
        var answers = new List<HttpStatusCode>();
        for (int i = 0; i <= SignInLimits.PerAddress; i++)
            answers.Add(await StatusAsync($"{secret[..20]}{i:0000000000000000000000000000000000000000000}"));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(secret));
    }

    [Fact]
    public async Task The_last_day_of_use_is_kept()
    {
        string secret = await MakeAsync("ci-export", DashboardRole.Reader);
        Assert.Null((await Tokens.ListAsync(Cancellation)).Single().UsedOn);
        await StatusAsync(secret);
        _host.Clock.Advance(TimeSpan.FromDays(2));
        await StatusAsync(secret);
        Assert.Equal(new DateOnly(2026, 3, 4), (await Tokens.ListAsync(Cancellation)).Single().UsedOn);
    }

    [Fact]
    public async Task No_token_is_kept_in_the_tables()
    {
        string secret = await MakeAsync("ci-export", DashboardRole.Reader);
        var row = (await Tokens.ListAsync(Cancellation)).Single();
        Assert.Equal(32, row.Hash.Length);
        Assert.Equal(secret[^4..], row.End);
        Assert.DoesNotContain(secret[20..], new NewNamedToken(row, secret).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_token_signs_nobody_in_to_the_dashboard()
    {
        string secret = await MakeAsync("ci-export", DashboardRole.Admin);
        using var answer = await new Dashboard.DashboardBrowser(_host).PostAsync("/signin", [new("token", secret)]);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<string> MakeAsync(string name, DashboardRole role, int days = 90) =>
        (await Tokens.CreateAsync(name, role, days, Cancellation)).Secret;

    private async Task<HttpStatusCode> StatusAsync(string secret)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/api/pipeline", secret);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string secret)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("Bearer", secret);
        return await _host.Stranger.SendAsync(request, Cancellation);
    }

    private static async Task<string> DetailAsync(HttpResponseMessage answer) =>
        JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Cancellation)).GetProperty("detail").GetString()!;
}
