using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Signals.Core.Response.ValueReports;
using Signals.Web.Dashboard;

namespace Signals.Web.ValueReports;

/// <summary>The page that a customer reads by a link, and prints: no script, no image, nothing from elsewhere.</summary>
internal static class ReportPage
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1c2430;--quiet:#56606e;--line:#d6dbe2;--accent:#0b5d45;--page:#fff}
        @media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--quiet:#aab3c0;--line:#39424f;--accent:#7fd6b4;--page:#12161d}}
        body{margin:0;padding:6vh 24px;font:17px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        body{background:var(--page);color:var(--ink)}
        main{max-width:46rem;margin:0 auto;overflow-wrap:anywhere}
        h1{font-size:1.9rem;line-height:1.25;margin:0}
        h2{font-size:1.2rem;color:var(--accent);margin:2.2rem 0 .5rem}
        p{margin:0 0 1rem}
        .under,.quiet{color:var(--quiet)}
        .quiet{font-size:.9rem;font-weight:400;display:block}
        blockquote{margin:0 0 1rem;padding-left:1rem;border-left:3px solid var(--accent);font-weight:600}
        dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));gap:1rem 2rem;margin:0 0 1rem}
        dt{color:var(--quiet);font-size:.9rem}
        dd{margin:0;font-size:1.5rem;font-weight:650;line-height:1.3}
        ul{padding-left:1.2rem;margin:0 0 1rem}
        li{margin-bottom:.6rem}
        .about,li a{display:block}
        a{color:var(--accent)}
        table{width:100%;border-collapse:collapse;margin:0 0 1rem}
        th,td{text-align:left;padding:.45rem .6rem .45rem 0;border-bottom:1px solid var(--line);font-weight:400}
        thead th{color:var(--quiet);font-size:.9rem}
        .number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .save{display:inline-block;margin:0 0 2rem}
        @page{size:A4;margin:18mm}
        @media print{body{padding:0;font-size:11pt;color:#000;background:#fff}.save{display:none}}
        @media print{h2{break-after:avoid}li,tr,dl div{break-inside:avoid}}
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>What no cache, frame, search engine or other site is to do with it.</summary>
    public static void SetHeaders(HttpContext context, string language)
    {
        CustomerPage.SetHeaders(context, language);
        context.Response.Headers.ContentSecurityPolicy = Policy;
    }

    public static IResult Of(Reader reader, ValueReport report, string? pdf)
    {
        string title = ReportText.TitleOf(reader, report);
        Html save = pdf is null ? Html.Empty : $"""<a class="save" href="{pdf}">{reader.Say("Save as PDF")}</a>""";
        return CustomerPage.Document(
            reader.Language,
            StatusCodes.Status200OK,
            title,
            Style,
            $"<main>{save}{ReportHtml.Of(ReportText.Of(reader, report), level: 1)}</main>"
        );
    }
}
