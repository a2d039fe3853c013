using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Platform.Time;

namespace Signals.Smtp.Tests;

public sealed class AccessTokensTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly string _folder = Directory.CreateTempSubdirectory("signals-tokens-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Many_who_wait_for_a_token_share_one_that_is_fetched_once()
    {
        int fetched = 0;
        var given = new TaskCompletionSource<AccessToken>();
        var tokens = new AccessTokens(
            () =>
            {
                Interlocked.Increment(ref fetched);
                return given.Task;
            },
            _clock
        );

        var waiting = Enumerable.Range(0, 50).Select(_ => tokens.GetAsync(Token)).ToList();
        given.SetResult(new AccessToken("t", _clock.GetUtcNow().AddMinutes(5)));

        Assert.All(await Task.WhenAll(waiting), token => Assert.Equal("t", token));
        Assert.Equal(1, fetched);
    }

    [Fact]
    public async Task A_token_is_kept_until_it_ends_or_is_forgotten()
    {
        int fetched = 0;
        var tokens = new AccessTokens(() => Task.FromResult(new AccessToken($"t-{++fetched}", _clock.GetUtcNow().AddMinutes(5))), _clock);

        Assert.Equal("t-1", await tokens.GetAsync(Token));
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("t-1", await tokens.GetAsync(Token));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("t-2", await tokens.GetAsync(Token));
        tokens.Forget("t-1");
        Assert.Equal("t-2", await tokens.GetAsync(Token));
        tokens.Forget("t-2");
        Assert.Equal("t-3", await tokens.GetAsync(Token));
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        bool fails = true;
        var tokens = new AccessTokens(
            () => fails ? throw new AccessTokenException("Not now.") : Task.FromResult(new AccessToken("t", DateTimeOffset.MaxValue)),
            _clock
        );

        await Assert.ThrowsAsync<AccessTokenException>(() => tokens.GetAsync(Token));
        fails = false;

        Assert.Equal("t", await tokens.GetAsync(Token));
    }

    [Theory]
    [InlineData("echo ya29.token", "ya29.token")]
    [InlineData("printf '  ya29.token\\n\\n'", "ya29.token")]
    [InlineData("echo looking >&2; cat >&2; echo ya29.token", "ya29.token")]
    public async Task A_command_prints_a_token(string command, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are written for sh.");

        var token = await new TokenCommand(command, Patience, _clock).FetchAsync();

        Assert.Equal(new AccessToken(expected, _clock.GetUtcNow().AddMinutes(5)), token);
    }

    [Theory]
    [InlineData("echo secret; exit 3", "The token command ended with exit code 3.")]
    [InlineData("true", "it printed 0 characters.")]
    [InlineData("echo secret; echo secrets", "it printed 14 characters.")]
    [InlineData("while :; do echo secret; done", "it printed more.")]
    [InlineData("no-such-command-as-this", "it printed 0 characters.")]
    public async Task A_command_without_a_token_is_told_without_what_it_printed(string command, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are written for sh.");

        var fault = await Assert.ThrowsAsync<AccessTokenException>(() => new TokenCommand(command, Patience, _clock).FetchAsync());

        Assert.EndsWith(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_ended_with_all_it_started()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are written for sh.");
        string trace = Path.Combine(_folder, "pid");

        var fault = await Assert.ThrowsAsync<AccessTokenException>(() =>
            new TokenCommand($"sleep 1000 & echo $! > '{trace}'; wait", TimeSpan.FromSeconds(1), _clock).FetchAsync()
        );

        Assert.Equal("The token command took more than 1 s.", fault.Message);
        string child = (await File.ReadAllTextAsync(trace, Token)).Trim();
        while (
            Directory.Exists($"/proc/{child}")
            && !(await File.ReadAllTextAsync($"/proc/{child}/stat", Token)).Contains(") Z ", StringComparison.Ordinal)
        )
            await Task.Delay(10, Token);
    }

    [Theory]
    [InlineData("r-1", "client_id=c&client_secret=s+%26&grant_type=refresh_token&refresh_token=r-1&scope=mail.send")]
    [InlineData(null, "client_id=c&client_secret=s+%26&grant_type=client_credentials&scope=mail.send")]
    public async Task An_authorization_server_gives_a_token(string? refresh, string expected)
    {
        await using var server = await TokenServer.StartAsync(
            200,
            """{"token_type":"Bearer","access_token":"ya29.token","expires_in":3599}"""
        );

        var token = await new TokenEndpoint(new SmtpOAuth(server.Address, "c", "s &", refresh, "mail.send"), Patience, _clock).FetchAsync();

        Assert.Equal(new AccessToken("ya29.token", _clock.GetUtcNow().AddSeconds(3599 - 60)), token);
        Assert.Equal(expected, Assert.Single(server.Forms));
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"of s-1"}""", "400 invalid_grant")]
    [InlineData(200, """{"token_type":"Bearer"}""", "200")]
    [InlineData(503, "<html>busy</html>", "503")]
    [InlineData(302, "", "302")]
    public async Task No_token_is_told_by_code_and_error(int status, string body, string expected)
    {
        await using var server = await TokenServer.StartAsync(status, body);

        var fault = await Assert.ThrowsAsync<AccessTokenException>(() =>
            new TokenEndpoint(new SmtpOAuth(server.Address, "c", "s-1", null, null), Patience, _clock).FetchAsync()
        );

        Assert.Equal($"127.0.0.1 gave no access token: {expected}", fault.Message);
    }

    [Fact]
    public async Task An_authorization_server_that_is_down_or_says_too_much_is_told()
    {
        await using var talker = await TokenServer.StartAsync(200, new string(' ', 100_000));
        var settings = new SmtpOAuth(talker.Address, "c", "s", null, null);
        await Assert.ThrowsAsync<AccessTokenException>(() => new TokenEndpoint(settings, Patience, _clock).FetchAsync());

        await talker.DisposeAsync();

        await Assert.ThrowsAsync<AccessTokenException>(() => new TokenEndpoint(settings, Patience, _clock).FetchAsync());
    }

    private sealed class TokenServer(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> _forms = new();

        public IEnumerable<string> Forms => _forms;

        public Uri Address =>
            new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/token");

        public static async Task<TokenServer> StartAsync(int status, string body)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var server = new TokenServer(builder.Build());
            server.App.MapPost(
                "/token",
                async context =>
                {
                    var form = await context.Request.ReadFormAsync(Token);
                    server._forms.Enqueue(
                        string.Join(
                            '&',
                            form.OrderBy(field => field.Key, StringComparer.Ordinal)
                                .Select(field =>
                                    $"{field.Key}={Uri.EscapeDataString(field.Value.ToString()).Replace("%20", "+", StringComparison.Ordinal)}"
                                )
                        )
                    );
                    context.Response.StatusCode = status;
                    context.Response.ContentType = "application/json";
                    await context.Response.WriteAsync(body, Token);
                }
            );
            await server.App.StartAsync(Token);
            return server;
        }

        private WebApplication App => app;

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
