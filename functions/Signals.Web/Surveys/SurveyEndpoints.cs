using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Surveys;
using Signals.Web.Languages;

namespace Signals.Web.Surveys;

/// <summary>
/// The links of a survey's mail. GET and HEAD show the answer that the link named, to be confirmed, and change nothing, because mail
/// scanners follow links; POST answers, from the page's form. Until it is over a link may be used again: the last answer counts.
/// </summary>
internal static class SurveyEndpoints
{
    /// <summary>A comment of any script, escaped as a form does it, and the score.</summary>
    private const int MaxBodyBytes = 8 * 1024;

    /// <summary>Maps <c>/survey/{token}</c>.</summary>
    public static IEndpointRouteBuilder MapSurveys(this IEndpointRouteBuilder routes)
    {
        routes
            .MapMethods(
                "/survey/{token}",
                [HttpMethods.Get, HttpMethods.Head],
                (HttpContext context, string token, SurveyDesk desk, ValueModel model) => ShowAsync(context, token, desk, model)
            )
            .ExcludeFromDescription();
        routes
            .MapPost(
                "/survey/{token}",
                (HttpContext context, string token, SurveyDesk desk, ValueModel model) => AnswerAsync(context, token, desk, model)
            )
            .ExcludeFromDescription();
        return routes;
    }

    private static Task<IResult> ShowAsync(HttpContext context, string token, SurveyDesk desk, ValueModel model) =>
        WithSurveyAsync(
            context,
            token,
            desk,
            model,
            (page, asked) => Task.FromResult(page.Ask(asked, ScoreOf(context.Request.Query[SurveyPage.ScoreField])))
        );

    private static Task<IResult> AnswerAsync(HttpContext context, string token, SurveyDesk desk, ValueModel model) =>
        WithSurveyAsync(
            context,
            token,
            desk,
            model,
            async (page, asked) =>
            {
                var (score, comment) = await FormAsync(context);
                if (score is null)
                    return page.AskAgain(asked, score, comment);
                return await desk.AnswerAsync(asked, score.Value, comment, context.RequestAborted) switch
                {
                    SurveyOutcome.Taken => page.Done(),
                    SurveyOutcome.TooOften => page.Stands(),
                    SurveyOutcome.Invalid => page.AskAgain(asked, score, comment),
                    _ => page.Gone(),
                };
            }
        );

    private static async Task<IResult> WithSurveyAsync(
        HttpContext context,
        string token,
        SurveyDesk desk,
        ValueModel model,
        Func<SurveyPage, AskedSurvey, Task<IResult>> answer
    )
    {
        var page = new SurveyPage(AcceptedLanguage.OfCustomer(context.Request.Headers.AcceptLanguage));
        CustomerPage.SetHeaders(context, page.Language);
        try
        {
            if (await desk.FindAsync(token, context.RequestAborted) is not { } asked)
                return page.Gone();
            // Who got a mail in French reads on in French.
            page = new SurveyPage(Language.Of(MessageLanguages.For(asked.Stored.Record.Locale, model.Locales)));
            CustomerPage.SetHeaders(context, page.Language);
            return await answer(page, asked);
        }
        catch (TransientStoreException fault)
        {
            CustomerPage.SetRetryAfter(context, fault);
            return page.Later();
        }
    }

    /// <summary>What the page's form says; no score where it is none of that page.</summary>
    private static async Task<(int? Score, string Comment)> FormAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBodyBytes;
        if (!context.Request.HasFormContentType || context.Request.ContentLength > MaxBodyBytes)
            return (null, "");
        try
        {
            var form = await context.Request.ReadFormAsync(
                new FormOptions
                {
                    BufferBodyLengthLimit = MaxBodyBytes,
                    MultipartBodyLengthLimit = MaxBodyBytes,
                    ValueCountLimit = 8,
                    KeyLengthLimit = 64,
                    ValueLengthLimit = MaxBodyBytes,
                },
                context.RequestAborted
            );
            // Browsers send line ends as two characters and count them as one.
            string comment = form[SurveyPage.CommentField].ToString().ReplaceLineEndings("\n");
            return (ScoreOf(form[SurveyPage.ScoreField]), comment);
        }
        catch (Exception fault)
            when (fault is InvalidDataException or IOException or BadHttpRequestException or NotSupportedException or ArgumentException)
        {
            return (null, "");
        }
    }

    private static int? ScoreOf(string? text) =>
        text is { Length: 1 or 2 } && int.TryParse(text, out int score) && score >= 0 ? score : null;
}
