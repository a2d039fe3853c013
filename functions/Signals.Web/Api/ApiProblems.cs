using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Identity;
using Signals.Web.Security;

namespace Signals.Web.Api;

/// <summary>
/// Makes a problem of whatever goes wrong under <c>/api</c>: refusals, faults (logged here, told without internals), and what routing
/// answers by itself.
/// </summary>
internal sealed partial class ApiProblems(RequestDelegate next, ILogger<ApiProblems> logger)
{
    private static readonly TimeSpan UsualRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>The API, and where Segment's own deletion requests are sent to.</summary>
    private static readonly PathString[] Paths = ["/api", "/regulations", "/v1beta"];

    public Task InvokeAsync(HttpContext context) =>
        Array.Exists(Paths, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            ? GuardAsync(context)
            : next(context);

    private async Task GuardAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
                await ApiProblem.WriteAsync(context, context.Response.StatusCode, DetailOf(context));
        }
        catch (ApiRefusal refusal) when (!context.Response.HasStarted)
        {
            await ApiProblem.WriteAsync(context, refusal.Status, refusal.Message);
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            await ApiProblem.WriteAsync(context, fault.StatusCode, fault.Message);
        }
        catch (IOException fault) when (!context.Response.HasStarted && BrokenBody.IsChunk(fault))
        {
            await ApiProblem.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                "The body cannot be read: a chunk's size is no number of bytes that could come."
            );
        }
        catch (TransientStoreException fault) when (!context.Response.HasStarted)
        {
            double seconds = Math.Max(1, Math.Ceiling((fault.RetryAfter ?? UsualRetryAfter).TotalSeconds));
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            LogUnavailable(logger, fault, context.Request.Path);
            await ApiProblem.WriteAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "The store or queue is busy; the same request will work in a moment."
            );
        }
        catch (UnreadableRowException fault) when (!context.Response.HasStarted)
        {
            LogFailed(logger, fault, context.Request.Method, context.Request.Path);
            context.Response.Clear();
            await ApiProblem.WriteAsync(context, StatusCodes.Status500InternalServerError, DetailOf(fault));
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            LogFailed(logger, fault, context.Request.Method, context.Request.Path);
            context.Response.Clear();
            await ApiProblem.WriteAsync(context, StatusCodes.Status500InternalServerError, "Something failed here; the log says what.");
        }
    }

    /// <summary>500 and not 503: asking again does not help, a person has to mend it. Internals are what that person needs.</summary>
    private static string DetailOf(UnreadableRowException fault) =>
        $"The account '{new AccountKey(fault.PartitionKey).ProvisionalId}' cannot be read: its row '{fault.RowKey}' is not what this "
        + $"version of Signals writes ({fault.Reason.TrimEnd('.')}). Nothing was changed, and all other accounts are served. If a newer "
        + "version of Signals ran on this data, run that one again; if not, the row is damaged: bring the data back from a backup.";

    private static string DetailOf(HttpContext context) =>
        context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => "There is nothing at this address; /openapi/v1.json lists what there is.",
            StatusCodes.Status405MethodNotAllowed => $"Found {context.Request.Method}, expected {context.Response.Headers.Allow}.",
            _ => "The request was not answered.",
        };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private static partial void LogFailed(ILogger logger, Exception fault, string method, PathString path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was answered 503.")]
    private static partial void LogUnavailable(ILogger logger, Exception fault, PathString path);
}
