using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.ValueNotFound;

/// <summary>
/// Came, looked around, and left without what they came for: sessions in the floor's window, yet value under the floor.
/// </summary>
/// <remarks>
/// Confidence is the square root of the missing share of the floor, shrunk by n / (n + 2) for n sessions (the posterior mean of a
/// share after n trials with two pseudo-trials against it), so that two short visits never make a confident flag.
/// </remarks>
public sealed class ValueNotFoundRule : IPersonRule
{
    public string Cause => CauseIds.ValueNotFound;

    public RuleFinding? Assess(PersonContext context)
    {
        var settings = ValueNotFoundSettings.Of(context.Model);
        var floor = context.Model.Value.Floor;
        int from = context.WindowStart;
        if (context.Usage.FirstDay is not { } first || context.Today - first < settings.AfterDays || !context.Account.KnowsValueFrom(from))
            return null;
        int sessions = context.Usage.Sessions(from, context.Today);
        double value = context.WindowValue;
        if (sessions < settings.Sessions || context.IsActive)
            return null;
        double missing = 1 - Math.Max(0, value) / floor.Amount;
        double confidence = Math.Sqrt(missing) * sessions / (sessions + 2);
        string unit = context.Model.Value.Unit;
        var since = Days.Date(Math.Max(from, first));
        return new RuleFinding(
            confidence,
            null,
            () =>
                [
                    new Evidence(
                        Phrase.Of($"{Format.Amount(value)} {unit} of value in {floor.Days} days"),
                        Phrase.Of($"{Format.Amount(value)} {unit}"),
                        Phrase.Of($"at least {Format.Amount(floor.Amount)} {unit}"),
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
}
