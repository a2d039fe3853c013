using Signals.Core.Causes;

namespace Signals.Core.Reviews;

/// <summary>Assesses one person on a day, and says on which day to look again if nothing happens.</summary>
public static class PersonAssessor
{
    /// <summary>Anonymous people are kept, never reviewed: they have no finding.</summary>
    public static PersonAssessment Assess(PersonContext context)
    {
        if (context.Person.Key.IsAnonymous)
            return new PersonAssessment(PersonFinding.None, []);
        var found = new List<(PersonCause Cause, RuleFinding Finding)>();
        foreach (var rule in CauseRules.OfPeople)
        {
            if (!context.Account.IsChurned && rule.Assess(context) is { } finding)
                found.Add((new PersonCause(rule.Cause, finding.Detail, finding.Confidence), finding));
        }
        found.Sort((a, b) => b.Cause.Confidence.CompareTo(a.Cause.Confidence));
        return new PersonAssessment(
            new PersonFinding(true, context.IsActive, Math.Round(context.WindowValue, 3), found.ConvertAll(item => item.Cause)),
            found.ConvertAll(item => item.Finding));
    }

    /// <summary>
    /// The first day after today on which the assessment would read otherwise without any event; at most
    /// <see cref="ReviewSchedule.HorizonDays"/> ahead. Null when nothing can change any more.
    /// </summary>
    public static int? NextChange(PersonContext context, PersonFinding today)
    {
        if (context.Person.Key.IsAnonymous)
            return null;
        for (int ahead = 1; ahead <= ReviewSchedule.HorizonDays; ahead++)
        {
            var then = context with { Account = context.Account with { Today = context.Today + ahead } };
            if (!Reads(Assess(then).Finding, today))
                return context.Today + ahead;
        }
        return today.Active || today.Causes.Count > 0 ? context.Today + ReviewSchedule.HorizonDays : null;
    }

    /// <summary>True when two findings would be told alike: the same activity and the same causes, each as sure or unsure as before.</summary>
    private static bool Reads(PersonFinding a, PersonFinding b) =>
        a.Active == b.Active && a.Causes.Count == b.Causes.Count
        && a.Causes.All(cause => b.Causes.Any(other =>
            other.Cause == cause.Cause && other.Detail == cause.Detail && IsSure(other.Confidence) == IsSure(cause.Confidence)));

    /// <summary>Sure enough to write to someone about it.</summary>
    public static bool IsSure(double confidence) => confidence >= SureFrom;

    public const double SureFrom = 0.5;
}

/// <summary>What was found in a person; the findings behind the causes are in the same order.</summary>
public sealed record PersonAssessment(PersonFinding Finding, IReadOnlyList<RuleFinding> Details);
