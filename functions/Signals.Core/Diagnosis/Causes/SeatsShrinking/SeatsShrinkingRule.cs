using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.SeatsShrinking;

/// <summary>Fewer of the paid seats are used by active people than some weeks ago.</summary>
/// <remarks>
/// Confidence is one half where the Wilson lower bound (one-sided, 90%) of the share of people lost is the fall asked for, and grows with
/// it: three people who become two say little, thirty who become twenty a lot. That bound takes a stop for a draw by lot. Where those who
/// stopped came steadily and have been away for weeks, that they stopped is seen: then the share lost counts as it is, times n / (n + 1)
/// for n of them.
/// </remarks>
public sealed class SeatsShrinkingRule : IAccountRule
{
    private const double MostConfidence = 0.95;

    /// <summary>Days with value, of those of <c>champion-left</c>, that make somebody steady; and a silence that is no holiday.</summary>
    private const int SteadyDays = 10;
    private const int AwayDays = 21;

    /// <summary>One who stopped is one who stopped.</summary>
    private const int LeastStopped = 2;

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
        int stopped = Math.Min(then - now, context.People.Carriers.Count(carrier => HasStopped(context, carrier)));
        double share = Math.Max(
            Wilson.LowerBound90(then - now, then),
            stopped < LeastStopped ? 0 : (double)stopped / then * stopped / (stopped + 1)
        );
        double confidence = Math.Min(MostConfidence, 0.5 * share / settings.Fall);
        int seats = context.Facts.Seats ?? Math.Max(context.People.Reviewed, then);
        return new RuleFinding(
            confidence,
            null,
            () =>
                [
                    new Evidence(
                        Phrase.Of(
                            $"{now} of {Format.Count(seats, "{0} seat", "{0} seats")} used by active people, {then} of them on "
                                + $"{Days.Date(from)}"
                        ),
                        Format.Count(now, "{0} active", "{0} active"),
                        Format.Count(then, "{0} active", "{0} active"),
                        Days.Date(from)
                    ),
                ]
        );
    }

    private static bool HasStopped(AccountContext context, CarryingPerson carrier) =>
        carrier.Days >= SteadyDays
        && context.Yesterday - carrier.LastDay >= Math.Max(AwayDays, (carrier.UsualPause ?? 0) + 1)
        && context.Today - carrier.LastDay <= SeatsShrinkingSettings.Of(context.Model).Days + context.Model.Value.Floor.Days;
}
