using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Health;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Diagnosis.Segments;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.State.Assessments;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Diagnosis.Assessors;

/// <summary>Assesses an account on a day from its own history and the summary of its people. Pure.</summary>
public static class AccountAssessor
{
    /// <summary>A score that moved so far changes an account's place in the lists.</summary>
    private const int FarScore = 10;

    private static readonly IReadOnlyDictionary<string, PersonAssessment> NoDetails = new Dictionary<string, PersonAssessment>(
        StringComparer.Ordinal
    );

    /// <param name="context">The account on the day.</param>
    /// <param name="people">Its people's findings.</param>
    /// <param name="details">What is known of the findings of some people, for evidence: by person key.</param>
    /// <param name="level">The level so far.</param>
    public static Assessment Assess(
        AccountContext context,
        PeopleSummary people,
        IReadOnlyDictionary<string, PersonAssessment> details,
        RiskLevel level
    )
    {
        var (risk, causes) = Diagnose(context, people, details, level);
        return new Assessment(HealthAssessor.Assess(context, people), risk, causes);
    }

    /// <summary>The keys of the people that the evidence of the account's causes names, so that they are read first.</summary>
    public static IEnumerable<string> Named(AccountContext context, PeopleSummary people) =>
        context.IsChurned || !context.Account.Key.IsGroup
            ? []
            : CauseRules.OfAccounts.SelectMany(rule => rule.Assess(context with { People = people })?.Named ?? []);

    /// <summary>
    /// The first day after today on which the account would be told otherwise (level, causes, segments, or a score far from today's)
    /// without any event, if there is one before the day <paramref name="before"/>; else null. A day at the horizon may tell nothing new:
    /// it is where to look further.
    /// </summary>
    /// <param name="context">The account today.</param>
    /// <param name="peopleOn">Its people's findings on a day to come.</param>
    /// <param name="today">Today's assessment.</param>
    /// <param name="before">A day on which it is looked at anyway, or null.</param>
    public static int? NextChange(AccountContext context, Func<int, PeopleSummary> peopleOn, Assessment today, int? before)
    {
        int horizon = context.Today + ReviewSchedule.HorizonDays,
            lastChange = LastChange(context, peopleOn(context.Today));
        int last = Math.Min(Math.Min(lastChange, horizon), (before ?? int.MaxValue) - 1);
        var segments = AccountSegments.Of(context);
        for (int day = context.Today + 1; day <= last; day++)
        {
            var (risk, causes) = Diagnose(context with { Today = day }, peopleOn(day), NoDetails, today.Risk.Level);
            if (risk.Level != today.Risk.Level || Math.Abs(risk.Score - today.Risk.Score) >= FarScore || !SameCauses(causes, today.Causes))
                return day;
            if (!AccountSegments.On(context with { Today = day }, day).SequenceEqual(segments, StringComparer.Ordinal))
                return day;
        }
        return last == horizon && lastChange > horizon ? horizon : null;
    }

    private static (RiskAssessment Risk, IReadOnlyList<FoundCause> Causes) Diagnose(
        AccountContext context,
        PeopleSummary people,
        IReadOnlyDictionary<string, PersonAssessment> details,
        RiskLevel level
    )
    {
        if (context.IsChurned)
            return (RiskAssessment.None, []);

        var causes = new List<FoundCause>();
        var whole = context with { People = people };
        var explained = new List<(string Cause, IReadOnlyList<string> Explains)>();
        foreach (var rule in CauseRules.OfAccounts)
        {
            if (rule.Assess(whole) is { } finding)
            {
                bool isOfSome = finding.People is not null;
                if (finding.Explains.Count > 0 && PersonAssessor.IsSure(finding.Confidence))
                    explained.Add((rule.Cause, finding.Explains));
                causes.Add(
                    new FoundCause(
                        rule.Cause,
                        finding.Detail,
                        isOfSome ? CauseSubject.People : CauseSubject.Account,
                        finding.People?.Count ?? people.Reviewed,
                        Rounded(finding.Confidence),
                        details == NoDetails ? [] : finding.Evidence
                    )
                    {
                        Share = Rounded(ShareOf(people, finding)),
                        People = finding.People is { } some ? [.. some.Take(FoundCause.MaxPeople)] : null,
                    }
                );
            }
        }
        foreach (var entries in people.Telling.GroupBy(entry => CauseCatalogue.TopicOf(entry.Cause, entry.Detail)))
            causes.Add(OfPeople(context, people, details, [.. entries]));
        causes.Sort((a, b) => CauseScores.Importance(b).CompareTo(CauseScores.Importance(a)));
        foreach (var (cause, explains) in explained)
            TellFirst(causes, cause, explains);
        var subject = new RiskSubject(context, people, causes);
        return (RiskScore.Of(context.Model).Assess(subject, level, explained: details != NoDetails), causes);
    }

