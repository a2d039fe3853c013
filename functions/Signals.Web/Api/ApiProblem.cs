using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Signals.Web.Api;

/// <summary>An answer that is no success (RFC 9457).</summary>
internal sealed record ApiProblem(string Type, string Title, int Status, string Detail)
{
    public static Task WriteAsync(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        var problem = new ApiProblem("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail);
        return context.Response.WriteAsJsonAsync(problem, ApiJson.Default.ApiProblem, "application/problem+json", context.RequestAborted);
    }
}
