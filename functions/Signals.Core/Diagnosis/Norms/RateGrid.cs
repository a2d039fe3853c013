namespace Signals.Core.Diagnosis.Norms;

/// <summary>
/// How many times its cohort's norm somebody's rate may be, in steps of a quarter octave from 1/32 to 32: distributions of rates are
/// weights over these steps.
/// </summary>
public static class RateGrid
{
    private const int StepsPerOctave = 4;
    private const int LowestOctave = -5;
    private const int HighestOctave = 5;

    public const int Steps = (HighestOctave - LowestOctave) * StepsPerOctave + 1;

    private static readonly double[] Ratios =
    [
        .. Enumerable.Range(0, Steps).Select(step => Math.Pow(2, LowestOctave + (double)step / StepsPerOctave)),
    ];
    private static readonly double[] Logs = [.. Ratios.Select(ratio => Math.Log(ratio))];

    public static double Ratio(int step) => Ratios[step];

    public static double LogRatio(int step) => Logs[step];

    /// <summary>
    /// A bell over the logarithm of the ratio, centred on 1: what is thought of a cohort before anybody in it was seen. A standard
    /// deviation of one half puts two in three between 0.6 and 1.6.
    /// </summary>
    public static double[] Bell(double deviation)
    {
        double[] weights = [.. Logs.Select(log => Math.Exp(-log * log / (2 * deviation * deviation)))];
        return Normalised(weights);
    }

    /// <summary>
    /// The distribution of a rate after <paramref name="count"/> occurrences where <paramref name="expected"/> are the norm: Bayes' rule
    /// with a Poisson likelihood.
    /// </summary>
    public static double[] Posterior(IReadOnlyList<double> prior, double count, double expected)
    {
        double[] weights = new double[Steps];
        double highest = double.NegativeInfinity;
        for (int step = 0; step < Steps; step++)
        {
            weights[step] =
                prior[step] > 0 ? count * Logs[step] - Ratios[step] * expected + Math.Log(prior[step]) : double.NegativeInfinity;
            highest = Math.Max(highest, weights[step]);
        }
        for (int step = 0; step < Steps; step++)
            weights[step] = Math.Exp(weights[step] - highest);
        return Normalised(weights);
    }

    /// <summary>
    /// How likely <paramref name="count"/> occurrences are at each ratio where <paramref name="expected"/> are the norm, by Poisson;
    /// against the likeliest step, which is 1.
    /// </summary>
    internal static double[] Likelihoods(double count, double expected)
    {
        double[] likelihoods = new double[Steps];
        for (int step = 0; step < Steps; step++)
            likelihoods[step] = count * Logs[step] - Ratios[step] * expected;
        double highest = likelihoods.Max();
        for (int step = 0; step < Steps; step++)
            likelihoods[step] = Math.Exp(likelihoods[step] - highest);
        return likelihoods;
    }

    /// <summary>The ratio below which so large a share of the weight lies, interpolated between steps.</summary>
    public static double Quantile(IReadOnlyList<double> weights, double share)
    {
        double below = 0;
        for (int step = 0; step < Steps; step++)
        {
            if (below + weights[step] >= share && weights[step] > 0)
                return Ratios[step] * Math.Pow(2, ((share - below) / weights[step] - 0.5) / StepsPerOctave);
            below += weights[step];
        }
        return Ratios[^1];
    }

    /// <summary>The same distribution seen from another norm: ratios are divided by <paramref name="by"/>.</summary>
    public static double[] Recentred(IReadOnlyList<double> weights, double by)
    {
        double shift = Math.Log2(by) * StepsPerOctave;
        int whole = (int)Math.Floor(shift);
        double part = shift - whole;
        double[] moved = new double[Steps];
        for (int step = 0; step < Steps; step++)
        {
            moved[Math.Clamp(step - whole, 0, Steps - 1)] += weights[step] * (1 - part);
            moved[Math.Clamp(step - whole - 1, 0, Steps - 1)] += weights[step] * part;
        }
        return moved;
    }

    internal static double[] Normalised(double[] weights)
    {
        double sum = weights.Sum();
        for (int i = 0; i < weights.Length; i++)
            weights[i] /= sum;
        return weights;
    }
}