    /// <summary>What explains others comes before the first of them, however much each weighs by itself.</summary>
    private static void TellFirst(List<FoundCause> causes, string cause, IReadOnlyList<string> explains)
    {
        int at = causes.FindIndex(found => found.Id == cause),
            first = causes.FindIndex(found => explains.Contains(found.Id, StringComparer.Ordinal));
        if (first < 0 || at < first)
            return;
        var explaining = causes[at];
        causes.RemoveAt(at);
        causes.Insert(first, explaining);
    }

    /// <summary>Nothing about an account changes by time alone after this day: no rule looks further back, and no date is ahead.</summary>
    private static int LastChange(AccountContext context, PeopleSummary people)
    {
        var model = context.Model;
        var whole = context with { People = people };
        int memory = CauseCatalogue
            .All.Select(cause => cause.MemoryDays(model))
            .Append(RiskFeatures.MemoryDays(model))
            .Append(model.Value.Floor.Days)
            .Append(AccountSegments.MemoryDays(model))
            .Max();
        int newest = Math.Max(context.Usage.NewestDay ?? 0, context.ValueKnownSince);
        int forgotten = CauseCatalogue.All.Max(cause => cause.ForgottenOn(whole));
        return Decisions.Told(context).Append(Decisions.Next(context) ?? 0).Append(forgotten).Append(newest + memory).Max() + 1;
    }

    private static FoundCause OfPeople(
        AccountContext context,
        PeopleSummary people,
        IReadOnlyDictionary<string, PersonAssessment> details,
        List<TellingPerson> telling
    )
    {
        var top = telling[0];
        var (id, kind) = CauseCatalogue.TopicOf(top.Cause, top.Detail);
        int affected = people.Affected.GetValueOrDefault(PeopleSummaries.Key(id, kind), telling.Count);
        bool ofAccount =
            id == CauseIds.OnboardingStalled
            && context.Model.Onboarding.FirstOrDefault(step => step.Id == top.Detail)?.Scope == StepScope.Account;
        bool leader = people.Leaders.Count > 0 && telling.Any(entry => entry.Person == people.Leaders[0].Person);
        double share = ofAccount ? 1 : Math.Max((double)affected / Math.Max(1, people.Reviewed), leader ? 0.6 : 0);
        var evidence =
            details.GetValueOrDefault(top.Person) is { } detail && IndexOf(detail, top) is >= 0 and var index
                ? detail.Details[index].Evidence
                : [];
        return new FoundCause(
            id,
            top.Detail,
            ofAccount ? CauseSubject.Account : CauseSubject.People,
            affected,
            Rounded(top.Confidence),
            [.. evidence, .. people.Reviewed > 1 ? [HowMany(id, affected, people.Reviewed)] : Array.Empty<Evidence>()]
        )
        {
            Share = Rounded(share),
        };
    }

    private static Evidence HowMany(string cause, int affected, int people) =>
        new(
            CauseCatalogue.IsPraise(cause)
                ? Phrase.Counted(affected, $"{affected} of {people} people is delighted", $"{affected} of {people} people are delighted")
                : Phrase.Counted(
                    affected,
                    $"{affected} of {people} people is held back by it",
                    $"{affected} of {people} people are held back by it"
                ),
            Format.People(affected),
            Phrase.Of("people|none"),
            null
        );

    /// <summary>
    /// How much of the account a finding about some of its people is about: by how many they are, and more when they carry it.
    /// </summary>
    private static double ShareOf(PeopleSummary people, RuleFinding finding)
    {
        if (finding.People is not { } some)
            return 1;
        bool carries = some.Any(person =>
            people.Leaders.Take(1).Any(leader => leader.Person == person)
            || people.Carriers.Take(1).Any(carrier => carrier.Person == person)
        );
        return Math.Max((double)some.Count / Math.Max(1, people.Reviewed), carries ? 0.6 : 0);
    }

    private static int IndexOf(PersonAssessment assessment, TellingPerson entry) =>
        assessment.Finding.Causes.ToList().FindIndex(cause => cause.Cause == entry.Cause && cause.Detail == entry.Detail);

    private static bool SameCauses(IReadOnlyList<FoundCause> a, IReadOnlyList<FoundCause> b) =>
        a.Count == b.Count && a.All(cause => b.Any(other => other.Id == cause.Id && other.Detail == cause.Detail));

    private static double Rounded(double confidence) => Math.Round(confidence, 3);
}
