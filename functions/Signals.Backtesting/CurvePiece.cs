using Signals.Core.Diagnosis.Risk;
using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>
/// One piece of a feature's curve as a column of a regression: 0 where the feature is below the piece, 1 above it, in between what part
/// of it is passed. Its coefficient is what the curve rises by over the piece, so a bound on its sign makes the curve rise or fall as
/// sense knows.
/// </summary>
internal sealed record CurvePiece(RiskFeature Feature, int Index, int Part)
{
    /// <summary>
    /// Curves by reason are drawn to by half: they were made to part calm from alert, which is steeper than odds of leaving are.
    /// </summary>
    public const double PriorShare = 0.5;

    /// <summary>One unit of it in the penalty: what such a piece usually varies by.</summary>
    private const double Scale = 0.3;

    private double From => Feature.Curve.At[Part];

    private double To => Feature.Curve.At[Part + 1];

    public float Of(float value) => float.IsNaN(value) ? float.NaN : (float)Math.Clamp((value - From) / (To - From), 0, 1);

    public RegressionColumn Column() =>
        new($"{Feature.Id}|{Part}", (Feature.Curve.Adds[Part + 1] - Feature.Curve.Adds[Part]) * PriorShare, Scale)
        {
            // A cause that is not found is the usual; of anything else the mean is.
            IsCentred = !Feature.IsCause,
            Sign =
                To > Feature.TurnsAt ? 0
                : Feature.Direction == RiskDirection.Raises ? 1
                : Feature.Direction == RiskDirection.Lowers ? -1
                : 0,
        };
}
