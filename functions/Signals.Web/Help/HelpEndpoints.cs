using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Help;
using Signals.Core.Processing.Surveys;
using Signals.Core.Response.Links;
using Signals.Core.Response.Outreach;
using Signals.Web.Api;
using Signals.Web.Ingestion;
using Signals.Web.Security;

namespace Signals.Web.Help;

/// <summary>
/// Help inside the product: <c>GET /v1/help?userId=</c>, <c>POST /v1/help/{id}</c> and the script. The product's server vouches for the
/// person by a token (<see cref="HelpTokens"/>), which is looked at before anything is read.
/// </summary>
internal sealed class HelpEndpoints(HelpDesk desk, SurveyDesk surveys, HelpTokens tokens, ValueModel model, TimeProvider clock)
{
    private const int MaxBodyBytes = 4 * 1024;
    private const int MaxUserIdChars = 256;

    /// <summary>No survey's scale goes further.</summary>
    private const int MaxScore = 10;

    private static readonly TimeSpan UsualRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>What is said of a survey with a score.</summary>
    private const string Answered = "answered";

    private static readonly Dictionary<string, CardAnswer> Answers = new(StringComparer.Ordinal)
    {
        ["seen"] = CardAnswer.Seen,
        ["done"] = CardAnswer.Done,
        ["dismissed"] = CardAnswer.Dismissed,
    };

    public static IEndpointRouteBuilder Map(IEndpointRouteBuilder routes)
    {
        var help = routes.ServiceProvider.GetRequiredService<HelpEndpoints>();
        routes.MapGet("/v1/help", Answering(help.ShowAsync)).ExcludeFromDescription();
        routes.MapPost("/v1/help/{id}", Answering(help.AnswerAsync)).ExcludeFromDescription();
        foreach (string path in (string[])["/v1/help", "/v1/help/{id}"])
            routes.MapMethods(path, [HttpMethods.Options], (RequestDelegate)CrossOrigin.AnswerPreflightAsync).ExcludeFromDescription();
        routes
            .MapMethods("/v1/help.js", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)HelpScript.AnswerAsync)
            .ExcludeFromDescription();
        return routes;
    }

    private async Task ShowAsync(HttpContext context)
    {
        string? userId = context.Request.Query["userId"];
        if (!await IsVouchedForAsync(context, userId))
            return;
        var (card, checklist) = await desk.OfAsync(userId!, context.RequestAborted);
        var view = new HelpView(
            card is { Words: { } words } ? HelpCardView.Of(card, words) : null,
            card is { Words.Locale: { } locale } ? HelpWords.In(Language.Of(locale), model.Product) : null,
            ChecklistView.Of(checklist, model)
        );
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(view, HelpViewJson.Default.HelpView);
        var headers = context.Response.Headers;
        // Asked anew each time, by a tag: what helps now may not help in a minute.
        headers.CacheControl = "private, no-cache";
        headers.Vary = "Authorization";
        if (HelpScript.IsKnown(context, HelpScript.TagOf(json)))
            return;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        HelpAnswerBody? body;
        try
        {
            using var bytes = await RequestBody.ReadAsync(context.Request, MaxBodyBytes, context.RequestAborted);
            body = JsonSerializer.Deserialize(bytes.Written.Span, HelpViewJson.Default.HelpAnswerBody);
        }
        catch (JsonException)
        {
            body = null;
        }
        if (!await IsVouchedForAsync(context, body?.UserId))
            return;
        if (body?.Answer == Answered)
        {
            await AnswerSurveyAsync(context, body);
            return;
        }
        if (!Answers.TryGetValue(body?.Answer ?? "", out var answer))
        {
            string found = body?.Answer is { } other ? $"\"{Excerpt.Of(other, 40)}\"" : "nothing";
            await ApiProblem.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"answer: found {found}, expected one of {string.Join(", ", Answers.Keys.Append(Answered).Select(key => $"\"{key}\""))}."
            );
            return;
        }
        if (await desk.AnswerAsync(body!.UserId!, context.Route("id"), answer, context.RequestAborted))
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await ApiProblem.WriteAsync(context, StatusCodes.Status404NotFound, "This user has no such card: another took its place.");
    }

    private async Task AnswerSurveyAsync(HttpContext context, HelpAnswerBody body)
    {
        var outcome =
            body.Score is { } score and >= 0 and <= MaxScore && double.IsInteger(score)
                ? await surveys.AnswerCardAsync(body.UserId!, context.Route("id"), (int)score, body.Comment, context.RequestAborted)
                : SurveyOutcome.Invalid;
        switch (outcome)
        {
            case SurveyOutcome.Taken:
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case SurveyOutcome.Invalid:
                string found = body.Score?.ToString(CultureInfo.InvariantCulture) ?? "no score";
                await ApiProblem.WriteAsync(
                    context,
                    StatusCodes.Status400BadRequest,
                    $"score: found {found} and a comment of {body.Comment?.Length ?? 0} characters, expected a whole number on the "
                        + $"survey's scale and at most {SurveyDesk.MaxCommentChars} characters."
                );
                break;
            case SurveyOutcome.TooOften:
                await ApiProblem.WriteAsync(
                    context,
                    StatusCodes.Status409Conflict,
                    $"It was answered {SurveyAnswer.MostTimes} times: the last answer stands."
                );
                break;
            default:
                await ApiProblem.WriteAsync(
                    context,
                    StatusCodes.Status404NotFound,
                    "This user is asked no such thing: the card's time is over, or another took its place."
                );
                break;
        }
    }

    /// <summary>True when the token vouches for the user; else the answer says what is wrong with it.</summary>
    private async Task<bool> IsVouchedForAsync(HttpContext context, string? userId)
    {
        if (userId is not { Length: > 0 and <= MaxUserIdChars })
        {
            string found = string.IsNullOrEmpty(userId) ? "nothing" : $"{userId.Length} characters";
            await ApiProblem.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"userId: found {found}, expected the user's id of 1 to {MaxUserIdChars} characters."
            );
            return false;
        }
        if (Refusal(tokens.Check(Credentials.BearerToken(context.Request), userId, clock.GetUtcNow())) is not { } refusal)
            return true;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        await ApiProblem.WriteAsync(context, StatusCodes.Status401Unauthorized, refusal);
        return false;
    }

    private static string? Refusal(HelpTokenCheck check) =>
        check switch
        {
            HelpTokenCheck.Good => null,
            HelpTokenCheck.Malformed =>
                "Authorization: expected \"Bearer {expires}.{mac}\" as the product's server makes it (docs/in-product-help.md).",
            HelpTokenCheck.Expired => "The token has expired: ask the product's server for a new one.",
            HelpTokenCheck.TooLong => $"The token ends too late: expected at most {HelpTokens.LongestLife.TotalHours} hours from now.",
            _ => "The token is not for this user, or not signed with this key.",
        };

    /// <summary>
    /// Lets any site read the answer, which holds nothing without a token, and says when to come back while the store is away.
    /// </summary>
    private static RequestDelegate Answering(Func<HttpContext, Task> answer) =>
        async context =>
        {
            CrossOrigin.Allow(context);
            try
            {
                await answer(context);
            }
            catch (IngestionRefusal refusal)
            {
                await ApiProblem.WriteAsync(context, refusal.Status, refusal.Message);
            }
            catch (TransientStoreException fault)
            {
                double seconds = Math.Ceiling((fault.RetryAfter ?? UsualRetryAfter).TotalSeconds);
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                await ApiProblem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The store is busy; ask again in a moment.");
            }
        };
}
