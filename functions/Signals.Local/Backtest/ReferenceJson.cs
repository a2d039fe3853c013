using Signals.Backtesting;

namespace Signals.Local.Backtest;

/// <summary>
/// What a plain logistic regression on counts of each event in the 30 days before a cut reaches on accounts that it was not fitted on, and
/// beside it the review's score as it is (<c>review</c>) and as <c>calibrate</c> would fit it (<c>calibrated</c>), under the same cuts and
/// folds.
/// </summary>
public sealed record ReferenceJson(
    double Auc,
    double[]? AucInterval,
    double AveragePrecision,
    double TopDecileLift,
    double Brier,
    int Folds,
    int Accounts,
    int Churned,
    ScoreJson Review,
    ScoreJson Calibrated
)
{
    internal static ReferenceJson? Of(RegressionComparison? comparison) =>
        comparison is not { } known
            ? null
            : new(
                Math.Round(known.Reference.Auc, 4),
                BacktestJson.Rounded(known.Reference.AucInterval),
                Math.Round(known.Reference.AveragePrecision, 4),
                Math.Round(known.Reference.TopDecileLift, 4),
                Math.Round(known.Reference.Brier, 5),
                known.Folds,
                known.Accounts,
                known.Churned,
                ScoreJson.Of(known.Review, known.ReviewAboveReference),
                ScoreJson.Of(known.Calibrated, known.CalibratedAboveReference)
            );
}
