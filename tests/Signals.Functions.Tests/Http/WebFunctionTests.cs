using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Functions.Hosting;
using Signals.Functions.Http;
using Signals.Testing.Messaging;
using Signals.Testing.Storage;
using Signals.Web;

namespace Signals.Functions.Tests.Http;

/// <summary>
/// The web face behind the worker's routing, as the worker sets it up (a catch-all whose function writes the answer), beside the same face
/// alone, as the one-machine host serves it.
/// </summary>
public sealed class WebFunctionTests : IAsyncLifetime
{
    private static readonly string WriteKey = SampleSettings.Values["Signals__WriteKeys"];
    private static readonly string ApiToken = SampleSettings.Values["Signals__ApiToken"];

    private readonly Site _alone = new(services => app => app.MapSignalsWeb());
    private readonly Site _behind = new(services =>
        app =>
        {
            app.UseRouting();
            app.UseEndpoints(endpoints =>
                endpoints.Map(
                    "/{*path}",
                    async context =>
                    {
                        var function = new WebFunction(services().GetRequiredService<WebFace>());
                        var result = await function.AnswerAsync(context.Request);
                        await result.ExecuteAsync(context);
                    }
                )
            );
        }
    );

    public async ValueTask InitializeAsync()
    {
        await _alone.StartAsync();
        await _behind.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _alone.DisposeAsync();
        await _behind.DisposeAsync();
    }

    public static TheoryData<string, string, string?, string?> Requests =>
        new()
        {
            { "GET", "/", null, null },
            { "HEAD", "/healthz", null, null },
            { "GET", "/healthz", null, null },
            { "GET", "/readyz", null, null },
            { "GET", "/accounts/acme%2Fone", null, null },
            { "GET", "/signin?token=x", null, null },
            { "POST", "/signin", "token=x", null },
            { "GET", "/openapi/v1.json", null, null },
            { "GET", "/api/accounts", null, null },
            { "GET", "/api/accounts", null, "Bearer token" },
            { "GET", "/api/accounts/nobody", null, "Bearer token" },
            { "GET", "/api/outreach?state=nonsense", null, "Bearer token" },
            { "GET", "/api/pipeline", null, "Bearer token" },
            { "DELETE", "/api/pipeline", null, "Bearer token" },
            { "GET", "/api/nothing", null, "Bearer token" },
            { "POST", "/v1/batch", """{"batch":[{"type":"track","userId":"u","event":"E","messageId":"m1"}]}""", "Basic key" },
            { "POST", "/v1/b", """{"batch":[{"type":"track","userId":"u"},{"type":"page","anonymousId":"a"}]}""", "Basic key" },
            { "POST", "/v1/batch", """{"batch":""", "Basic key" },
            { "POST", "/v1/track", """{"userId":"u","event":"E"}""", null },
            { "POST", "/v1/import", """{"batch":[]}""", "Basic key" },
            { "POST", "/v1/cloudevents", "{}", "Basic key" },
            { "OPTIONS", "/v1/t", null, null },
            { "PUT", "/v1/batch", "{}", "Basic key" },
            { "GET", $"/v1/projects/{SampleSettings.Values["Signals__WriteKeys"]}/settings", null, null },
            { "GET", "/u/token", null, null },
            { "POST", "/u/token", "List-Unsubscribe=One-Click", null },
            { "POST", "/webhooks/sendgrid", "[]", null },
            { "POST", "/webhooks/slack", "payload={}", null },
            { "GET", "/nothing/here", null, null },
            { "PROPFIND", "/", null, null },
            { "GET", "/path", null, null },
        };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Both_hosts_answer_the_same(string method, string path, string? body, string? credentials)
    {
        string alone = await AskAsync(_alone, method, path, body, credentials);
        string behind = await AskAsync(_behind, method, path, body, credentials);

        Assert.Equal(alone, behind);
        Assert.Equal(_alone.Queue.Waiting(QueueNames.Usage).Count, _behind.Queue.Waiting(QueueNames.Usage).Count);
    }

