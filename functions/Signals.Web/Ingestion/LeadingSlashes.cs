using Microsoft.AspNetCore.Http;

namespace Signals.Web.Ingestion;

/// <summary>
/// Takes <c>//v1/batch</c> for <c>/v1/batch</c>: SDKs whose host ends in a slash post there, and delete what is answered with 404.
/// </summary>
internal sealed class LeadingSlashes(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (path.StartsWith("//", StringComparison.Ordinal) && path.AsSpan().TrimStart('/').StartsWith("v1/", StringComparison.Ordinal))
            context.Request.Path = $"/{path.AsSpan().TrimStart('/')}";
        return next(context);
    }
}
