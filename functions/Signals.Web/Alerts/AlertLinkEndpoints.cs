using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Links;
using Signals.Core.Response.Outreach;

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
                (
                    HttpContext context,
                    string token,
                    AlertTokens tokens,
                    AlertBook book,
                    TeamCalendars calendars,
                    ValueModel model,
                    TimeProvider clock
                ) => AnswerAsync(context, tokens.Verify(token, clock.GetUtcNow()), book, calendars, model, clock, acts: false)
            )
            .ExcludeFromDescription();
        routes
            .MapPost(
                "/answer/{token}",
                (
                    HttpContext context,
                    string token,
                    AlertTokens tokens,
                    AlertBook book,
                    TeamCalendars calendars,
                    ValueModel model,
                    TimeProvider clock
                ) => AnswerAsync(context, tokens.Verify(token, clock.GetUtcNow()), book, calendars, model, clock, acts: true)
            )
            .ExcludeFromDescription();
        return routes;
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        AlertToken? token,
        AlertBook book,
        TeamCalendars calendars,
        ValueModel model,
        TimeProvider clock,
        bool acts
    )
    {
        var words = new AlertLinkWords(Language.Of(model.TeamLocale));
        CustomerPage.SetHeaders(context, words.Language);
        try
        {
            if (
                token is null
                || AlertId.Parse(token.AlertId) is not { } id
                || await book.GetAsync(id, context.RequestAborted) is not { } alert
            )
                return words.Gone();
            if (!alert.Stands)
                return words.Over(alert.AccountName);
            if (!acts)
                return words.Ask(token.Answer, alert.AccountName);
            var change = token.Answer switch
            {
                AlertLinkAnswer.Acknowledge => await book.AcknowledgeAsync(id, token.By, null, context.RequestAborted),
                AlertLinkAnswer.Snooze => await book.SnoozeAsync(
                    id,
                    token.By,
                    WorkingTime.After(clock.GetUtcNow(), SnoozeHours, calendars.Of(token.By).Work),
                    null,
                    context.RequestAborted
                ),
                _ => await book.ResolveAsync(id, token.By, AlertReasons.FalseAlarm, null, context.RequestAborted),
            };
            return change.Status switch
            {
                AlertChangeStatus.Changed or AlertChangeStatus.Unchanged => words.Done(token.Answer, alert.AccountName),
                AlertChangeStatus.Refused => words.Over(alert.AccountName),
                _ => words.Gone(),
            };
        }
        catch (TransientStoreException fault)
        {
            int seconds = (int)Math.Ceiling((fault.RetryAfter ?? TimeSpan.FromSeconds(30)).TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString();
            return words.Later();
        }
    }

    /// <summary>Hours of working days: on Friday "tomorrow" is Monday.</summary>
    private const double SnoozeHours = 24;
}
