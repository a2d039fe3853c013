using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Storage;
using Signals.Web;

namespace Signals.Functions.Http;

/// <summary>
/// The whole web face as one request delegate: the same endpoints that the one-machine host serves, with their own routing.
/// </summary>
public sealed partial class WebFace(IServiceProvider services, ILogger<WebFace> logger)
{
    private readonly RequestDelegate _answer = new ApplicationBuilder(services).MapSignalsWeb().Build();

    /// <summary>Answers a request that the worker's own routing has led here.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        // Routing leaves a request alone that has an endpoint: with the worker's, the catch-all would call itself for ever.
        context.SetEndpoint(null);
        context.Request.RouteValues = [];
        try
        {
            await _answer(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer any more; what failed for that is no fault of the function.
            LogLeft(logger, context.Request.Method, context.Request.Path);
        }
        catch (TransientStoreException fault) when (!context.Response.HasStarted)
        {
            LogUnavailable(logger, fault, context.Request.Method, context.Request.Path);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = RestSeconds;
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync("The data cannot be reached just now; try again in a moment.\n");
        }
        catch (Exception fault)
        {
            // The worker would answer 200, for nothing here has set another status yet.
            LogFailed(logger, fault, context.Request.Method, context.Request.Path);
            if (context.Response.HasStarted)
                context.Abort();
            else
                Clear(context.Response);
        }
    }

    /// <summary>When to try again what could not reach its data.</summary>
    private const string RestSeconds = "10";

    private static void Clear(HttpResponse response)
    {
        response.Clear();
        response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Who sent {Method} {Path} left before the answer.")]
    private static partial void LogLeft(ILogger logger, string method, PathString path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} could not reach its data.")]
    private static partial void LogUnavailable(ILogger logger, Exception fault, string method, PathString path);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private static partial void LogFailed(ILogger logger, Exception fault, string method, PathString path);
}
