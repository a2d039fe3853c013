using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.OnboardingStalled;

/// <summary>
/// A set-up step failed, was tried on an earlier day, or its time has passed, and it is not done. Steps of the account concern whoever
/// tried them and the account's first people; steps of a person concern each person.
/// </summary>
public sealed class OnboardingStalledRule : IPersonRule
{
    private const double FailedConfidence = 0.9;
    private const double TriedConfidence = 0.75;
    private const double LateConfidence = 0.6;

    public string Cause => CauseIds.OnboardingStalled;

    public RuleFinding? Assess(PersonContext context)
    {
        RuleFinding? best = null;
        foreach (var step in context.Model.Onboarding)
        {
            if (Assess(context, step) is { } finding && (best is null || finding.Confidence > best.Confidence))
                best = finding;
        }
        return best;
    }

    private static RuleFinding? Assess(PersonContext context, OnboardingStep step)
    {
        var settings = OnboardingStalledSettings.Of(context.Model);
        bool ofAccount = step.Scope == StepScope.Account;
        var scope = ofAccount ? context.Account.Usage : context.Usage;
        if (scope.CountEver(step.Done) > 0 || scope.FirstDay is not { } firstSeen)
            return null;
        long tries = context.Usage.CountEver(step.Tried),
            failures = context.Usage.CountEver(step.Failed);
        if (ofAccount && tries + failures == 0 && context.Account.Account.People > settings.FirstPeople)
            return null;

        var created = ofAccount ? context.Account.Facts.CreatedAt : context.CreatedAt;
        int start = created is { } at ? Math.Min(Days.Of(at), firstSeen) : firstSeen;
        DateTimeOffset? tried = context.Usage.LastOf(step.Tried),
            failed = context.Usage.LastOf(step.Failed);
        int? lastTry = (tried > failed || failed is null ? tried : failed) is { } last ? Days.Of(last) : null;
        if (context.Today - (lastTry ?? start) > settings.ForgetDays)
            return null;

        if (failures > 0)
            return Failed(context, step, failures, settings.Failures, start, lastTry ?? start);
        if (tries > 0 && lastTry < context.Today)
            return Tried(context, step, tries, start, lastTry ?? start);

        // Events that begin long after the customer did cannot tell whether the step was done before.
        bool knowable = firstSeen <= start + step.WithinDays;
        return knowable && context.Today - start > step.WithinDays ? Late(context, step, start) : null;
    }

    private static RuleFinding Failed(PersonContext context, OnboardingStep step, long failures, int sureFrom, int start, int last) =>
        new(
            failures >= sureFrom ? FailedConfidence : TriedConfidence,
            step.Id,
            () =>
                [
                    new Evidence(
                        Phrase.Of($"{Format.Quoted(step.Name)} failed {Format.Times(failures)}"),
                        Format.Count(failures, "{0} failure", "{0} failures"),
                        Phrase.Of("none"),
                        Days.Date(last)
                    ),
                    NotDone(context, step, start),
                ]
        );

    private static RuleFinding Tried(PersonContext context, OnboardingStep step, long tries, int start, int last) =>
        new(
            TriedConfidence,
            step.Id,
            () =>
                [
                    new Evidence(
                        Phrase.Of($"{Format.Quoted(step.Name)} was tried {Format.Times(tries)} and never finished"),
                        Format.Count(tries, "{0} try", "{0} tries"),
                        Phrase.Of("done"),
                        Days.Date(last)
                    ),
                    NotDone(context, step, start),
                ]
        );

    private static RuleFinding Late(PersonContext context, OnboardingStep step, int start) =>
        new(LateConfidence, step.Id, () => [NotDone(context, step, start)]);

    /// <summary>Whole days count from the day after the first; while the time allowed runs nothing is late.</summary>
    private static Evidence NotDone(PersonContext context, OnboardingStep step, int start)
    {
        int last = start + step.WithinDays;
        return new Evidence(
            Phrase.Of($"{Format.Quoted(step.Name)} is not done yet"),
            Phrase.Of("not done yet"),
            context.Today <= last ? Phrase.Of("done") : Phrase.Of($"done by {Days.Date(last)}"),
            Days.Date(start)
        );
    }
}
