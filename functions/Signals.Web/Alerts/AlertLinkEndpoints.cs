using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Links;

namespace Signals.Web.Alerts;

/// <summary>
/// The links of an alert's mail that answer it. GET and HEAD show what would be answered and change nothing, because mail scanners follow
/// links; POST acts, from the page's form, in the name of whom the mail went to. Answering the same again changes nothing.
/// </summary>
internal static class AlertLinkEndpoints
{
    /// <summary>Maps <c>/answer/{token}</c>.</summary>
    public static IEndpointRouteBuilder MapAlertLinks(this IEndpointRouteBuilder routes)
    {
        routes
            .MapMethods(
                "/answer/{token}",
                [HttpMethods.Get, HttpMethods.Head],
                (HttpContext context, string token, AlertTokens tokens, AlertLinkAnswers answers, ValueModel model, TimeProvider clock) =>
                    AnswerAsync(context, tokens.Verify(token, clock.GetUtcNow()), answers, model, acts: false)
            )
            .ExcludeFromDescription();
        routes
            .MapPost(
                "/answer/{token}",
                (HttpContext context, string token, AlertTokens tokens, AlertLinkAnswers answers, ValueModel model, TimeProvider clock) =>
                    AnswerAsync(context, tokens.Verify(token, clock.GetUtcNow()), answers, model, acts: true)
            )
            .ExcludeFromDescription();
        return routes;
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        AlertToken? token,
        AlertLinkAnswers answers,
        ValueModel model,
        bool acts
    )
    {
        var words = new AlertLinkWords(Language.Of(model.TeamLocale));
        CustomerPage.SetHeaders(context, words.Language);
        try
        {
            if (await answers.AlertOfAsync(token, context.RequestAborted) is not { } alert)
                return words.Gone();
            if (!alert.Stands)
                return words.Over(alert.AccountName);
            if (!acts)
                return words.Ask(token!.Answer, alert.AccountName);
            var change = await answers.GiveAsync(token!, token!.By, context.RequestAborted);
            return change.Status switch
            {
                AlertChangeStatus.Changed or AlertChangeStatus.Unchanged => words.Done(token.Answer, alert.AccountName),
                AlertChangeStatus.Refused => words.Over(alert.AccountName),
                _ => words.Gone(),
            };
        }
        catch (TransientStoreException fault)
        {
            CustomerPage.SetRetryAfter(context, fault);
            return words.Later();
        }
    }
}
