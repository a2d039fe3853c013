using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Signals.Web.Help;

/// <summary><c>GET /v1/help.js</c>: the script that shows cards. It holds no data and needs no token.</summary>
internal static class HelpScript
{
    private const string Resource = "help.js";

    private static readonly Lazy<byte[]> Content = new(Read);
    private static readonly Lazy<EntityTagHeaderValue> Tag = new(() => TagOf(Content.Value));

    /// <summary>A strong tag of an answer's bytes.</summary>
    public static EntityTagHeaderValue TagOf(ReadOnlySpan<byte> bytes) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");

    /// <summary>True when the browser has this version already: the answer is 304 then.</summary>
    public static bool IsKnown(HttpContext context, EntityTagHeaderValue tag)
    {
        context.Response.Headers.ETag = tag.ToString();
        if (!context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
            return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    public static Task AnswerAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=3600, stale-while-revalidate=86400";
        // Pages may ask for it with their own integrity, and load it from here or from their own path.
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        if (IsKnown(context, Tag.Value))
            return Task.CompletedTask;
        context.Response.ContentType = "text/javascript; charset=utf-8";
        context.Response.ContentLength = Content.Value.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(Content.Value, context.RequestAborted).AsTask();
    }

    private static byte[] Read()
    {
        using var resource =
            typeof(HelpScript).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly holds no resource '{Resource}'.");
        using var memory = new MemoryStream();
        resource.CopyTo(memory);
        return memory.ToArray();
    }
}
