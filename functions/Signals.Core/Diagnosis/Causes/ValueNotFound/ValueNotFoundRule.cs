using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.ValueNotFound;

/// <summary>
/// Came, looked around, and left without what they came for: sessions in the floor's window, yet value under the floor, or under its part
/// for the days since they came. Not who waits for a step that others of the account are stuck at, nor whose value a machine makes. In the
/// first days it is said once most others who started had found it by that age, and of nobody before.
/// </summary>
/// <remarks>
/// Confidence is the square root of the missing share of the floor, shrunk by n / (n + 2) for n sessions (the posterior mean of a
/// share after n trials with two pseudo-trials against it), so that two short visits never make a confident flag.
/// </remarks>
public sealed class ValueNotFoundRule : IPersonRule
{
    private const double MostOthers = 0.5;

    public string Cause => CauseIds.ValueNotFound;

    public RuleFinding? Assess(PersonContext context)
    {
        var settings = ValueNotFoundSettings.Of(context.Model);
        var floor = context.Model.Value.Floor;
        int from = context.WindowStart;
        if (context.Usage.FirstDay is not { } first || IsEarly(context, first, settings) || !context.Account.KnowsValueFrom(from))
            return null;
        int sessions = context.Usage.Sessions(from, context.Today);
        double value = context.WindowValue;
        if (sessions < settings.Sessions || context.IsActive)
            return null;
        int days = Math.Min(floor.Days, context.Today - first + 1);
        double asked = floor.Amount * days / floor.Days;
        if (value >= asked || IsBystander(context, from))
            return null;
        double missing = 1 - Math.Max(0, value) / asked;
        double confidence = Math.Sqrt(missing) * sessions / (sessions + 2);
        string unit = context.Model.Value.Unit;
        var since = Days.Date(Math.Max(from, first));
        return new RuleFinding(
            confidence,
            null,
            () =>
                [
                    new Evidence(
                        Phrase.Of($"{Format.Amount(value)} {unit} of value {Phrase.Of($"since {since}")}"),
                        Phrase.Of($"{Format.Amount(value)} {unit}"),
                        Phrase.Of($"at least {Format.Amount(asked)} {unit}"),
                        since
                    ),
                    new Evidence(
                        Format.Count(sessions, "came {0} time in those days", "came {0} times in those days"),
                        Format.Count(sessions, "{0} session", "{0} sessions"),
                        Phrase.Of("value in some of them"),
                        since
                    ),
                ]
        );
    }

    /// <summary>
    /// True while most others had not found it either at that age, and for who came on a single day yet; where too few tell, in the days
    /// that the model gives everybody.
    /// </summary>
    private static bool IsEarly(PersonContext context, int first, ValueNotFoundSettings settings)
    {
        int age = context.Today - first;
        return context.Account.Norms.Start.Found(age) is { } found
            ? found < MostOthers || (age < settings.AfterDays && CameOnOneDay(context, first))
            : age < settings.AfterDays;
    }

    private static bool CameOnOneDay(PersonContext context, int first) =>
        Enumerable.Range(first, context.Today - first + 1).Count(day => context.Usage.Sessions(day, day) > 0) < 2;

    /// <summary>
    /// True where what they wait for is not theirs to find: a step of the whole account was begun and is not done, or the account's value
    /// is made by somebody who is no person, such as a key of theirs that calls the product all day.
    /// </summary>
    private static bool IsBystander(PersonContext context, int from)
    {
        var account = context.Account;
        if (!account.Account.Key.IsGroup)
            return false;
        bool waits = context.Model.Onboarding.Any(step =>
            step.Scope == StepScope.Account
            && account.Usage.CountEver(step.Done) == 0
            && account.Usage.CountEver(step.Tried) + account.Usage.CountEver(step.Failed) > 0
        );
        return waits || account.ValueOfMachines(from) >= context.Model.Value.Floor.Amount;
    }
}
