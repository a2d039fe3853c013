using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Delivery;
using Signals.Core.Response.Links;
using Signals.Web.Webhooks;

namespace Signals.Web.Alerts;

/// <summary>
/// <c>POST /webhooks/slack</c>: clicks on the buttons of alerts in Slack. Only what Slack signed within five minutes is read, and once; the
/// answer is that of the button's own signed token, in the name of who clicked.
/// </summary>
internal sealed class SlackActions(
    SlackSignature signature,
    SeenPosts seen,
    AlertTokens tokens,
    AlertLinkAnswers answers,
    ISlackReplies replies,
    ValueModel model,
    TimeProvider clock,
    ILogger<SlackActions> logger
)
{
    private static readonly SignedPosts Posts = new(
        "Slack",
        // A post holds the message that it is about, a few thousand characters, written for forms.
        maxBodyBytes: 256 * 1024,
        closed: "No signing secret is set, so Slack's clicks are not taken here.",
        malformed: "The post is not one of Slack's clicks",
        busy: "The store is busy; the same button will work in a moment."
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/webhooks/slack",
                (HttpContext context) => context.RequestServices.GetRequiredService<SlackActions>().HandleAsync(context)
            )
            .ExcludeFromDescription();

    private Task HandleAsync(HttpContext context) =>
        Posts.HandleAsync(
            context,
            signature.IsConfigured,
            body => RefusalAsync(context.Request, body, context.RequestAborted),
            body => AnswerAsync(SlackPayload.Read(body.Span), context.RequestAborted),
            logger
        );

    private async Task<string?> RefusalAsync(HttpRequest request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        string? stamp = request.Headers[SlackSignature.TimestampHeader];
        var (signedAt, refusal) = signature.Verify(request.Headers[SlackSignature.SignatureHeader], stamp, body.Span, clock.GetUtcNow());
        if (refusal is not null)
            return refusal;
        // Slack posts a click once: a person who gets no answer clicks again, which is another post.
        string post = SeenPosts.KeyOf([.. Encoding.UTF8.GetBytes($"slack:{stamp}:"), .. body.Span]);
        return await seen.ClaimAsync(post, signedAt, cancellationToken) ? null : "The post was taken before.";
    }

    /// <summary>What is no click on a button of an alert is taken and passed over, as Slack expects.</summary>
    private async Task AnswerAsync(SlackPayload payload, CancellationToken cancellationToken)
    {
        if (payload.Type != "block_actions" || AnswerOf(payload.ActionId) is not { } answer)
            return;
        var token = tokens.Verify(payload.Value, clock.GetUtcNow());
        if (token?.Answer != answer || await answers.AlertOfAsync(token, cancellationToken) is not { } alert)
        {
            await ReplyAsync(payload, Say($"This button does not work any more"), ends: true, cancellationToken);
            return;
        }
        var change = await answers.GiveAsync(token, payload.By, cancellationToken);
        bool isTaken = change.Status is AlertChangeStatus.Changed or AlertChangeStatus.Unchanged;
        await ReplyAsync(
            payload,
            isTaken ? Done(answer, $"<@{payload.UserId}>") : Say($"{ChatText.Slack(alert.AccountName)}: this alert is over"),
            ends: !isTaken || answer == AlertLinkAnswer.Resolve,
            cancellationToken
        );
    }

    private static AlertLinkAnswer? AnswerOf(string? actionId)
    {
        foreach (var answer in Enum.GetValues<AlertLinkAnswer>())
        {
            if (SlackMessage.ActionOf(answer) == actionId)
                return answer;
        }
        return null;
    }

    /// <summary>
    /// The same message with a line that says how it was answered, in the place of an earlier one; without buttons where nothing is left to
    /// answer.
    /// </summary>
    private async Task ReplyAsync(SlackPayload payload, string said, bool ends, CancellationToken cancellationToken)
    {
        if (!SlackReplies.IsSlack(payload.ResponseUrl))
            return;
        var blocks = new JsonArray();
        JsonObject? buttons = null;
        foreach (var block in (payload.Blocks ?? []).OfType<JsonObject>())
        {
            // A message that is changed has blocks of other ids.
            var copy = block.DeepClone().AsObject();
            copy.Remove("block_id");
            switch (SlackPayload.Text(copy, "type"))
            {
                case "section":
                    blocks.Add(copy);
                    break;
                case "actions":
                    buttons = copy;
                    break;
            }
        }
        blocks.Add(
            new JsonObject { ["type"] = "context", ["elements"] = new JsonArray(new JsonObject { ["type"] = "mrkdwn", ["text"] = said }) }
        );
        if (!ends && buttons is not null)
            blocks.Add(buttons);
        var reply = new JsonObject
        {
            ["replace_original"] = true,
            ["text"] = said,
            ["blocks"] = blocks,
        };
        await replies.PostAsync(payload.ResponseUrl!, Encoding.UTF8.GetBytes(reply.ToJsonString()), cancellationToken);
    }

    private string Done(AlertLinkAnswer answer, string who) =>
        answer switch
        {
            AlertLinkAnswer.Acknowledge => Say($"{who} is on it"),
            AlertLinkAnswer.Snooze => Say($"{who} asked to be reminded on the next working day"),
            _ => Say($"{who} sees no risk"),
        };

    private string Say([English] PhraseText text) => Phrase.Of(text).In(Language.Of(model.TeamLocale));
}

public static class SlackActionsExtensions
{
    /// <summary>Puts buttons into alerts in Slack, and takes the clicks that Slack signs with that secret; null does neither.</summary>
    public static IServiceCollection AddSlackActions(this IServiceCollection services, string? signingSecret) =>
        services.AddSingleton(new SlackSignature(signingSecret));
}
