using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.NeverTookOff;

/// <summary>Weeks after the start, and hardly anybody in the account ever reached the floor ("relationship shift").</summary>
/// <remarks>
/// Confidence falls with the share that did get there, and grows with the time that passed (n / (n + half the age asked for)): four weeks
/// are few, ten are telling. A customer whose events begin long after they came was not watched at the start, and nothing is said.
/// </remarks>
public sealed class NeverTookOffRule : IAccountRule
{
    private const double MostConfidence = 0.9;
    private const double ShareWeight = 0.4;

    public string Cause => CauseIds.NeverTookOff;

    public RuleFinding? Assess(AccountContext context)
    {
        var settings = NeverTookOffSettings.Of(context.Model);
        if (
            context.StartDay is not { } start
            || context.Usage.FirstDay is not { } first
            || first > start + settings.AgeDays
            || !context.KnowsValueFrom(first)
        )
            return null;
        int age = context.Today - start,
            people = context.People.Reviewed,
            ever = context.People.EverActive;
        if (people == 0 || age < settings.AgeDays || age > settings.ForgetDays || ever >= settings.Share * people)
            return null;
        double confidence = (MostConfidence - ShareWeight * ever / (settings.Share * people)) * age / (age + settings.AgeDays / 2.0);
        var floor = context.Model.Value.Floor;
        string unit = context.Model.Value.Unit;
        var window = context.InDays(floor.Days, start);
        return new RuleFinding(
            confidence,
            null,
            () =>
                [
                    new Evidence(
                        Reached(ever, people, Phrase.Of($"{Format.Amount(floor.Amount)} {unit} of value {window}")),
                        ever == 0 ? (people == 1 ? Phrase.Of("never") : Phrase.Of("none")) : Phrase.Of($"{ever} of {people}"),
                        Phrase.Of($"at least {Format.Percent(settings.Share)}"),
                        Days.Date(start)
                    ),
                    new Evidence(
                        Phrase.Of($"they came on {Days.Date(start)}"),
                        Format.Day(Days.Date(start)),
                        Phrase.Of($"value within {settings.AgeDays} days"),
                        Days.Date(start)
                    ),
                ]
        );
    }

    /// <param name="ever">How many reached the floor.</param>
    /// <param name="people">How many there are.</param>
    /// <param name="floor">The floor, and in which time.</param>
    private static Phrase Reached(int ever, int people, Phrase floor) =>
        (ever, people) switch
        {
            (0, 1) => Phrase.Of($"the one person never got {floor}"),
            (0, _) => Phrase.Of($"none of the {people} people ever got {floor}"),
            _ => Phrase.Counted(
                ever,
                $"{ever} of {Format.People(people)} ever got {floor}",
                $"{ever} of {Format.People(people)} ever got {floor}"
            ),
        };
}
