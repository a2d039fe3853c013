using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.ChampionLeft;
using Signals.Core.Diagnosis.Causes.SeatsShrinking;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.People;

namespace Signals.Core.Diagnosis.Assessors;

/// <summary>Assesses one person on a day, and says on which day to look again if nothing happens.</summary>
public static class PersonAssessor
{
    /// <summary>Anonymous people and those who are no customers are kept, never reviewed: they have no finding.</summary>
    public static PersonAssessment Assess(PersonContext context)
    {
        if (context.IsNobody)
            return new PersonAssessment(PersonFinding.None, []);
        var (finding, details) = Find(context);
        return new PersonAssessment(Carrying(context, finding), details);
    }

    /// <summary>What holds somebody back, how active they are and were, and whether they left: all that time alone may change.</summary>
    private static (PersonFinding Finding, IReadOnlyList<RuleFinding> Details) Find(PersonContext context)
    {
        var found = new List<(PersonCause Cause, RuleFinding Finding)>();
        var departure = Departures.Of(context);
        // Who was removed is held back by nothing any more.
        if (!context.Account.IsChurned && departure?.Sign != DepartureSign.Removed)
        {
            foreach (var rule in CauseRules.OfPeople)
            {
                foreach (var finding in rule.AssessAll(context))
                    found.Add((new PersonCause(rule.Cause, finding.Detail, finding.Confidence), finding));
            }
            found.Sort((a, b) => b.Cause.Confidence.CompareTo(a.Cause.Confidence));
        }
        var whole = new PersonFinding(true, context.IsActive, Math.Round(context.WindowValue, 3), found.ConvertAll(item => item.Cause));
        if (context.Usage.LastValueDay is not null)
        {
            whole = whole with
            {
                EverActive = context.WasEverActive,
                WasActive = context.WasActive(SeatsShrinkingSettings.Of(context.Model).Days),
                Departure = departure,
            };
        }
        return (whole, found.ConvertAll(item => item.Finding));
    }

    /// <summary>The finding with what the person carried for their account, and whether they speak for it.</summary>
    private static PersonFinding Carrying(PersonContext context, PersonFinding finding)
    {
        finding = finding with
        {
            Decides = Administrators.Is(context.Person),
            LeaveDay = context.Usage.LastOf(context.Model.LeaveIntent) is { } left ? Days.Of(left) : null,
        };
        if (context.Usage.LastValueDay is not { } last)
            return finding;
        int from = last - ChampionLeftSettings.Of(context.Model).BaselineDays + 1;
        return finding with
        {
            LastValueDay = last,
            Carried = Math.Round(context.Usage.Value(from, last), 3),
            CarriedDays = context.Usage.ValueDays(from, last),
            UsualPause = context.Usage.Rhythm?.LateAfter,
        };
    }

    /// <summary>
    /// The first day after today on which the assessment would read otherwise without any event; null when it never would.
    /// </summary>
    public static int? NextChange(PersonContext context, PersonFinding today)
    {
        if (context.IsNobody || context.Person.History.Last is not { } newest)
            return null;
        int last =
            Math.Max(Days.Of(newest), context.Account.ValueKnownSince)
            + Math.Max(LongestMemory(context.Model), context.ActiveDays + SeatsShrinkingSettings.Of(context.Model).Days + 1);
        for (int day = context.Today + 1; day <= last; day++)
        {
            var then = context with { Account = context.Account with { Today = day } };
            if (!Reads(Find(then).Finding, today) || IsNoticeDay(context.Model, today, day))
                return day;
        }
        return null;
    }

    /// <summary>True on the days on which those who use what ends are told.</summary>
    private static bool IsNoticeDay(ValueModel model, PersonFinding finding, int day) =>
        finding.Causes.Any(cause =>
            cause.Cause == CauseIds.FeatureSunset && model.Sunsets.Any(sunset => sunset.Feature == cause.Detail && sunset.IsNoticeDay(day))
        );

    /// <summary>No rule about a person looks further back than this from their newest event, so none can change its mind later.</summary>
    private static int LongestMemory(ValueModel model) => CauseCatalogue.All.Max(cause => cause.PersonMemoryDays(model)) + 1;

    /// <summary>
    /// True when two findings would be told alike: the same activity and the same causes, each as sure or unsure as before.
    /// </summary>
    private static bool Reads(PersonFinding a, PersonFinding b) =>
        a.Active == b.Active
        && a.WasActive == b.WasActive
        && a.EverActive == b.EverActive
        && a.Departure?.Sign == b.Departure?.Sign
        && a.Causes.Count == b.Causes.Count
        && a.Causes.All(cause =>
            b.Causes.Any(other =>
                other.Cause == cause.Cause && other.Detail == cause.Detail && IsSure(other.Confidence) == IsSure(cause.Confidence)
            )
        );

    /// <summary>Sure enough to write to someone about it.</summary>
    public static bool IsSure(double confidence) => confidence >= SureFrom;

    public const double SureFrom = 0.5;
}

/// <summary>What was found in a person; the findings behind the causes are in the same order.</summary>
public sealed record PersonAssessment(PersonFinding Finding, IReadOnlyList<RuleFinding> Details);
