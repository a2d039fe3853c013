using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signals.Web.Tests.OutgoingWebhooks;

/// <summary>Another system on a free loopback port, which answers as a test says and keeps what it took.</summary>
internal sealed class WebhookSink : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookSink(WebApplication app) => _app = app;

    /// <summary>Everything that was posted, taken or not.</summary>
    public ConcurrentQueue<WebhookPosted> Posts { get; } = new();

    /// <summary>What happens to a post, by its number from 1; a status below 300 takes it.</summary>
    public Func<HttpContext, int, Task> Answers { get; set; } = (_, _) => Task.CompletedTask;

    public string Url(string path) => _app.Urls.Single() + path;

    public static async Task<WebhookSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var sink = new WebhookSink(app);
        int posts = 0;
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            string body = await reader.ReadToEndAsync(context.RequestAborted);
            var post = new WebhookPosted(
                context.Request.Path,
                context.Request.Headers.ToDictionary(
                    header => header.Key.ToLowerInvariant(),
                    header => header.Value.ToString(),
                    StringComparer.Ordinal
                ),
                body
            );
            sink.Posts.Enqueue(post);
            await sink.Answers(context, Interlocked.Increment(ref posts));
            post.Taken = context.Response.StatusCode < 300;
        });
        await app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>What was posted.</summary>
internal sealed record WebhookPosted(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public bool Taken { get; set; }

    public string Id => Headers["webhook-id"];

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Type => Json.GetProperty("type").GetString()!;
}
