using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Signals.Web.Security;

namespace Signals.Web.Tests.Security;

public sealed class ApiTokenTests : IAsyncLifetime
{
    private const string Token = "0123456789abcdef";

    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddApiToken(Token);
        _app = builder.Build();
        var api = _app.MapGroup("/api").RequireApiToken();
        api.MapGet("/plain", context => context.Response.WriteAsync("open"));
        api.MapPost("/bound", (Body body) => Results.Text(body.Name));
        _app.MapGet("/healthz", () => "well");
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("Bearer 0123456789abcdef")]
    [InlineData("bearer 0123456789abcdef")]
    public async Task The_token_opens_the_api(string authorization)
    {
        using var response = await GetAsync("/api/plain", authorization);

        Assert.Equal("open", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer 0123456789abcdeF")]
    [InlineData("Bearer 0123456789abcdef0")]
    [InlineData("Basic MDEyMzQ1Njc4OWFiY2RlZg==")]
    [InlineData("0123456789abcdef")]
    public async Task Anything_else_is_answered_401(string? authorization)
    {
        using var response = await GetAsync("/api/plain", authorization);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_asked_for_before_the_body_is_read()
    {
        using var client = _app.GetTestClient();
        using var response = await client.PostAsync(
            "/api/bound",
            new StringContent("no json", new MediaTypeHeaderValue("application/json")),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Other_routes_stay_open()
    {
        using var response = await GetAsync("/healthz", null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public void A_short_token_is_refused()
    {
        var failure = Assert.Throws<ArgumentException>(() => new ApiToken("secret"));

        Assert.StartsWith("The API token: found 6 characters, expected at least 16.", failure.Message, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? authorization)
    {
        using var client = _app.GetTestClient();
        if (authorization is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        return await client.GetAsync(path, TestContext.Current.CancellationToken);
    }

    private sealed record Body(string Name);
}
