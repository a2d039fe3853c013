using Signals.Backtesting;
using Signals.Web.Charts;
using Signals.Web.Markup;

namespace Signals.Local.Backtest.Page;

/// <summary>How well the score ranks, and whether its probabilities hold.</summary>
internal static class ScoreSections
{
    private const int RocRows = 20;

    private static readonly Scale Shares = new(0, 1);

    private static readonly string[] ReferenceColumns = ["score", "AUC", "average precision", "top-decile lift", "AUC above the reference"];

    public static Html Roc(BacktestResult result)
    {
        const string Heading = "Does the score rank those who leave above those who stay?";
        if (result.Auc is null || result.Curves is not { } curves)
            return PageSection.Of("roc", Heading, "There is nothing to rank: some assessments must be followed by churn, and some not.");
        int step = Math.Max(1, curves.Roc.Count / RocRows);
        var text = new ChartText(
            "Share of leaving accounts flagged, by how many are flagged",
            "share of staying accounts flagged with them",
            [],
            Percent
        )
        {
            Numbers = PageSection.Numbers(
                ["staying accounts flagged", "leaving accounts flagged"],
                curves
                    .Roc.Where((_, index) => index % step == 0 || index == curves.Roc.Count - 1)
                    .Select(point => (IReadOnlyList<string>)[Words.Percent(point.Stayed), Words.Percent(point.Churned)])
            ),
        };
        string verdict = result.Intervals.Auc is { From: > 0.5 } ? "better than chance" : "not surely better than chance";
        return PageSection.Of(
            "roc",
            Heading,
            $"Take one account that left within {result.Settings.HorizonDays} days and one that did not: the score is higher for the one "
                + "that left in "
                + $"{Words.PercentWith(result.Auc, result.Intervals.Auc)} of such pairs. 50% is chance; this is {verdict}.",
            XyChart.Of(
                ChartWords.English,
                text,
                Shares,
                Shares,
                [
                    new XyLine("by lot", "reference", [(0, 0), (1, 1)]),
                    new XyLine("by score", "line s1", [.. curves.Roc.Select(point => (point.Stayed, point.Churned))]),
                ]
            )
        );
    }

    public static Html Lift(BacktestResult result)
    {
        const string Heading = "How much is gained by looking at the highest scores first?";
        if (result.TopDecileLift is null || result.Curves is not { } curves || result.Outcomes.BaseRate is not > 0)
            return PageSection.Of("lift", Heading, "There is nothing to compare.");
        double rate = result.Outcomes.BaseRate!.Value;
        double[] lifts = [.. curves.Deciles.Select(decile => decile.Churned / decile.Assessed / rate)];
        var text = new ChartText(
            "Times the base rate, by tenth of all assessments, highest scores first",
            "Tenth",
            [.. curves.Deciles.Select(decile => Words.Count(decile.Decile))],
            lift => $"{lift:0.#}×"
        )
        {
            Numbers = PageSection.Numbers(
                ["tenth", "assessments", "left", "share", "times the base rate"],
                curves.Deciles.Zip(
                    lifts,
                    (decile, lift) =>
                        (IReadOnlyList<string>)
                            [
                                Words.Count(decile.Decile),
                                Words.Count(decile.Assessed),
                                Words.Count(decile.Churned),
                                Words.Percent(decile.Churned / decile.Assessed),
                                Words.Number(lift),
                            ]
                )
            ),
        };
        return PageSection.Of(
            "lift",
            Heading,
            $"The tenth with the highest scores holds {Words.With(result.TopDecileLift, result.Intervals.TopDecileLift, "0.0")} times as "
                + "many "
                + "who leave as a tenth drawn by lot would.",
            StackedBars.Of(ChartWords.English, text, [new Series("Times the base rate", [.. lifts])], new ReferenceLine("The base rate", 1))
        );
    }

