using System.Text.Json.Nodes;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Webhooks;

namespace Signals.Core.Response.Problems;

/// <summary>What other systems are told of a problem: pure, from what was before and what is now.</summary>
public static class ProblemNews
{
    /// <summary>Of the accounts behind it so many are told, those that pay most.</summary>
    public const int MaxAccounts = 10;

    /// <summary>What became of a problem; nothing for a change of words or of who is at work on it.</summary>
    /// <param name="before">The problem as it was; null for one that was never handed over.</param>
    /// <param name="after">As it is.</param>
    /// <param name="accounts">The accounts behind it, where it is handed over.</param>
    /// <param name="model">Names what it is about.</param>
    /// <param name="root">Where this app is reached, without a slash at its end.</param>
    /// <param name="now">When it changed.</param>
    public static IEnumerable<WebhookEvent> Of(
        Problem? before,
        Problem after,
        IReadOnlyList<ProblemAccount> accounts,
        ValueModel model,
        string root,
        DateTimeOffset now
    )
    {
        bool wasSolved = before is null or { State: ProblemState.Solved };
        string? type =
            wasSolved && after.State != ProblemState.Solved ? WebhookEvents.ProblemHandedOver
            : !wasSolved && after.State == ProblemState.Solved ? WebhookEvents.ProblemSolved
            : null;
        if (type is null)
            yield break;
        var data = new JsonObject { ["problem"] = ProblemOf(after, model, root) };
        if (accounts.Count > 0)
            data["accounts"] = new JsonArray([
                .. accounts
                    .OrderByDescending(account => account.Price)
                    .ThenBy(account => account.Id, StringComparer.Ordinal)
                    .Take(MaxAccounts)
                    .Select(account => AccountOf(account, model)),
            ]);
        yield return new WebhookEvent(type, now, "", data);
    }

    /// <summary>The page of a problem on the dashboard, from its root.</summary>
    public static string PathOf(string id) => "/problems/" + id;

    private static JsonObject ProblemOf(Problem problem, ValueModel model, string root) =>
        new()
        {
            ["id"] = problem.Id,
            ["cause"] = problem.Cause,
            ["detail"] = problem.Detail,
            ["name"] = NameOf(problem, model),
            ["state"] = problem.State.Name(),
            ["note"] = problem.Note.Length == 0 ? null : problem.Note,
            ["link"] = problem.Link,
            ["by"] = problem.ChangedBy,
            ["accounts"] = problem.Then.Accounts,
            ["atRisk"] = problem.Then.AtRisk,
            ["people"] = problem.Then.People,
            ["price"] = problem.Then.Price,
            ["url"] = root + PathOf(problem.Id),
        };

    private static JsonObject AccountOf(ProblemAccount account, ValueModel model) =>
        new()
        {
            ["id"] = account.Id,
            ["name"] = account.Name,
            ["price"] = account.Price,
            ["evidence"] = account.Evidence.In(Language.Of(model.TeamLocale)),
        };

    private static string NameOf(Problem problem, ValueModel model)
    {
        var language = Language.Of(model.TeamLocale);
        string name = CauseNames.Of(problem.Cause).In(language);
        var about =
            model.Onboarding.FirstOrDefault(step => step.Id == problem.Detail)?.Name
            ?? model.FeatureOf(problem.Detail)?.Name
            ?? model.Friction.FirstOrDefault(kind => kind.Id == problem.Detail)?.Name;
        return problem.Detail is null ? name : $"{name}: {about?.In(language.Code) ?? problem.Detail}";
    }
}

/// <summary>What a state is called outside the code.</summary>
public static class ProblemStates
{
    /// <summary>Every state with the name that webhooks, forms and the audit trail know it by.</summary>
    public static readonly IReadOnlyList<(ProblemState State, string Name)> All =
    [
        (ProblemState.HandedOver, "handed-over"),
        (ProblemState.InWork, "in-work"),
        (ProblemState.Solved, "solved"),
    ];

    public static string Name(this ProblemState state) => All.First(known => known.State == state).Name;
}
