using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>
/// What regressions reach on accounts that they were not fitted on, under the report's cuts and the same folds by account: the plain one on
/// counts of events, which any analyst would try first, and the review's own features, as <c>calibrate</c> fits them.
/// </summary>
/// <param name="Folds">Folds, by account.</param>
/// <param name="Accounts">Accounts in them.</param>
/// <param name="Churned">Of those, how many churned within the horizon of a cut.</param>
/// <param name="Reference">The plain logistic regression on counts of each event in the 30 days before the cut.</param>
/// <param name="Review">The review's score as it is, on the same assessments.</param>
/// <param name="Calibrated">The review's score as <c>calibrate</c> would fit it.</param>
/// <param name="ReviewAboveReference">The review's AUC less the reference's.</param>
/// <param name="CalibratedAboveReference">The calibrated AUC less the reference's.</param>
public sealed record RegressionComparison(
    int Folds,
    int Accounts,
    int Churned,
    RankingFigures Reference,
    RankingFigures Review,
    RankingFigures Calibrated,
    PairedDifference ReviewAboveReference,
    PairedDifference CalibratedAboveReference
)
{
    public const int FoldCount = 5;

    /// <summary>With fewer churned accounts curves are not bent one by one: what they would learn would not hold for the next.</summary>
    public const int LeastForCurves = 30;

    /// <summary>
    /// With fewer nothing is fitted. From here on the shipped curves are scaled as one and laid over the base rate, which two numbers do.
    /// </summary>
    public const int LeastChurned = 10;

    /// <summary>The penalty of the plain regression: the usual default of 1, which is next to none.</summary>
    private static readonly IReadOnlyList<double> Plain = [1];

    /// <summary>The calibrated probability of each assessment, told by the other folds.</summary>
    internal IReadOnlyList<double> CalibratedProbabilities { get; init; } = [];

    /// <summary>The longer horizons that <c>calibrate</c> would tell, on accounts that neither score nor hazards were fitted on.</summary>
    public IReadOnlyList<HorizonFigures> Later { get; init; } = [];

    /// <summary>Flags under the levels that <c>calibrate</c> would set, on accounts not fitted on, at each cut.</summary>
    public required IReadOnlyList<Outcomes> CalibratedCuts { get; init; }

    /// <summary>The sum of <see cref="CalibratedCuts"/>.</summary>
    public Outcomes CalibratedOutcomes => CalibratedCuts.Aggregate(Outcomes.None, (sum, cut) => sum + cut);

    /// <summary>Null with hardly any churned account.</summary>
    /// <param name="rows">The labelled assessments.</param>
    /// <param name="horizonDays">Within how many days churn followed.</param>
    /// <param name="now">The end of the stream.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal static RegressionComparison? Of(RegressionRows rows, int horizonDays, DateTimeOffset now, CancellationToken cancellationToken)
    {
        int churned = rows.ChurnedAccounts;
        if (churned < LeastChurned)
            return null;
        double[] reference = new PenalisedFit(rows.Counts(), rows.Folds, FoldCount, Plain).CrossValidate(cancellationToken);
        double[] calibrated = rows.CrossValidate(cancellationToken);
        double[] review = [.. rows.LogOdds.Select(LogisticRegression.Logistic)];

        var compared = new ScoreComparison(rows.Happened, rows.Accounts, rows.Weights, rows.AccountCount, [reference, review, calibrated]);
        return new RegressionComparison(
            FoldCount,
            rows.AccountCount,
            churned,
            compared.Figures(0),
            compared.Figures(1),
            compared.Figures(2),
            compared.Difference(1, 0),
            compared.Difference(2, 0)
        )
        {
            CalibratedProbabilities = calibrated,
            CalibratedCuts = Flag(rows, calibrated),
            Later = LaterHazards.CrossValidate(rows, calibrated, horizonDays, now),
        };
    }

    private static List<Outcomes> Flag(RegressionRows rows, double[] probabilities)
    {
        double from = Calibrator.LevelsOf(probabilities, rows.Happened, rows.Weights).AtRisk;
        var cuts = new SortedDictionary<DateTimeOffset, Outcomes>();
        for (int row = 0; row < probabilities.Length; row++)
        {
            int all = rows.Weights[row],
                churned = rows.Happened[row] * all,
                flagged = probabilities[row] >= from ? 1 : 0;
            cuts[rows.CutOf(row)] =
                cuts.GetValueOrDefault(rows.CutOf(row), Outcomes.None) + new Outcomes(all, churned, flagged * all, flagged * churned);
        }
        return [.. cuts.Values];
    }
}

/// <summary>How well a score ranks and tells probabilities, with 95% intervals by account.</summary>
public sealed record RankingFigures(
    double Auc,
    Interval? AucInterval,
    double AveragePrecision,
    Interval? AveragePrecisionInterval,
    double TopDecileLift,
    Interval? TopDecileLiftInterval,
    double Brier
)
{
    /// <summary>
    /// How far what was told lies from what happened, over tenths of the assessments by rising score: the mean difference.
    /// </summary>
    public double CalibrationError { get; init; }
}

/// <summary>
/// A difference between two scores on the same accounts, with its 95% interval and the share of resamples in which it is not negative.
/// </summary>
public sealed record PairedDifference(double Value, Interval? Interval, double? NotWorse);

/// <summary>How well the chance to leave within a longer horizon was told.</summary>
/// <param name="Days">The horizon.</param>
/// <param name="Assessed">Assessments that a whole horizon follows.</param>
/// <param name="Told">The mean of what they were told.</param>
/// <param name="Seen">The share of them that left within it.</param>
/// <param name="Ranking">How well what was told ranks and agrees, tenth by tenth.</param>
public sealed record HorizonFigures(int Days, long Assessed, double Told, double Seen, RankingFigures Ranking);
