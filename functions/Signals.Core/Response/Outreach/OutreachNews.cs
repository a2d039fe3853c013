using System.Text.Json.Nodes;
using Signals.Core.Model;
using Signals.Core.Response.Webhooks;

namespace Signals.Core.Response.Outreach;

/// <summary>What other systems are told of messages to customers: pure, from what was before and what is now.</summary>
public static class OutreachNews
{
    /// <summary>What became of a message to a customer; nothing for what goes to the team.</summary>
    public static IEnumerable<WebhookEvent> Of(OutreachRecord before, OutreachRecord after, DateTimeOffset now)
    {
        if (after.Kind != OutreachKind.Message)
            yield break;
        if (after.State == OutreachState.Sent && before.State != OutreachState.Sent)
            yield return WebhookEvent.Of(
                WebhookEvents.MessageSent,
                after.SentAt ?? now,
                after.AccountId,
                AccountOf(after),
                ("message", MessageOf(after))
            );
        if (after.GoalReached == true && before.GoalReached != true && IsSent(after.State))
            yield return WebhookEvent.Of(WebhookEvents.GoalReached, now, after.AccountId, AccountOf(after), ("message", MessageOf(after)));
    }

    private static bool IsSent(OutreachState state) => state is OutreachState.Sent or OutreachState.Delivered or OutreachState.Uncertain;

    private static JsonObject AccountOf(OutreachRecord record) => new() { ["id"] = record.AccountId, ["name"] = record.AccountName };

    private static JsonObject MessageOf(OutreachRecord record) =>
        new()
        {
            ["id"] = record.Id,
            ["userId"] = record.PersonId,
            ["cause"] = record.Cause,
            ["detail"] = record.Detail,
            ["template"] = record.Template,
            ["channel"] = record.Channel,
        };
}
