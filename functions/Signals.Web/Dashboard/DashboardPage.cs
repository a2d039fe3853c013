using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Signals.Web.Dashboard;

/// <summary>What surrounds every page: no script, nothing loaded, one style named by its hash.</summary>
internal sealed record DashboardPage(string Title, Html Body)
{
    private static readonly string Style = ReadStyle();

    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Where the browser goes by itself, as if the reader had followed a link of this page; null to stay.</summary>
    public string? GoesTo { get; init; }

    /// <summary>True when the page has a form to send to this site.</summary>
    public bool HasForm { get; init; }

    public Task WriteAsync(HttpContext context, int status = StatusCodes.Status200OK)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = $"{ContentSecurityPolicy}; form-action {(HasForm ? "'self'" : "'none'")}";
        headers.CacheControl = "no-store";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(ToMarkup(), context.RequestAborted);
    }

    private string ToMarkup()
    {
        var refresh = GoesTo is null ? Html.Empty : Html.Of($"<meta http-equiv=\"refresh\" content=\"0;url={GoesTo}\">");
        var page = Html.Of(
            $"""
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            {refresh}
            <title>{Title}</title>
            """);
        return $"<!doctype html>\n<html lang=\"en\">\n<head>\n{page}\n<style>{Style}</style>\n</head>\n<body>\n{Body}\n</body>\n</html>\n";
    }

    private static string ReadStyle()
    {
        using var resource = typeof(DashboardPage).Assembly.GetManifestResourceStream("dashboard.css")
            ?? throw new InvalidOperationException("The assembly holds no resource 'dashboard.css'.");
        using var reader = new StreamReader(resource, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
