using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Signals.Web.Schemas;

/// <summary>
/// <c>GET /schemas/value-model.json</c>: the value model as JSON Schema, for a model file's <c>$schema</c>. It is the same for everybody
/// and needs no key.
/// </summary>
/// <remarks>
/// The file is made of what the reader asks for and of the words of docs/value-model.md; a test writes it
/// (<c>SIGNALS_UPDATE_SNAPSHOTS=1</c>) and holds it.
/// </remarks>
internal static class SchemaEndpoints
{
    public const string Path = "/schemas/value-model.json";

    private const string Resource = "value-model.json";

    private static readonly Lazy<byte[]> Content = new(Read);

    public static IEndpointRouteBuilder MapSchemas(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, (RequestDelegate)AnswerAsync).ExcludeFromDescription();
        return endpoints;
    }

    private static Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/schema+json";
        context.Response.ContentLength = Content.Value.Length;
        context.Response.Headers.CacheControl = "public, max-age=3600";
        // Editors in a browser read it too.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return context.Response.Body.WriteAsync(Content.Value, context.RequestAborted).AsTask();
    }

    private static byte[] Read()
    {
        using var resource =
            typeof(SchemaEndpoints).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly holds no resource '{Resource}'.");
        using var memory = new MemoryStream();
        resource.CopyTo(memory);
        return memory.ToArray();
    }
}
