using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Signals.Web.Dashboard;

/// <summary>
/// The dashboard's style, script and icon: one file each, named by its hash and so kept by browsers for good. They hold no data and need no
/// sign-in.
/// </summary>
internal sealed class Assets
{
    private const string Folder = "/assets/";
    private const int HashChars = 16;

    private readonly Dictionary<string, Asset> _assets = new(StringComparer.Ordinal);

    public Assets()
    {
        Style = Add(
            "dashboard",
            "css",
            "text/css; charset=utf-8",
            "tokens.css",
            "frame.css",
            "parts.css",
            "charts.css",
            "today.css",
            "accounts.css",
            "account.css",
            "measures.css",
            "pages.css",
            "work.css"
        );
        Script = Add("dashboard", "js", "text/javascript; charset=utf-8", "dashboard.js", "passkeys.js");
        Icon = Add("icon", "svg", "image/svg+xml", "icon.svg");
    }

    public string Style { get; }

    public string Script { get; }

    public string Icon { get; }

    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet(Folder + "{name}", (RequestDelegate)AnswerAsync);

    private Task AnswerAsync(HttpContext context)
    {
        if (!_assets.TryGetValue((string)context.Request.RouteValues["name"]!, out var asset))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.ContentType = asset.Type;
        context.Response.ContentLength = asset.Bytes.Length;
        return context.Response.Body.WriteAsync(asset.Bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Joins embedded files into one and returns its address.</summary>
    private string Add(string name, string extension, string type, params IEnumerable<string> files)
    {
        using var joined = new MemoryStream();
        foreach (string file in files)
        {
            using var resource =
                typeof(Assets).Assembly.GetManifestResourceStream(file)
                ?? throw new InvalidOperationException($"The assembly holds no resource '{file}'.");
            resource.CopyTo(joined);
        }
        byte[] bytes = joined.ToArray();
        string full = $"{name}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashChars]}.{extension}";
        _assets[full] = new Asset(type, bytes);
        return Folder + full;
    }

    private sealed record Asset(string Type, byte[] Bytes);
}
