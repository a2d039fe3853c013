using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Signals.Web.Api;

/// <summary>Writes an answer through its source-generated contract.</summary>
internal static class ApiAnswers
{
    public static Task WriteAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> contract, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Vary = "Accept-Language";
        return context.Response.WriteAsJsonAsync(answer, contract, cancellationToken: context.RequestAborted);
    }
}
