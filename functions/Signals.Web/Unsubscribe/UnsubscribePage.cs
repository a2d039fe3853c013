using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Signals.Core.Platform.Languages;

namespace Signals.Web.Unsubscribe;

/// <summary>The unsubscribe page in its five states: no script, no image, nothing about the reader.</summary>
/// <param name="words">In the reader's language.</param>
/// <param name="product">The product's name.</param>
/// <param name="topic">What the mail was about; null offers no choice.</param>
internal sealed class UnsubscribePage(UnsubscribeWords words, string product, Phrase? topic)
{
    /// <summary>Tells the page's own form from a mailbox's one-click request.</summary>
    public const string FormField = "page";

    /// <summary>How much the page's own form stops.</summary>
    public const string ScopeField = "scope";
    public const string TopicScope = "topic";

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
        button:focus-visible{outline:3px solid #93b4ff;outline-offset:2px}
        @media (prefers-color-scheme:dark){body{background:#12161d;color:#e6e9ee}}
        """;

    /// <summary>Nothing may load or run; only the page's own style, named by its hash, and a form to the page's own address.</summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public IResult Ask() => Page(StatusCodes.Status200OK, words.AskTitle, words.AskText(product), Form());

    public IResult Done() => Page(StatusCodes.Status200OK, words.DoneTitle, words.DoneText(product));

    /// <summary>The topic is stopped; the others may be as well.</summary>
    public IResult TopicDone() =>
        Page(StatusCodes.Status200OK, words.DoneTitle, words.TopicDoneText(product, topic ?? Phrase.Empty), Form(withTopic: false));

    public IResult NotFound() => Page(StatusCodes.Status404NotFound, words.NotFoundTitle, words.NotFoundText);

    public IResult TryAgain() => Page(StatusCodes.Status503ServiceUnavailable, words.LaterTitle, words.LaterText, Form());

    private IResult Page(int status, string title, string text, Html form = default)
    {
        Html head = $"""
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{title}</title>
            """;
        Html body = $"""
            <main>
            <h1>{title}</h1>
            <p>{text}</p>
            {form}
            </main>
            """;
        string document = $"""
            <!doctype html>
            <html lang="{words.Language}">
            <head>
            {head}
            <style>{Style}</style>
            </head>
            <body>
            {body}
            </body>
            </html>

            """;
        return Results.Content(document, "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    private Html Form(bool withTopic = true)
    {
        Html ofTopic =
            withTopic && topic is { } about
                ? $"""
                    <button type="submit" name="{ScopeField}" value="{TopicScope}">{words.TopicButton(about)}</button>
                    """
                : Html.Empty;
        return $"""
            <form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">
            <input type="hidden" name="{FormField}" value="1"><button type="submit">{words.Button}</button>{ofTopic}</form>
            """;
    }
}
