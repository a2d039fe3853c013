using System.Text;
using Microsoft.AspNetCore.Http;

namespace Signals.Web.Ingestion;

/// <summary>
/// Answers a sender of CloudEvents who asks, before the first event, whether it may send (CloudEvents HTTP 1.1 Web Hooks 1.0, section 4).
/// Any origin may, as often as it likes: it is the write key with each delivery that is believed. A browser asks by the same method and
/// other headers.
/// </summary>
internal static class WebhookHandshake
{
    private const string RequestOrigin = "WebHook-Request-Origin";
    private const string AllowedOrigin = "WebHook-Allowed-Origin";
    private const string AllowedRate = "WebHook-Allowed-Rate";

    public static Task AnswerAsync(HttpContext context)
    {
        string origin = context.Request.Headers[RequestOrigin].ToString();
        if (string.IsNullOrWhiteSpace(origin))
            return CrossOrigin.AnswerPreflightAsync(context);
        context.Response.Headers[AllowedOrigin] = Ascii.IsValid(origin) ? origin : "*";
        context.Response.Headers[AllowedRate] = "*";
        context.Response.Headers.Allow = "POST";
        context.Response.StatusCode = StatusCodes.Status200OK;
        return Task.CompletedTask;
    }
}
