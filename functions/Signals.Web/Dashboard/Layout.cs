using Microsoft.AspNetCore.Http;
using Signals.Core.Model;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard;

/// <summary>What surrounds every page: head, navigation, the notice of a form just sent, and who is signed in.</summary>
internal sealed class Layout(ValueModel model, Assets assets)
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly Html Mark = Html.Of(
        $"""<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><path d="M2 13h4l3-8 5 15 3-7h5" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>""");

    /// <summary>Answers with a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">What is shown.</param>
    /// <param name="reader">To whom.</param>
    /// <param name="section">The navigation's entry that it belongs to, or null.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="notice">What a form did just now, or null.</param>
    public Task WriteAsync(
        HttpContext context, DashboardPage page, Reader reader, string? section = null, int status = StatusCodes.Status200OK, Notice? notice = null)
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
        return context.Response.WriteAsync(ToMarkup(page, reader, section, notice), context.RequestAborted);
    }

    private string ToMarkup(DashboardPage page, Reader reader, string? section, Notice? notice)
    {
        var refresh = page.GoesTo is null ? Html.Empty : Html.Of($"<meta http-equiv=\"refresh\" content=\"0;url={page.GoesTo}\">");
        var head = Html.Of(
            $"""
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            {refresh}
            <title>{page.Title} – {model.Product} · Signals</title>
            <link rel="icon" href="{assets.Icon}" type="image/svg+xml">
            <link rel="stylesheet" href="{assets.Style}">
            <script src="{assets.Script}" defer></script>
            """);
        string body = reader.Role is null ? "bare" : "framed";
        string refreshes = page.Refreshes ? "yes" : "no";
        return $"<!doctype html>\n<html lang=\"{reader.Language}\">\n<head>\n{head}\n</head>\n<body class=\"{body}\" data-refreshes=\"{refreshes}\">\n{Body(page, reader, section, notice)}\n</body>\n</html>\n";
    }

    private Html Body(DashboardPage page, Reader reader, string? section, Notice? notice) => Html.Of(
        $"""
        <a class="skip" href="#content">{reader.Say("Skip to the content", "Aller au contenu")}</a>
        <header class="rail">
        <a class="home" href="/">{Mark}<span class="brand">Signals</span> <span class="product">{Html.Isolated(model.Product)}</span></a>
        {Navigation(reader, section)}
        </header>
        <main id="content" tabindex="-1">
        {Told(notice)}
        {page.Body}
        </main>
        {Footer(reader)}
        """);

    private static Html Navigation(Reader reader, string? section)
    {
        if (reader.Role is null)
            return Html.Empty;
        var entries = DashboardRoutes.Pages.Where(route => route.Label is not null).Select(route =>
        {
            string label = reader.Say(route.Label!.Value.English, route.Label.Value.French);
            return route.Path == section
                ? Html.Of($"<li><a href=\"{route.Path}\" aria-current=\"page\">{label}</a></li>")
                : Html.Of($"<li><a href=\"{route.Path}\">{label}</a></li>");
        });
        return Html.Of($"<nav class=\"main\" aria-label=\"{reader.Say("Pages", "Pages")}\"><ul>{entries}</ul></nav>");
    }

    private static Html Told(Notice? notice) => notice is null ? Html.Empty
        : notice.IsProblem ? Html.Of($"<p class=\"notice problem\" role=\"alert\">{notice.Text}</p>")
        : Html.Of($"<p class=\"notice\" role=\"status\">{notice.Text}</p>");

    private static Html Footer(Reader reader)
    {
        if (reader.Role is not { } role)
            return Html.Empty;
        string who = reader.Name == SessionAccess.LinkName ? reader.Say("Signed in by link", "Connexion par lien") : reader.Name;
        var leave = reader.Name == SessionAccess.LinkName
            ? Form.Post(reader, "/signout", Html.Of($"<button type=\"submit\" class=\"plain\">{reader.Say("Sign out", "Se déconnecter")}</button>"))
            : Html.Empty;
        return Html.Of(
            $"""
            <footer>
            <p>{Html.Isolated(who)} · {RoleName(reader, role)}</p>
            <p>{reader.Say("Times in", "Heures de")} {reader.Zone.Id.Replace('_', ' ')}</p>
            {leave}
            </footer>
            """);
    }

    private static string RoleName(Reader reader, DashboardRole role) => role switch
    {
        DashboardRole.Admin => reader.Say("Admin", "Administration"),
        DashboardRole.Manager => reader.Say("Manager", "Gestion"),
        _ => reader.Say("Reader", "Lecture"),
    };
}
