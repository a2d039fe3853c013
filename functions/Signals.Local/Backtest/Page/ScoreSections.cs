using Signals.Backtesting;

namespace Signals.Local.Backtest.Page;

/// <summary>How well the score ranks, and whether its probabilities hold.</summary>
internal static class ScoreSections
{
    public static PageSection Roc(BacktestResult result)
    {
        const string Heading = "Does the score rank those who leave above those who stay?";
        if (result.Auc is null || result.Curves is not { } curves)
            return new PageSection("roc", Heading, "There is nothing to rank: some assessments must be followed by churn, and some not.", null, [], []);
        var plot = new Plot("ROC curve", (0, 1), (0, 1))
            .AxisUp(Shares()).AxisAcross("share of staying accounts flagged with them", Shares())
            .Line([(0, 0), (1, 1)], "chance").Line(curves.Roc.Select(point => (point.Stayed, point.Churned)), "line");
        string verdict = result.Intervals.Auc is { From: > 0.5 } ? "better than chance" : "not surely better than chance";
        return new PageSection(
            "roc", Heading,
            $"Take one account that left within {result.Settings.HorizonDays} days and one that did not: the score is higher for the one that left in "
            + $"{Words.PercentWith(result.Auc, result.Intervals.Auc)} of such pairs. 50% is chance; this is {verdict}.",
            plot.ToSvg(), ["staying accounts flagged", "leaving accounts flagged"],
            [.. curves.Roc.Where((_, index) => index % Math.Max(1, curves.Roc.Count / 20) == 0 || index == curves.Roc.Count - 1)
                .Select(point => (IReadOnlyList<string>)[Words.Percent(point.Stayed), Words.Percent(point.Churned)])])
        {
            Legend = [("line", "share of leaving accounts flagged, by how many are flagged"), ("chance", "chance")],
        };
    }

    public static PageSection Lift(BacktestResult result)
    {
        const string Heading = "How much is gained by looking at the highest scores first?";
        if (result.TopDecileLift is null || result.Curves is not { } curves || result.Outcomes.BaseRate is not > 0)
            return new PageSection("lift", Heading, "There is nothing to compare.", null, [], []);
        double rate = result.Outcomes.BaseRate!.Value;
        double[] lifts = [.. curves.Deciles.Select(decile => decile.Churned / decile.Assessed / rate)];
        double most = Math.Max(2, lifts.Max() * 1.1);
        var plot = new Plot("Lift by tenth of the scores", (0.4, 10.6), (0, most))
            .AxisUp(Plot.Ticks(most).Select(at => (at, at.ToString("0.#") + "×")))
            .AxisAcross("tenth of all assessments, highest scores first", Enumerable.Range(1, 10).Select(at => ((double)at, at.ToString())))
            .Line([(0.4, 1), (10.6, 1)], "chance");
        for (int i = 0; i < lifts.Length; i++)
            plot.Bar(i + 0.65, i + 1.35, lifts[i], "bar", $"tenth {i + 1}: {lifts[i]:0.0} times the base rate");
        return new PageSection(
            "lift", Heading,
            $"The tenth with the highest scores holds {Words.With(result.TopDecileLift, result.Intervals.TopDecileLift, "0.0")} times as many who leave as a tenth drawn by lot would.",
            plot.ToSvg(), ["tenth", "assessments", "left", "share", "times the base rate"],
            [.. curves.Deciles.Select((decile, index) => (IReadOnlyList<string>)
                [Words.Count(decile.Decile), Words.Count(decile.Assessed), Words.Count(decile.Churned), Words.Percent(decile.Churned / decile.Assessed), Words.Number(lifts[index])])])
        {
            Legend = [("bar", "times the base rate"), ("chance", "the base rate")],
        };
    }

