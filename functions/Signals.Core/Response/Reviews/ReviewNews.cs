using System.Text.Json.Nodes;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;

namespace Signals.Core.Response.Reviews;

/// <summary>What other systems are told of a review: pure, from what was before and what is now.</summary>
public static class ReviewNews
{
    /// <summary>What a review changed.</summary>
    /// <param name="before">The review before; null for the first.</param>
    /// <param name="after">The review now.</param>
    /// <param name="facts">The account.</param>
    /// <param name="model">Its language is the team's.</param>
    public static IEnumerable<WebhookEvent> Of(AccountReview? before, AccountReview after, AccountFacts facts, ValueModel model)
    {
        var at = after.ReviewedAt;
        var account = AccountOf(facts);
        if (after.Left != (before?.Left ?? false))
            yield return WebhookEvent.Of(after.Left ? WebhookEvents.AccountLeft : WebhookEvents.AccountReturned, at, facts.Id, account);
        var (was, now) = (before?.Assessment ?? Assessment.Unknown, after.Assessment);
        if (was.Risk.Level != now.Risk.Level)
            yield return WebhookEvent.Of(
                WebhookEvents.RiskChanged,
                at,
                facts.Id,
                account,
                ("risk", RiskOf(now.Risk)),
                ("before", new JsonObject { ["level"] = was.Risk.Level.Name(), ["score"] = was.Risk.Score }),
                ("causes", new JsonArray([.. now.Causes.Select(cause => CauseOf(cause, model))]))
            );
        foreach (var found in now.Causes.ExceptBy(was.Causes.Select(KeyOf), KeyOf))
            yield return WebhookEvent.Of(WebhookEvents.CauseFound, at, facts.Id, account, ("cause", CauseOf(found, model)));
        foreach (var ended in was.Causes.ExceptBy(now.Causes.Select(KeyOf), KeyOf))
            yield return WebhookEvent.Of(WebhookEvents.CauseEnded, at, facts.Id, account, ("cause", CauseOf(ended, model)));
    }

    private static (string, string?) KeyOf(FoundCause cause) => (cause.Id, cause.Detail);

    private static JsonObject AccountOf(AccountFacts facts) =>
        new()
        {
            ["id"] = facts.Id,
            ["name"] = facts.Name,
            ["plan"] = facts.Plan,
            ["price"] = facts.Price,
            ["csm"] = facts.Csm,
        };

    private static JsonObject RiskOf(RiskAssessment risk) =>
        new()
        {
            ["level"] = risk.Level.Name(),
            ["score"] = risk.Score,
            ["chance"] = risk.Probability,
        };

    private static JsonObject CauseOf(FoundCause cause, ValueModel model) =>
        new()
        {
            ["id"] = cause.Id,
            ["detail"] = cause.Detail,
            ["confidence"] = Math.Round(cause.Confidence, 3),
            ["people"] = cause.Affected,
            ["evidence"] = new JsonArray([.. cause.Evidence.Select(line => JsonValue.Create(line.Text.In(Language.Of(model.TeamLocale))))]),
        };
}
