using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Collection;
using Signals.Core.State.Histories;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Reviews;

/// <summary>What a review should have found, worked out from every person's row and nothing that a review left behind.</summary>
internal static class BruteForce
{
    public static async Task<(PeopleSummary People, Assessment Assessment)> AssessAsync(SignalsWorld world, string account, int? day = null)
    {
        var key = world.KeyOf(account);
        var state = (await world.AccountAsync(account))!;
        var people = new List<PersonState>();
        for (string? after = null; ; )
        {
            var page = await new AccountRows(world.Store).GetPeopleAsync(key, after, 100, TestContext.Current.CancellationToken);
            people.AddRange(page);
            if (page.Count < 100)
                break;
            after = page[^1].Key.Value;
        }
        int today = day ?? Days.Of(world.Clock.GetUtcNow());
        var history =
            key.IsGroup ? state.History
            : people.Count > 0 ? people[0].History
            : new History();
        var context = new AccountContext(
            state,
            AccountFacts.Of(state, world.Model),
            new UsageView(history, world.Model),
            world.Model,
            world.Get<KnownEvents>(),
            today
        )
        {
            Moment = world.Clock.GetUtcNow(),
        };
        var summary = PeopleSummary.None;
        var details = new Dictionary<string, PersonAssessment>();
        foreach (var person in people)
        {
            var assessment = PersonAssessor.Assess(ContextOf(person, context));
            details[person.Key.Value] = assessment;
            summary = summary.With(person.Key.Value, PersonFinding.None, assessment.Finding);
        }
        return (summary, AccountAssessor.Assess(context, summary, details, state.Review?.Assessment.Risk.Level ?? default));
    }

    public static PersonContext ContextOf(PersonState person, AccountContext account) =>
        new(person, new UsageView(person.History, account.Model), account);

    /// <summary>The counts of a summary, for comparing.</summary>
    public static string Say(PeopleSummary people) =>
        $"{people.Active} of {people.Reviewed} active; {string.Join(", ", people.Affected.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Value} {entry.Key}"))}";

    /// <summary>The level and causes of an assessment, for comparing: what time alone may not change unseen.</summary>
    public static string Say(Assessment assessment) => $"{assessment.Risk.Level}; {Causes(assessment)}";

    /// <summary>An assessment without its level, which remembers where it came from.</summary>
    public static string Causes(Assessment assessment) =>
        $"{string.Join(", ", assessment.Causes.Select(cause => $"{cause.Id}/{cause.Detail} {cause.Affected}").Order(StringComparer.Ordinal))}";
}
