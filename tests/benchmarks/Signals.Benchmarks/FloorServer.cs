using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signals.Benchmarks;

/// <summary>
/// What ingestion can't be cheaper than: the app's server, which reads each body to its end, looks at every token of it, keeps nothing and
/// answers as the app does.
/// </summary>
internal static class FloorServer
{
    private static readonly byte[] Answer = "{\"success\":true}"u8.ToArray();

    public static Task RunAsync(string urls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(urls);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context =>
            HttpMethods.IsPost(context.Request.Method) ? ReadAsync(context) : context.Response.Body.WriteAsync(Answer).AsTask()
        );
        return app.RunAsync();
    }

    private static async Task ReadAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            Tokens.In(read.Buffer);
            reader.AdvanceTo(read.Buffer.End);
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Answer, context.RequestAborted);
            return;
        }
    }
}