    public static PageSection Calibration(BacktestResult result)
    {
        const string Heading = "Do the probabilities hold?";
        if (result.Calibration is not { } calibration)
            return new PageSection("calibration", Heading, "Nothing was assessed.", null, [], []);
        double across = Math.Max(0.02, calibration.Bins.Max(bin => bin.Said) * 1.1), up = Math.Max(0.02, calibration.Bins.Max(bin => bin.Interval.To) * 1.05);
        double both = Math.Min(across, up);
        var plot = new Plot("Said against seen", (0, across), (0, up))
            .AxisUp(Plot.Ticks(up).Select(at => (at, Words.Percent(at)))).AxisAcross("what the score said", Plot.Ticks(across).Select(at => (at, Words.Percent(at))));
        if (calibration.IsProbability)
            plot.Line([(0, 0), (both, both)], "chance");
        foreach (var bin in calibration.Bins)
            plot.Whisker(bin.Said, bin.Interval.From, bin.Interval.To).Point(bin.Said, bin.Seen, "dot", $"said {Words.Percent(bin.Said)}, seen {Words.Percent(bin.Seen)}");
        string sentence = calibration.IsProbability
            ? $"Of accounts that were given a probability, about that share should leave: points on the line are right. The Brier score is {calibration.Brier:0.0000}; saying the base rate of everybody would reach {calibration.BrierOfBaseRate:0.0000}, and lower is better."
            : $"This score is weighed by reason: it says who comes first, and is no probability. The points should rise from left to right. \"signals calibrate\" makes a probability of it once {RegressionComparison.LeastChurned} customers have left. Its Brier score is {calibration.Brier:0.0000}, against {calibration.BrierOfBaseRate:0.0000} for the base rate.";
        return new PageSection(
            "calibration", Heading, sentence, plot.ToSvg(), ["said", "seen", "95% interval", "assessments", "left"],
            [.. calibration.Bins.Select(bin => (IReadOnlyList<string>)
                [Words.Percent(bin.Said), Words.Percent(bin.Seen), $"{Words.Percent(bin.Interval.From)} to {Words.Percent(bin.Interval.To)}", Words.Count(bin.Assessed), Words.Count(bin.Churned)])])
        {
            Legend = calibration.IsProbability
                ? [("dot", "share that left, with its 95% interval"), ("chance", "said as seen")]
                : [("dot", "share that left, with its 95% interval")],
        };
    }

    public static PageSection Reference(BacktestResult result)
    {
        const string Heading = "Is it better than simply counting events?";
        if (result.Regressions is not { } regressions)
            return new PageSection("reference", Heading, "Too few accounts left to fit anything to compare with.", null, [], []);
        string sentence = $"A plain logistic regression on counts of each event in 30 days is what an analyst would try first. Fitted and checked on different accounts ({regressions.Folds} folds), it reaches an AUC of {Words.With(regressions.Reference.Auc, regressions.Reference.AucInterval)}.";
        sentence += regressions.CalibratedAboveReference is { } above
            ? $" The review's own features, calibrated under the same folds, are {above.Value:+0.00;-0.00} above it ({Words.Number(above.Interval?.From)} to {Words.Number(above.Interval?.To)})."
            : $" To calibrate the review's score takes {RegressionComparison.LeastChurned} accounts that left; there were {regressions.Churned}.";
        var rows = new List<IReadOnlyList<string>> { Row("event counts (reference)", regressions.Reference, null), Row("this score", regressions.Review, regressions.ReviewAboveReference) };
        if (regressions.Calibrated is { } calibrated)
            rows.Add(Row("calibrated, checked on other accounts", calibrated, regressions.CalibratedAboveReference));
        return new PageSection("reference", Heading, sentence, null, ["score", "AUC", "average precision", "top-decile lift", "AUC above the reference"], rows);

        static IReadOnlyList<string> Row(string name, RankingFigures figures, PairedDifference? above) =>
        [
            name, Words.With(figures.Auc, figures.AucInterval), Words.With(figures.AveragePrecision, figures.AveragePrecisionInterval, "0.000"),
            Words.With(figures.TopDecileLift, figures.TopDecileLiftInterval, "0.0"), above is null ? "–" : Words.With(above.Value, above.Interval),
        ];
    }

    private static IEnumerable<(double, string)> Shares() => Plot.Ticks(1).Select(at => (at, $"{at * 100:0}%"));
}