    public static Html Calibration(BacktestResult result)
    {
        const string Heading = "Do the probabilities hold?";
        if (result.Calibration is not { } calibration)
            return PageSection.Of("calibration", Heading, "Nothing was assessed.");
        var across = Scale.Of(calibration.Bins.Select(bin => bin.Said));
        var up = Scale.Of(calibration.Bins.Select(bin => bin.Interval.To));
        double both = Math.Min(across.To, up.To);
        var text = new ChartText("Share that left, by what the score said", "what the score said", [], Percent)
        {
            Numbers = PageSection.Numbers(
                ["said", "seen", "95% interval", "assessments", "left"],
                calibration.Bins.Select(bin =>
                    (IReadOnlyList<string>)
                        [
                            Words.Percent(bin.Said),
                            Words.Percent(bin.Seen),
                            $"{Words.Percent(bin.Interval.From)} to {Words.Percent(bin.Interval.To)}",
                            Words.Count(bin.Assessed),
                            Words.Count(bin.Churned),
                        ]
                )
            ),
        };
        string sentence = calibration.IsProbability
            ? "Of accounts that were given a probability, about that share should leave: points on the line are right. "
                + $"The Brier score is {calibration.Brier:0.0000}; saying the base rate of everybody would reach "
                + $"{calibration.BrierOfBaseRate:0.0000}, and lower is better."
            : "This score is weighed by reason: it says who comes first, and is no probability. The points should rise from left to right. "
                + $"\"signals calibrate\" makes a probability of it once {RegressionComparison.LeastChurned} customers have left. "
                + $"Its Brier score is {calibration.Brier:0.0000}, against {calibration.BrierOfBaseRate:0.0000} for the base rate.";
        var bins = calibration.Bins.Select(bin => new XyPoint(bin.Said, bin.Seen, bin.Interval.From, bin.Interval.To));
        return PageSection.Of(
            "calibration",
            Heading,
            sentence,
            XyChart.Of(
                ChartWords.English,
                text,
                across,
                up,
                calibration.IsProbability ? [new XyLine("said as seen", "reference", [(0, 0), (both, both)])] : [],
                new XyPoints("share that left, with its 95% interval", [.. bins])
            )
        );
    }

    public static Html Reference(BacktestResult result)
    {
        const string Heading = "Is it better than simply counting events?";
        if (result.Regressions is not { } regressions)
            return PageSection.Of("reference", Heading, "Too few accounts left to fit anything to compare with.");
        string sentence =
            "A plain logistic regression on counts of each event in 30 days is what an analyst would try first. "
            + $"Fitted and checked on different accounts ({regressions.Folds} folds), it reaches an AUC of "
            + $"{Words.With(regressions.Reference.Auc, regressions.Reference.AucInterval)}.";
        var above = regressions.CalibratedAboveReference;
        sentence +=
            $" The review's score, calibrated under the same folds, is {above.Value:+0.00;-0.00} above it "
            + $"({Words.Number(above.Interval?.From)} to {Words.Number(above.Interval?.To)}).";
        var rows = new List<IReadOnlyList<string>>
        {
            Row("event counts (reference)", regressions.Reference, null),
            Row("this score", regressions.Review, regressions.ReviewAboveReference),
            Row("calibrated, checked on other accounts", regressions.Calibrated, above),
        };
        return PageSection.Of("reference", Heading, sentence, PageSection.Table(ReferenceColumns, rows));
    }

    private static IReadOnlyList<string> Row(string name, RankingFigures figures, PairedDifference? above) =>
        [
            name,
            Words.With(figures.Auc, figures.AucInterval),
            Words.With(figures.AveragePrecision, figures.AveragePrecisionInterval, "0.000"),
            Words.With(figures.TopDecileLift, figures.TopDecileLiftInterval, "0.0"),
            above is null ? "–" : Words.With(above.Value, above.Interval),
        ];

    private static string Percent(double share) => $"{share * 100:0.#}%";
}
