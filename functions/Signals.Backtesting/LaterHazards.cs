using Signals.Core.Model;
using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>
/// Fits the time after the horizon, interval by interval, on scores told by fits that had not seen their accounts: who left in it of
/// those who were still there. An interval is told only where enough left in it and several cuts show it, for one day's customers tell
/// of that day; none is told after one that is not.
/// </summary>
internal static class LaterHazards
{
    /// <summary>The horizons that are told, beside the calibration's own.</summary>
    private static readonly int[] Ends = [30, 90];

    /// <summary>Cuts that a whole interval follows.</summary>
    private const int LeastCuts = 4;

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
    ) => Fit(rows, probabilities, horizonDays, now, _ => true);

    /// <summary>
    /// What hazards that were fitted on the other folds tell each fold, held against what happened: for each horizon that every fold is
    /// told of.
    /// </summary>
    public static IReadOnlyList<HorizonFigures> CrossValidate(
        RegressionRows rows,
        IReadOnlyList<double> probabilities,
        int horizonDays,
        DateTimeOffset now
    )
    {
        var folds = Enumerable
            .Range(0, RegressionComparison.FoldCount)
            .Select(fold => Fit(rows, probabilities, horizonDays, now, row => rows.FoldOf(row) != fold))
            .ToList();
        var figures = new List<HorizonFigures>();
        for (int told = 0; told < folds.Min(fold => fold.Count); told++)
            figures.Add(Figures(rows, probabilities, folds, told, now));
        return figures;
    }

    private static HorizonFigures Figures(
        RegressionRows rows,
        IReadOnlyList<double> probabilities,
        List<List<LaterHazard>> folds,
        int horizon,
        DateTimeOffset now
    )
    {
        int days = folds[0][horizon].ToDays;
        var whole = rows.StillThere(0, days, now).ToList();
        double[] told =
        [
            .. whole.Select(row =>
            {
                double stays = 1 - probabilities[row.Row];
                foreach (var later in folds[rows.FoldOf(row.Row)].Take(horizon + 1))
                    stays *= 1 - LogisticRegression.Logistic(later.LogOddsOf(LogOdds(probabilities[row.Row]), row.DecidesIn));
                return 1 - stays;
            }),
        ];
        byte[] happened = [.. whole.Select(row => row.Happened ? (byte)1 : (byte)0)];
        int[] accounts = [.. whole.Select(row => rows.Accounts[row.Row])],
            weights = [.. whole.Select(row => rows.Weights[row.Row])];
        double all = weights.Sum(weight => (double)weight);
        return new HorizonFigures(
            days,
            (long)all,
            told.Zip(weights, (chance, weight) => chance * weight).Sum() / all,
            happened.Zip(weights, (left, weight) => (double)left * weight).Sum() / all,
            new ScoreComparison(happened, accounts, weights, rows.AccountCount, [told]).Figures(0)
        );
    }

    private static List<LaterHazard> Fit(
        RegressionRows rows,
        IReadOnlyList<double> probabilities,
        int horizonDays,
        DateTimeOffset now,
        Predicate<int> fitsOn
    )
    {
        var told = new List<LaterHazard>();
        int from = horizonDays;
        foreach (int to in Ends.Where(days => days > horizonDays))
        {
            if (Fit(rows, probabilities, from, to, now, fitsOn) is not { } later)
                break;
            told.Add(later);
            from = to;
        }
        return told;
    }

    private static LaterHazard? Fit(
        RegressionRows rows,
        IReadOnlyList<double> probabilities,
        int from,
        int to,
        DateTimeOffset now,
        Predicate<int> fitsOn
    )
    {
        var still = rows.StillThere(from, to, now).Where(row => fitsOn(row.Row)).ToList();
        int churned = still.Where(row => row.Happened).Select(row => rows.Accounts[row.Row]).Distinct().Count();
        int cuts = still.Select(row => rows.CutOf(row.Row)).Distinct().Count();
        if (churned < RegressionComparison.LeastChurned || cuts < LeastCuts)
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
