namespace Signals.Core.Diagnosis.Norms;

/// <summary>What is usual in a cohort for something that is counted per unit of use.</summary>
/// <param name="Rate">The median person's occurrences per unit of value.</param>
/// <param name="Weights">How people's true rates lie around it: weights over the ratios of <see cref="RateGrid"/>.</param>
/// <param name="People">How many people it rests on.</param>
public sealed record RateNorm(double Rate, IReadOnlyList<double> Weights, int People)
{
    /// <summary>What half of the ordinary people lie under by that much: from the lower half, which sufferers do not reach.</summary>
    private const double LowerQuantile = 0.16;

    private double? _spread;

    /// <summary>
    /// How far ordinary people lie apart, as the standard deviation of the logarithm of their rates. Taken from the lower half of the
    /// cohort (median to 16th percentile), so that those who suffer do not make suffering look usual.
    /// </summary>
    public double Spread => _spread ??= Math.Log(1 / Math.Clamp(RateGrid.Quantile(Weights, LowerQuantile), 1e-3, 1));
}
