using System.Net;
using Signals.Core.Platform.Storage;

namespace Signals.Web.Tests.Api;

public sealed class ProblemTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/api/accounts?risk=high", "risk: found 'high', expected one of healthy, watch, at-risk, critical.")]
    [InlineData("/api/accounts?cause=boredom", "cause: found 'boredom', expected one of onboarding-stalled")]
    [InlineData("/api/accounts?q=a&q=b", "q: found '2 values', expected one.")]
    [InlineData("/api/accounts?cursor=%00", "cursor: found '\0', expected the 'next' of an earlier page of this list.")]
    [InlineData("/api/accounts?cursor=YWNjb3VudHN8MTA1MDp4X2E", "cursor: found 'YWNjb3VudHN8MTA1MDp4X2E', expected")]
    [InlineData("/api/accounts/acme/people?cursor=YWNjb3VudHN8MTA1MDpnX2E", "cursor: found")]
    [InlineData("/api/outreach?state=lost", "state: found 'lost', expected one of planned")]
    [InlineData("/api/outreach?cursor=!!", "cursor: found '!!', expected")]
    public async Task A_bad_parameter_is_400_and_says_what_was_expected(string path, string detail)
    {
        using var response = await _host.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.StartsWith(detail, await Problems.IsAsync(response, HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/accounts/nobody", "There is no account 'nobody'.")]
    [InlineData("/api/accounts/nobody/people", "There is no account 'nobody'.")]
    [InlineData("/api/outreach/o-1", "There is no outreach 'o-1'.")]
    [InlineData("/api/outreach/20260302090000000.0123456789abcdef.g_a%20b", "There is no outreach")]
    [InlineData("/api/outreach?account=nobody", "There is no account 'nobody'.")]
    [InlineData("/api/nothing", "There is nothing at this address")]
    [InlineData("/api", "There is nothing at this address")]
    public async Task What_is_not_there_is_404(string path, string detail)
    {
        using var response = await _host.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.StartsWith(detail, await Problems.IsAsync(response, HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE", "/api/accounts")]
    [InlineData("GET", "/api/reviews")]
    public async Task Another_method_is_405_and_says_which_is_right(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.StartsWith(
            $"Found {method}, expected ",
            await Problems.IsAsync(response, HttpStatusCode.MethodNotAllowed),
            StringComparison.Ordinal
        );
        Assert.NotEmpty(response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("GET", "/api/accounts")]
    [InlineData("GET", "/api/accounts/acme")]
    [InlineData("GET", "/api/accounts/acme/people")]
    [InlineData("POST", "/api/accounts/acme/review")]
    [InlineData("POST", "/api/reviews")]
    [InlineData("GET", "/api/causes")]
    [InlineData("GET", "/api/outreach")]
    [InlineData("GET", "/api/outreach/o-1")]
    [InlineData("GET", "/api/pipeline")]
    public async Task Without_the_token_everything_is_401(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await _host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);

        await Problems.IsAsync(response, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_fault_is_500_and_tells_nothing_of_the_inside()
    {
        _host.Store.Probe.Before = _ => throw new InvalidOperationException("the secret of row 7");

        using var response = await _host.Client.GetAsync("/api/accounts", TestContext.Current.CancellationToken);

        Assert.Equal("Something failed here; the log says what.", await Problems.IsAsync(response, HttpStatusCode.InternalServerError));
    }

    [Fact]
    public async Task A_busy_store_is_503_and_says_when_to_come_back()
    {
        _host.Store.Probe.Before = _ => throw new TransientStoreException("busy", retryAfter: TimeSpan.FromSeconds(7));

        using var response = await _host.Client.GetAsync("/api/accounts/acme", TestContext.Current.CancellationToken);

        await Problems.IsAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
    }
}
