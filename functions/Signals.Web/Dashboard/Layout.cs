using Microsoft.AspNetCore.Http;
using Signals.Core.Model;
using Signals.Core.Response.Mail;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Pipeline;
using Signals.Web.Dashboard.Team;
using Signals.Web.Dashboard.Undo;

namespace Signals.Web.Dashboard;

/// <summary>What surrounds every page: head, navigation, the notice of a form just sent, and who is signed in.</summary>
internal sealed class Layout(ValueModel model, Assets assets, SandboxRecipient sandbox)
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    private static readonly Html Mark = $"""
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M2 13h4l3-8 5 15 3-7h5" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"
            stroke-linejoin="round"/>
        </svg>
        """;

    /// <summary>Answers with a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">What is shown.</param>
    /// <param name="reader">To whom.</param>
    /// <param name="section">The navigation's entry that it belongs to, or null.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="notice">What a form did just now, or null.</param>
    public async Task WriteAsync(
        HttpContext context,
        DashboardPage page,
        Reader reader,
        string? section = null,
        int status = StatusCodes.Status200OK,
        Notice? notice = null
    )
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = page.HasFrame ? Policy + "; frame-src 'self'" : Policy;
        headers.CacheControl = "no-store";
        headers.ContentLanguage = reader.Language;
        headers.Vary = "Accept-Language, Cookie";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        // With no-referrer a browser would not say from which site a form was sent.
        headers["Referrer-Policy"] = "same-origin";
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        Document(page, reader, section, Told(context, reader, notice)).WriteTo(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private Html Document(DashboardPage page, Reader reader, string? section, Html notice) =>
        $"""
            <!doctype html>
            <html lang="{reader.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            {Refresh(page)}
            <title>{page.Title} – {model.Product} · Signals</title>
            <link rel="icon" href="{assets.Icon}" type="image/svg+xml">
            <link rel="stylesheet" href="{assets.Style}">
            <script src="{assets.Script}" defer></script>
            </head>
            <body class="{(reader.Role is null ? "bare" : "framed")}" data-refreshes="{(page.Refreshes ? "yes" : "no")}">
            <a class="skip" href="#content">{reader.Say("Skip to the content")}</a>
            <header class="rail">
            <a class="home" href="/">{Mark}<span class="brand">Signals</span> <span class="product">{Html.Isolated(
                model.Product
            )}</span></a>
            {Navigation(reader, section)}
            </header>
            <main id="content" tabindex="-1">
            {Sandbox(reader)}
            {notice}
            {page.Body}
            </main>
            {Footer(reader)}
            {Keys(reader)}
            </body>
            </html>

            """;

    private static Html Refresh(DashboardPage page) =>
        page.GoesTo is null ? Html.Empty : $"""<meta http-equiv="refresh" content="0;url={page.GoesTo}">""";

    private static Html Navigation(Reader reader, string? section)
    {
        if (reader.Role is null)
            return Html.Empty;
        var entries = DashboardRoutes
            .Pages.Where(route => route.Label is not null)
            .Select(route => Entry(reader, route, route.Path == section));
        return $"""<nav class="main" aria-label="{reader.Say("Pages")}"><ul>{entries}</ul></nav>""";
    }

    private static Html Entry(Reader reader, PageRoute route, bool isCurrent)
    {
        string label = reader.Say(route.Label!);
        return $"""<li><a href="{route.Path}"{Html.When(isCurrent, $" aria-current=\"page\"")}>{label}</a></li>""";
    }

    /// <summary>While it is on, nobody takes what the pages say of mails for what customers got.</summary>
    private Html Sandbox(Reader reader)
    {
        if (reader.Role is null || sandbox.Address is not { } address)
            return Html.Empty;
        string told = reader.Say($"Sandbox: every mail and alert goes to {address}, and nobody else gets any.");
        return $"""<p class="note sandbox">{told}</p>""";
    }

    private static Html Told(HttpContext context, Reader reader, Notice? notice) =>
        notice switch
        {
            null => Html.Empty,
            { IsProblem: true } => $"""<p class="notice problem" role="alert">{notice.Text}</p>""",
            { Undo: { } id } =>
                $"""
                <div class="notice undoable"><p role="status">{notice.Text}</p>{Form.Post(
                    reader,
                    UndoForm.Path,
                    $"""
                    {Form.Hidden(UndoForm.IdField, id)}
                    <button type="submit" class="plain">{reader.Say("Undo")}</button>
                    """,
                    context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent())}</div>
                """,
            _ => $"""<p class="notice" role="status">{notice.Text}</p>""",
        };

    private static Html Footer(Reader reader)
    {
        if (reader.Role is not { } role)
            return Html.Empty;
        bool isSession = reader.Name == SessionAccess.LinkName || reader.SessionId.Length > 0;
        return $"""
            <footer>
            <p><a href="{TeamAddresses.Me}">{Html.Isolated(NameOf(reader))}</a> · {TokenWords.Role(reader, role)}</p>
            <p>{reader.Say("Times in")} {reader.Zone.Id.Replace('_', ' ')}</p>
            <p class="keys-button" hidden><button type="button" class="plain" data-keys>{reader.Say("Keys")} (?)</button></p>
            {(isSession ? SignOut(reader) : Html.Empty)}
            </footer>
            """;
    }

    /// <summary>What the keys do, opened by the script; whom single keys disturb turns them off there.</summary>
    private static Html Keys(Reader reader)
    {
        if (reader.Role is null)
            return Html.Empty;
        (string Key, string What)[] keys =
        [
            ("j", reader.Say("the next row")),
            ("k", reader.Say("the row before")),
            ("Enter", reader.Say("open the row")),
            ("x", reader.Say("tick the row")),
            ("n", reader.Say("the next account of the list")),
            ("p", reader.Say("the account before")),
            ("/", reader.Say("search accounts")),
            ("?", reader.Say("this list")),
        ];
        return $"""
            <dialog id="keys" aria-labelledby="keys-title"><p id="keys-title">{reader.Say("Keys")}</p>
            <dl>{keys.Select(key => Html.Of($"<div><dt><kbd>{key.Key}</kbd></dt><dd>{key.What}</dd></div>"))}</dl>
            <form method="dialog"><label class="check"><input type="checkbox" id="keys-on" checked><span>{reader.Say(
                "Single keys act in this browser")}</span></label>
            <button type="submit">{reader.Say("Close the list")}</button></form></dialog>
            """;
    }

    private static string NameOf(Reader reader) =>
        reader.Name == SessionAccess.LinkName ? reader.Say("Signed in by link") : reader.Team.NameOf(reader.Name);

    private static Html SignOut(Reader reader) =>
        Form.Post(reader, "/signout", $"""<button type="submit" class="plain">{reader.Say("Sign out")}</button>""");
}
