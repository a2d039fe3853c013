using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Signals.Core.Platform.Storage;

namespace Signals.Web.Markup;

/// <summary>What a customer sees who follows a link of a mail: one question or one answer, no script, no image.</summary>
internal static class CustomerPage
{
    private static readonly TimeSpan OrdinaryWait = TimeSpan.FromSeconds(30);

    private const string Style = """
        :root{color-scheme:light dark}
        body{margin:0;padding:10vh 24px;font:17px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;background:#f4f5f7;color:#1c2430}
        main{max-width:34rem;margin:0 auto}
        h1{font-size:1.5rem;line-height:1.3;margin:0 0 1rem}
        p{margin:0 0 1.5rem}
        button{font:inherit;font-weight:600;padding:.75rem 1.5rem;min-height:44px}
        button{border:0;border-radius:8px;background:#1d4ed8;color:#fff;cursor:pointer}
        button:hover{background:#1e40af}
        button+button{background:transparent;color:inherit;border:1px solid currentColor}
        button+button:hover{background:#8884}
        form{display:flex;flex-wrap:wrap;gap:12px}
        button:focus-visible,input:focus-visible,textarea:focus-visible{outline:3px solid #93b4ff;outline-offset:2px}
        fieldset{flex-basis:100%;margin:0;padding:0;border:0}
        legend{padding:0;margin:0 0 .75rem}
        .scale{display:flex;flex-wrap:wrap;gap:8px}
        .scale label{display:flex;align-items:center;gap:.4rem;box-sizing:border-box;min-height:44px;padding:.4rem .7rem}
        .scale label{border:1px solid #8a94a6;border-radius:8px;cursor:pointer}
        input{width:1.1rem;height:1.1rem;margin:0;accent-color:#1d4ed8}
        .wide{flex-basis:100%}
        textarea{display:block;box-sizing:border-box;width:100%;margin:.4rem 0 0;padding:.6rem;font:inherit;color:inherit}
        textarea{background:transparent;border:1px solid #8a94a6;border-radius:8px}
        @media (prefers-color-scheme:dark){body{background:#12161d;color:#e6e9ee}}
        """;

    /// <summary>Nothing may load or run; only the page's own style, named by its hash, and a form to the page's own address.</summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Sets what no cache, frame or other site is to do with such a page.</summary>
    public static void SetHeaders(HttpContext context, string language)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers.Vary = "Accept-Language";
        headers.ContentLanguage = language;
    }

    public static IResult Of(string language, int status, string title, Html text, Html form) =>
        Document(
            language,
            status,
            title,
            Style,
            $"""
            <main>
            <h1>{title}</h1>
            {text}
            {form}
            </main>
            """
        );

    /// <summary>A page whose style is its own; its policy must name that.</summary>
    public static IResult Document(string language, int status, string title, string style, Html body)
    {
        Html head = $"""
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{title}</title>
            """;
        string document = $"""
            <!doctype html>
            <html lang="{language}">
            <head>
            {head}
            <style>{style}</style>
            </head>
            <body>
            {body}
            </body>
            </html>

            """;
        return Results.Content(document, "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    /// <summary>Says when a page that could not be answered is worth asking for again.</summary>
    public static void SetRetryAfter(HttpContext context, TransientStoreException fault) =>
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling((fault.RetryAfter ?? OrdinaryWait).TotalSeconds)).ToString();
}
