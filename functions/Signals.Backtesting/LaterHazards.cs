using Signals.Core.Model;
using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>
/// Fits the time after the horizon, interval by interval, on scores told by fits that had not seen their accounts: who left in it of those
/// who were still there. An interval is told only where enough left in it, and none after one that is not told.
/// </summary>
internal static class LaterHazards
{
    /// <summary>The horizons that are told, beside the calibration's own.</summary>
    private static readonly int[] Ends = [30, 90];

    private const double LeastProbability = 1e-6;

    /// <param name="rows">The labelled assessments.</param>
    /// <param name="probabilities">What each was told by the other folds.</param>
    /// <param name="horizonDays">The calibration's horizon.</param>
    /// <param name="now">The end of the stream: an interval that ends later is open.</param>
    public static IReadOnlyList<LaterHazard> Fit(
        RegressionRows rows,
        IReadOnlyList<double> probabilities,
        int horizonDays,
        DateTimeOffset now
    )
    {
        var told = new List<LaterHazard>();
        int from = horizonDays;
        foreach (int to in Ends.Where(days => days > horizonDays))
        {
            if (Fit(rows, probabilities, from, to, now) is not { } later)
                break;
            told.Add(later);
            from = to;
        }
        return told;
    }

    private static LaterHazard? Fit(RegressionRows rows, IReadOnlyList<double> probabilities, int from, int to, DateTimeOffset now)
    {
        var still = rows.StillThere(from, to, now).ToList();
        int churned = still.Where(row => row.Happened).Select(row => rows.Accounts[row.Row]).Distinct().Count();
        if (churned < RegressionComparison.LeastChurned)
            return null;
        double[] values = new double[still.Count * Width];
        int[] weights = new int[still.Count];
        byte[] happened = new byte[still.Count];
        var interval = new LaterHazard(from, to, 0, 0, 0, 0);
        for (int i = 0; i < still.Count; i++)
        {
            var (row, left, decidesIn) = still[i];
            values[i * Width] = 1;
            values[i * Width + 1] = LogOdds(probabilities[row]);
            values[i * Width + 2] = interval.Decides(decidesIn) ? 1 : 0;
            weights[i] = rows.Weights[row];
            happened[i] = left ? (byte)1 : (byte)0;
        }
        double all = weights.Sum(weight => (double)weight),
            rate = happened.Zip(weights, (left, weight) => (double)left * weight).Sum() / all;
        double[] start = [Math.Log(rate / (1 - rate)) - Prior[1] * values.Where((_, i) => i % Width == 1).Average(), .. Prior[1..]];
        double[] fitted = LogisticRegression.Fit(
            values,
            Width,
            happened,
            [.. Enumerable.Range(0, still.Count)],
            Penalty,
            Prior,
            start,
            weights,
            Signs
        );
        return new LaterHazard(from, to, fitted[0], fitted[1], fitted[2], rate);
    }

    /// <summary>Intercept, score and a date in the interval.</summary>
    private const int Width = 3;

    /// <summary>As by a Gaussian with a standard deviation of a quarter for the slope, and for what a date adds.</summary>
    private const double Penalty = 16;

    private static readonly double[] Prior = [0, 0.5, 0];

    /// <summary>A higher score and a date never lower what is told.</summary>
    private static readonly int[] Signs = [0, 1, 1];

    private static double LogOdds(double probability)
    {
        double within = Math.Clamp(probability, LeastProbability, 1 - LeastProbability);
        return Math.Log(within / (1 - within));
    }
}
