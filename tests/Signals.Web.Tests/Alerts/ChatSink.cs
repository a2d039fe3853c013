using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signals.Web.Tests.Alerts;

/// <summary>A chat's webhooks on a free loopback port, which answer as a test says and keep what they were sent.</summary>
internal sealed class ChatSink : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ChatSink(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Path, string ContentType, JsonElement Body)> Posts { get; } = new();

    /// <summary>What happens to a post, by its number from 1.</summary>
    public Func<HttpContext, int, Task> Answers { get; set; } = (_, _) => Task.CompletedTask;

    public string Url(string path) => _app.Urls.Single() + path;

    public static async Task<ChatSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var sink = new ChatSink(app);
        int posts = 0;
        app.Run(async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            sink.Posts.Enqueue((context.Request.Path, context.Request.ContentType ?? "", body.RootElement.Clone()));
            await sink.Answers(context, Interlocked.Increment(ref posts));
        });
        await app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
