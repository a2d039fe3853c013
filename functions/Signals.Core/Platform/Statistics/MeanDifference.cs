namespace Signals.Core.Platform.Statistics;

/// <summary>
/// How far apart the means of two groups lie, compared within layers and put together, so that a layer of which one group has more does not
/// pass for a difference between the groups.
/// </summary>
/// <param name="With">The mean of the first group, its layers weighed as in the difference.</param>
/// <param name="Without">The mean of the second.</param>
/// <param name="Error">The standard error of their difference.</param>
/// <param name="Degrees">Its degrees of freedom.</param>
/// <remarks>
/// Layers weigh by how much they tell, n1 n2 / (n1 + n2) (Cochran, "Some methods for strengthening the common chi-square tests", 1954); the
/// error is Welch's, "The generalization of Student's problem when several different population variances are involved" (1947). Each group
/// scatters as if one more of it lay at the mean of both: a few who all say the same are not sure to be all alike.
/// </remarks>
public sealed record MeanDifference(double With, double Without, double Error, double Degrees)
{
    public double Difference => With - Without;

    /// <summary>Null where no layer has two of each group.</summary>
    public static MeanDifference? Of(IEnumerable<(MeanTally With, MeanTally Without)> layers)
    {
        var told = layers.Where(layer => layer is { With.Count: >= 2, Without.Count: >= 2 }).ToList();
        double all = told.Sum(Weight);
        if (told.Count == 0)
            return null;
        double with = 0,
            without = 0,
            variance = 0,
            spread = 0;
        foreach (var layer in told)
        {
            double weight = Weight(layer) / all;
            with += weight * layer.With.Mean;
            without += weight * layer.Without.Mean;
            double middle =
                (layer.With.Count * layer.With.Mean + layer.Without.Count * layer.Without.Mean) / (layer.With.Count + layer.Without.Count);
            foreach (var group in (MeanTally[])[layer.With, layer.Without])
            {
                double part = weight * weight * Scatter(group, middle) / group.Count;
                variance += part;
                spread += part * part / (group.Count - 1);
            }
        }
        return new MeanDifference(with, without, Math.Sqrt(variance), spread == 0 ? double.MaxValue : variance * variance / spread);
    }

    /// <summary>Where the difference lies with so much confidence, 0 to 1.</summary>
    public (double Low, double High) Interval(double confidence)
    {
        double half = Error * Normal.StudentQuantile(0.5 + confidence / 2, Degrees);
        return (Difference - half, Difference + half);
    }

    private static double Weight((MeanTally With, MeanTally Without) layer) =>
        (double)layer.With.Count * layer.Without.Count / (layer.With.Count + layer.Without.Count);

    private static double Scatter(MeanTally group, double middle)
    {
        double away = middle - group.Mean;
        return (group.Squares + away * away * group.Count / (group.Count + 1)) / group.Count;
    }
}
