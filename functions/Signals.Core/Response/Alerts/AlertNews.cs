using System.Text.Json.Nodes;
using Signals.Core.Model;
using Signals.Core.Response.Webhooks;

namespace Signals.Core.Response.Alerts;

/// <summary>What other systems are told of an alert: pure, from what was before and what is now.</summary>
public static class AlertNews
{
    /// <summary>What became of an alert.</summary>
    public static IEnumerable<WebhookEvent> Of(Alert? before, Alert after, DateTimeOffset now)
    {
        string? type =
            before is null || before.Id != after.Id ? WebhookEvents.AlertOpened
            : before.State != after.State
                ? after.State switch
                {
                    AlertState.Acknowledged => WebhookEvents.AlertAcknowledged,
                    AlertState.Snoozed => WebhookEvents.AlertSnoozed,
                    AlertState.Resolved => WebhookEvents.AlertResolved,
                    _ => before.WorseAt != after.WorseAt ? WebhookEvents.AlertWorsened : WebhookEvents.AlertReopened,
                }
            : before.WorseAt != after.WorseAt ? WebhookEvents.AlertWorsened
            : null;
        if (type is not null)
            yield return WebhookEvent.Of(type, now, after.AccountId, AccountOf(after), ("alert", AlertOf(after)));
    }

    private static JsonObject AccountOf(Alert alert) =>
        new()
        {
            ["id"] = alert.AccountId,
            ["name"] = alert.AccountName,
            ["plan"] = alert.Plan,
            ["price"] = alert.Price,
            ["csm"] = alert.Csm,
        };

    private static JsonObject AlertOf(Alert alert) =>
        new()
        {
            ["id"] = alert.Id,
            ["level"] = alert.Level.Name(),
            ["score"] = alert.Score,
            ["causes"] = new JsonArray([.. alert.Causes.Select(cause => JsonValue.Create(cause.Id))]),
            ["by"] = alert.Answer?.By,
            ["reason"] = alert.Answer?.Reason,
            ["until"] = alert.SnoozedUntil,
        };
}
