using Signals.Core.Model;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Response.Experiments;

/// <summary>What a playbook's messages achieved.</summary>
/// <param name="Playbook">The playbook now.</param>
/// <param name="Message">Its message against none.</param>
/// <param name="Templates">Its alternative template against its usual one; null without an alternative.</param>
public sealed record PlaybookEffect(Playbook Playbook, Comparison Message, Comparison? Templates)
{
    /// <summary>The lot puts half of the people on each template.</summary>
    private const double HalfAndHalf = 0.5;

    public static PlaybookEffect Of(Playbook playbook, IReadOnlyList<EffectSum> sums, double holdout) =>
        new(
            playbook,
            new Comparison(Sum(sums, sum => !sum.HeldOut), Sum(sums, sum => sum.HeldOut), holdout),
            playbook.Alternative is { } alternative
                ? new Comparison(
                    Sum(sums, sum => !sum.HeldOut && sum.Template == alternative),
                    Sum(sums, sum => !sum.HeldOut && sum.Template == playbook.Message),
                    HalfAndHalf
                )
                : null
        );

    private static Arm Sum(IReadOnlyList<EffectSum> sums, Func<EffectSum, bool> side) =>
        new(sums.Where(side).Sum(sum => sum.People), sums.Where(side).Sum(sum => sum.Reached));
}
