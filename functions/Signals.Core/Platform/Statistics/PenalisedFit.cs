namespace Signals.Core.Platform.Statistics;

/// <summary>
/// Fits and cross-validates a penalised logistic regression by account. The penalty is chosen inside each fold by cross-validation of its
/// own, so that what is reported was never fitted nor chosen on the accounts it is reported of.
/// </summary>
/// <param name="table">The rows.</param>
/// <param name="folds">The fold of each account.</param>
/// <param name="foldCount">How many folds there are.</param>
/// <param name="penalties">The penalties to choose from, strongest first; one alone is taken as it is.</param>
public sealed class PenalisedFit(RegressionTable table, int[] folds, int foldCount, IReadOnlyList<double> penalties)
{
    /// <summary>From hardly free to hardly held, in steps of about three.</summary>
    public static readonly IReadOnlyList<double> UsualPenalties = [300, 100, 30, 10, 3, 1];

    private readonly int _width = table.Columns.Count + 1;
    private readonly int[] _signs = table.Columns.Any(column => column.Sign != 0)
        ? [0, .. table.Columns.Select(column => column.Sign)]
        : [];

    /// <summary>The probability of each row, told by a fit on the other folds' accounts.</summary>
    public double[] CrossValidate(CancellationToken cancellationToken)
    {
        double[] probabilities = new double[table.Rows];
        Parallel.For(
            0,
            foldCount,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            fold =>
            {
                int[] others = RowsWhere(row => folds[table.Accounts[row]] != fold);
                var (standardization, coefficients, _) = Fit(others, fold);
                double[] rows = standardization.Apply(table);
                for (int row = 0; row < table.Rows; row++)
                {
                    if (folds[table.Accounts[row]] == fold)
                        probabilities[row] = LogisticRegression.Logistic(
                            LogisticRegression.Dot(rows.AsSpan(row * _width, _width), coefficients)
                        );
                }
            }
        );
        return probabilities;
    }

    /// <summary>The fit on all rows, and the penalty that it chose.</summary>
    public (Standardization Standardization, double[] Coefficients, double Penalty) FitAll() => Fit(RowsWhere(_ => true), foldCount);

    private (Standardization Standardization, double[] Coefficients, double Penalty) Fit(int[] use, int leftOut)
    {
        var standardization = Standardization.Of(table, use);
        double[] rows = standardization.Apply(table),
            prior = standardization.Priors(table);
        double penalty = penalties.Count == 1 ? penalties[0] : Choose(rows, prior, use, leftOut);
        return (
            standardization,
            LogisticRegression.Fit(rows, _width, table.Happened, use, penalty, prior, Start(prior, use), table.Weights, _signs),
            penalty
        );
    }

    /// <summary>
    /// The strongest penalty whose loss, on the folds that are left and each told by the others, is not surely above the least: within one
    /// standard error of the difference over the folds. Few churned accounts choose no weaker one by luck.
    /// </summary>
    /// <remarks>
    /// The one-standard-error rule: Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning" (2009), section 7.10.
    /// </remarks>
    private double Choose(double[] rows, double[] prior, int[] use, int leftOut)
    {
        var losses = new List<double[]>();
        for (int inner = 0; inner < foldCount; inner++)
        {
            if (inner == leftOut)
                continue;
            double[] ofFold = new double[penalties.Count];
            losses.Add(ofFold);
            int[] fitted = [.. use.Where(row => folds[table.Accounts[row]] != inner)];
            int[] told = [.. use.Where(row => folds[table.Accounts[row]] == inner)];
            double[][] fits = LogisticRegression.FitEach(
                rows,
                _width,
                table.Happened,
                fitted,
                [.. penalties],
                prior,
                Start(prior, fitted),
                table.Weights,
                _signs
            );
            for (int i = 0; i < fits.Length; i++)
            {
                foreach (int row in told)
                    ofFold[i] +=
                        table.Weights[row] * Loss(LogisticRegression.Dot(rows.AsSpan(row * _width, _width), fits[i]), table.Happened[row]);
            }
        }
        int best = Enumerable.Range(0, penalties.Count).MinBy(i => losses.Sum(fold => fold[i]));
        return penalties[
            Enumerable.Range(0, best + 1).First(i => i == best || !IsSurelyAbove(losses.ConvertAll(fold => fold[i] - fold[best])))
        ];
    }

    private static bool IsSurelyAbove(List<double> excess)
    {
        double mean = excess.Average(),
            variance = excess.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, excess.Count - 1);
        return mean > Math.Sqrt(variance / excess.Count);
    }

    /// <summary>The prior, with the intercept of a score that knows the base rate only.</summary>
    private double[] Start(double[] prior, int[] use)
    {
        double rate =
            (use.Sum(row => (double)table.Weights[row] * table.Happened[row]) + 0.5) / (use.Sum(row => (double)table.Weights[row]) + 1);
        double[] start = [.. prior];
        start[0] = Math.Log(rate / (1 - rate));
        return start;
    }

    private int[] RowsWhere(Func<int, bool> holds) => [.. Enumerable.Range(0, table.Rows).Where(holds)];

    /// <summary>The negative log-likelihood of one outcome.</summary>
    private static double Loss(double logOdds, byte happened)
    {
        double signed = happened == 1 ? -logOdds : logOdds;
        return signed > 30 ? signed : Math.Log(1 + Math.Exp(signed));
    }
}