    [Fact]
    public async Task A_batch_is_answered_once_it_is_in_the_queue_and_not_before()
    {
        var sent = new TaskCompletionSource();
        _behind.Queue.Probe.Before = async _ => await sent.Task;
        var asking = AskAsync(
            _behind,
            "POST",
            "/v1/batch",
            """{"batch":[{"type":"track","userId":"u","event":"E","messageId":"m1"}]}""",
            "Basic key"
        );

        Assert.False(asking.IsCompleted);
        Assert.Empty(_behind.Queue.Waiting(QueueNames.Usage));
        sent.SetResult();

        Assert.StartsWith("200", await asking, StringComparison.Ordinal);
        Assert.Single(_behind.Queue.Waiting(QueueNames.Usage));
    }

    [Fact]
    public async Task A_batch_that_the_queue_did_not_take_is_answered_503_so_that_it_comes_again()
    {
        _behind.Queue.Probe.Before = _ => throw new TransientStoreException("away");

        string answer = await AskAsync(
            _behind,
            "POST",
            "/v1/batch",
            """{"batch":[{"type":"track","userId":"u","event":"E","messageId":"m1"}]}""",
            "Basic key"
        );

        Assert.StartsWith("503", answer, StringComparison.Ordinal);
        Assert.Contains("Retry-After", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/signin")]
    [InlineData("GET", "/")]
    public async Task While_the_tables_are_away_the_answer_is_503_and_says_so(string method, string path)
    {
        string cookie = await CookieAsync();
        _behind.Store.Probe.Before = _ => throw new TransientStoreException("internal words");

        string answer = await AskAsync(_behind, method, path, method == "POST" ? "token=" + ApiToken : null, null, cookie);

        Assert.StartsWith("503", answer, StringComparison.Ordinal);
        Assert.Contains("in a moment", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("internal words", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_that_nobody_foresaw_is_500_and_tells_nothing()
    {
        // Signing in writes the audit trail, so it comes before the store breaks.
        string cookie = await CookieAsync();
        _behind.Store.Probe.Before = _ => throw new InvalidOperationException("internal words");

        string answer = await AskAsync(_behind, "GET", "/", null, null, cookie);

        Assert.StartsWith("500", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("internal words", answer, StringComparison.Ordinal);
    }

    private async Task<string> CookieAsync()
    {
        using var form = new FormUrlEncodedContent([new("token", ApiToken)]);
        using var response = await _behind.Client.PostAsync(
            new Uri("/signin", UriKind.Relative),
            form,
            TestContext.Current.CancellationToken
        );
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>Status, headers and body of an answer.</summary>
    private static async Task<string> AskAsync(
        Site site,
        string method,
        string path,
        string? body,
        string? credentials,
        string? cookie = null
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(
                body,
                Encoding.UTF8,
                body.Contains('=', StringComparison.Ordinal) ? "application/x-www-form-urlencoded" : "application/json"
            );
        if (credentials is not null)
        {
            request.Headers.Authorization =
                credentials == "Basic key"
                    ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(WriteKey + ":")))
                    : new AuthenticationHeaderValue("Bearer", ApiToken);
        }
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        using var response = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);
        string headers = string.Join(
            '\n',
            response
                .Headers.Concat(response.Content.Headers)
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
                .Order(StringComparer.Ordinal)
        );
        return $"{(int)response.StatusCode}\n{headers}\n\n{await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
    }

    /// <summary>The app's own services on a store and queues in memory, behind a test server.</summary>
    private sealed class Site(Func<Func<IServiceProvider>, Action<IApplicationBuilder>> pipeline) : IAsyncDisposable
    {
        private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

        private WebApplication _app = null!;

        public InMemoryEntityStore Store { get; } = new();

        public InMemoryMessageQueue Queue { get; private set; } = null!;

        public HttpClient Client { get; private set; } = null!;

        public async Task StartAsync()
        {
            Queue = new InMemoryMessageQueue(_clock);
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(_clock);
            builder.Services.AddSignals(SampleSettings.Read());
            builder.Services.Replace(ServiceDescriptor.Singleton<IEntityStore>(Store));
            builder.Services.Replace(ServiceDescriptor.Singleton<IMessageQueue>(Queue));
            _app = builder.Build();
            pipeline(() => _app.Services)(_app);
            await _app.StartAsync();
            Client = _app.GetTestClient();
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await _app.DisposeAsync();
        }
    }
}
