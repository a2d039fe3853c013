using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Links;
using Signals.Core.Response.ValueReports;
using Signals.Core.State.Identity;
using Signals.Web.Dashboard;
using Signals.Web.Languages;

namespace Signals.Web.ValueReports;

/// <summary>
/// The link by which a customer reads their value report: <c>/reports/{token}</c>, and the same as a PDF. It shows what a person approved,
/// until it ends or is withdrawn.
/// </summary>
internal static class ReportEndpoints
{
    public static IEndpointRouteBuilder MapReports(this IEndpointRouteBuilder routes)
    {
        routes
            .MapMethods(
                "/reports/{token}",
                [HttpMethods.Get, HttpMethods.Head],
                (HttpContext context, string token, ReportTokens tokens, ReportBook book, ValueModel model, TimeProvider clock) =>
                    AnswerAsync(context, token, tokens, book, model, clock, asPdf: false)
            )
            .ExcludeFromDescription();
        routes
            .MapMethods(
                "/reports/{token}/pdf",
                [HttpMethods.Get, HttpMethods.Head],
                (HttpContext context, string token, ReportTokens tokens, ReportBook book, ValueModel model, TimeProvider clock) =>
                    AnswerAsync(context, token, tokens, book, model, clock, asPdf: true)
            )
            .ExcludeFromDescription();
        return routes;
    }

    /// <summary>Who reads a report: its language decides, whatever their browser's.</summary>
    public static Reader ReaderOf(ValueReport report, ValueModel model, DateTimeOffset now) =>
        new()
        {
            Language = report.Language,
            Zone = model.TimeZone,
            Currency = model.Currency,
            Now = now,
        };

    /// <summary>The PDF; only where <see cref="ReportFonts.Exist"/>.</summary>
    public static byte[] PdfOf(Reader reader, ValueReport report) =>
        ReportPdf.Of(
            ReportText.TitleOf(reader, report),
            report.Language,
            ReportText.Of(reader, report),
            $"{report.Product} · {report.Customer}"
        );

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        string token,
        ReportTokens tokens,
        ReportBook book,
        ValueModel model,
        TimeProvider clock,
        bool asPdf
    )
    {
        var now = clock.GetUtcNow();
        try
        {
            if (
                tokens.Verify(token, now) is not { } link
                || await book.FindAsync(new AccountKey(link.Account), link.Report, context.RequestAborted) is not { } approved
                || approved.Ends <= now
                || (asPdf && !ReportFonts.Exist)
            )
                return Gone(context);
            var reader = ReaderOf(approved.Report, model, now);
            ReportPage.SetHeaders(context, reader.Language);
            if (!asPdf)
                return ReportPage.Of(reader, approved.Report, ReportFonts.Exist ? $"/reports/{token}/pdf" : null);
            return Results.File(PdfOf(reader, approved.Report), "application/pdf", $"{model.Product} {approved.Report.Quarter}.pdf");
        }
        catch (TransientStoreException fault)
        {
            CustomerPage.SetRetryAfter(context, fault);
            return Later(context);
        }
    }

    private static IResult Gone(HttpContext context)
    {
        var language = Begin(context);
        return Answer(
            language,
            StatusCodes.Status404NotFound,
            language.Text("This link does not work any more"),
            language.Text("Its time is over, or it was taken back. Ask whoever sent it for a new link.")
        );
    }

    private static IResult Later(HttpContext context)
    {
        var language = Begin(context);
        return Answer(
            language,
            StatusCodes.Status503ServiceUnavailable,
            language.Text("Please try again in a minute"),
            language.Text("The report could not be read just now. The same link will work in a moment.")
        );
    }

    private static Language Begin(HttpContext context)
    {
        var language = AcceptedLanguage.OfTeam(context.Request.Headers.AcceptLanguage);
        CustomerPage.SetHeaders(context, language.Code);
        return language;
    }

    private static IResult Answer(Language language, int status, string title, string text) =>
        CustomerPage.Of(language.Code, status, title, $"<p>{text}</p>", Html.Empty);
}
