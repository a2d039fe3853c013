using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Storage;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Dashboard;

/// <summary>
/// Makes a page of what goes wrong when a browser asks for one: addresses that do not exist, methods that do not fit, and faults (logged
/// here, told without internals). Programs, which ask for no HTML, get what they would have got.
/// </summary>
internal sealed partial class DashboardFaults(
    RequestDelegate next,
    IDashboardAccess access,
    Readers readers,
    Layout layout,
    ILogger<DashboardFaults> logger
)
{
    private static readonly PathString[] OfPrograms = ["/api", "/v1", "/webhooks", "/openapi"];

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !Array.Exists(OfPrograms, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            ? GuardAsync(context)
            : next(context);

    private async Task GuardAsync(HttpContext context)
    {
        try
        {
            await next(context);
            int status = context.Response.StatusCode;
            if (
                status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed
                && context.Response is { HasStarted: false, ContentType: null }
            )
                await AnswerAsync(context, status);
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, fault.StatusCode);
        }
        catch (TransientStoreException fault) when (!context.Response.HasStarted)
        {
            LogUnavailable(logger, fault, context.Request.Method, context.Request.Path);
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            LogFailed(logger, fault, context.Request.Method, context.Request.Path);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    private async Task AnswerAsync(HttpContext context, int status)
    {
        var reader = readers.Of(context, await PrincipalOfAsync(context));
        await layout.WriteAsync(context, MessagePages.Wrong(reader, status), reader, status: status);
    }

    private async ValueTask<Principal?> PrincipalOfAsync(HttpContext context)
    {
        try
        {
            return await access.PrincipalOfAsync(context);
        }
        catch (TransientStoreException)
        {
            // What went wrong is told to a stranger as well.
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} could not reach its data.")]
    private static partial void LogUnavailable(ILogger logger, Exception fault, string method, PathString path);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private static partial void LogFailed(ILogger logger, Exception fault, string method, PathString path);
}
