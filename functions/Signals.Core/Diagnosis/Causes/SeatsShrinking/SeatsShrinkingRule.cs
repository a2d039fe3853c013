using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.SeatsShrinking;

/// <summary>Fewer of the paid seats are used by active people than some weeks ago.</summary>
/// <remarks>
/// Confidence is one half where the Wilson lower bound (one-sided, 90%) of the share of people lost is the fall asked for, and grows with
/// it: three people who become two say little, thirty who become twenty a lot.
/// </remarks>
public sealed class SeatsShrinkingRule : IAccountRule
{
    private const double MostConfidence = 0.95;

    public string Cause => CauseIds.SeatsShrinking;

    public RuleFinding? Assess(AccountContext context)
    {
        var settings = SeatsShrinkingSettings.Of(context.Model);
        int then = context.People.WasActive,
            now = context.People.Active;
        int from = context.Today - settings.Days;
        if (
            !context.Account.Key.IsGroup
            || then < settings.People
            || now >= then
            || !context.KnowsValueFrom(from - context.Model.Value.Floor.Days + 1)
        )
            return null;
        double fall = (double)(then - now) / then;
        if (fall < settings.Fall)
            return null;
        double confidence = Math.Min(MostConfidence, 0.5 * Wilson.LowerBound90(then - now, then) / settings.Fall);
        int seats = context.Facts.Seats ?? Math.Max(context.People.Reviewed, then);
        return new RuleFinding(
            confidence,
            null,
            () =>
                [
                    new Evidence(
                        Phrase.Of(
                            $"{now} of {Format.Count(seats, "{0} seat", "{0} seats")} used by active people, {then} of them "
                                + $"{settings.Days} days ago"
                        ),
                        Format.Count(now, "{0} active", "{0} active"),
                        Format.Count(then, "{0} active", "{0} active"),
                        Days.Date(from)
                    ),
                ]
        );
    }
}
