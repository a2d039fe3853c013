using Signals.Core.Causes;
using Signals.Core.Health;
using Signals.Core.Model;
using Signals.Core.Risk;

namespace Signals.Core.Reviews;

/// <summary>Assesses an account on a day from its own history and the summary of its people. Pure.</summary>
public static class AccountAssessor
{
    /// <summary>A score that moved so far changes an account's place in the lists.</summary>
    private const int FarScore = 10;

    private static readonly IReadOnlyDictionary<string, PersonAssessment> NoDetails = new Dictionary<string, PersonAssessment>(StringComparer.Ordinal);

    /// <param name="context">The account on the day.</param>
    /// <param name="people">Its people's findings.</param>
    /// <param name="details">What is known of the findings of some people, for evidence: by person key.</param>
    /// <param name="level">The level so far.</param>
    public static Assessment Assess(
        AccountContext context, PeopleSummary people, IReadOnlyDictionary<string, PersonAssessment> details, RiskLevel level)
    {
        var (risk, causes) = Diagnose(context, people, details, level);
        return new Assessment(HealthAssessor.Assess(context, people), risk, causes);
    }

    /// <summary>
    /// The first day after today on which the account would be told otherwise (level, causes, or a score far from today's) without any event, if there is one before
    /// the day <paramref name="before"/>; else null. A day at the horizon may tell nothing new: it is where to look further.
    /// </summary>
    /// <param name="context">The account today.</param>
    /// <param name="peopleOn">Its people's findings on a day to come.</param>
    /// <param name="today">Today's assessment.</param>
    /// <param name="before">A day on which it is looked at anyway, or null.</param>
    public static int? NextChange(AccountContext context, Func<int, PeopleSummary> peopleOn, Assessment today, int? before)
    {
        int horizon = context.Today + ReviewSchedule.HorizonDays, lastChange = LastChange(context);
        int last = Math.Min(Math.Min(lastChange, horizon), (before ?? int.MaxValue) - 1);
        for (int day = context.Today + 1; day <= last; day++)
        {
            var (risk, causes) = Diagnose(context with { Today = day }, peopleOn(day), NoDetails, today.Risk.Level);
            if (risk.Level != today.Risk.Level || Math.Abs(risk.Score - today.Risk.Score) >= FarScore || !SameCauses(causes, today.Causes))
                return day;
        }
        return last == horizon && lastChange > horizon ? horizon : null;
    }

    private static (RiskAssessment Risk, IReadOnlyList<FoundCause> Causes) Diagnose(
        AccountContext context, PeopleSummary people, IReadOnlyDictionary<string, PersonAssessment> details, RiskLevel level)
    {
        if (context.IsChurned)
            return (RiskAssessment.None, []);

        var causes = new List<FoundCause>();
        var whole = context with { People = people };
        foreach (var rule in CauseRules.OfAccounts)
        {
            if (rule.Assess(whole) is { } finding)
            {
                causes.Add(new FoundCause(
                    rule.Cause, finding.Detail, CauseSubject.Account, people.Reviewed, Rounded(finding.Confidence), details == NoDetails ? [] : finding.Evidence));
            }
        }
        foreach (string id in CauseRules.OfPeople.Select(rule => rule.Cause))
        {
            if (OfPeople(context, people, details, id) is { } cause)
                causes.Add(cause);
        }
        causes.Sort((a, b) => CauseScores.Importance(b).CompareTo(CauseScores.Importance(a)));
        var subject = new RiskSubject(context, people, causes);
        return (RiskScore.Of(context.Model).Assess(subject, level, explained: details != NoDetails), causes);
    }

    /// <summary>Nothing about an account changes by time alone after this day: no rule looks further back, and no date is ahead.</summary>
    private static int LastChange(AccountContext context)
    {
        var causes = context.Model.Causes;
        int[] memories =
        [
            RiskFeatures.MemoryDays(context.Model), context.Model.Value.Floor.Days, causes.FeaturesUnused.AgeDays, causes.FeaturesUnused.Days,
            causes.UsageDrop.ForgetDays, causes.UsageDrop.Days + causes.UsageDrop.BaselineDays, causes.Friction.BaselineDays,
        ];
        int newest = Math.Max(context.Usage.NewestDay ?? 0, context.ValueKnownSince);
        return BackgroundFeatures.Decisions(context.Facts).Append(newest + memories.Max()).Max() + 1;
    }

    private static FoundCause? OfPeople(
        AccountContext context, PeopleSummary people, IReadOnlyDictionary<string, PersonAssessment> details, string id)
    {
        var telling = people.Telling.Where(entry => entry.Cause == id).ToList();
        if (telling.Count == 0)
            return null;
        var top = telling[0];
        int affected = people.Affected.GetValueOrDefault(id, telling.Count);
        bool ofAccount = id == CauseIds.OnboardingStalled
            && context.Model.Onboarding.FirstOrDefault(step => step.Id == top.Detail)?.Scope == StepScope.Account;
        bool leader = people.Leaders.Count > 0 && telling.Any(entry => entry.Person == people.Leaders[0].Person);
        double share = ofAccount ? 1 : Math.Max((double)affected / Math.Max(1, people.Reviewed), leader ? 0.6 : 0);
        var evidence = details.GetValueOrDefault(top.Person) is { } detail && IndexOf(detail, top) is >= 0 and var index ? detail.Details[index].Evidence : [];
        return new FoundCause(
            id, top.Detail, ofAccount ? CauseSubject.Account : CauseSubject.People, affected, Rounded(top.Confidence),
            [
                .. evidence,
                .. people.Reviewed > 1
                    ? [new Evidence($"{affected} of {people.Reviewed} people are held back by it", Format.Count(affected, "person", "people"), "none", null)]
                    : Array.Empty<Evidence>(),
            ])
        { Share = Rounded(share) };
    }

    private static int IndexOf(PersonAssessment assessment, TellingPerson entry) =>
        assessment.Finding.Causes.ToList().FindIndex(cause => cause.Cause == entry.Cause && cause.Detail == entry.Detail);

    private static bool SameCauses(IReadOnlyList<FoundCause> a, IReadOnlyList<FoundCause> b) =>
        a.Count == b.Count && a.All(cause => b.Any(other => other.Id == cause.Id && other.Detail == cause.Detail));

    private static double Rounded(double confidence) => Math.Round(confidence, 3);
}
