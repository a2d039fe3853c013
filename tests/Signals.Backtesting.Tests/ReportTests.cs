using Signals.Core.Diagnosis.Risk;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Testing.World;

namespace Signals.Backtesting.Tests;

public sealed class ReportTests
{
    [Fact]
    public void Intervals_hold_their_figure_and_are_the_same_twice()
    {
        var one = Life(60).Run();
        var other = Life(60).Run();

        Assert.InRange(one.Auc!.Value, one.Intervals.Auc!.Value.From, one.Intervals.Auc.Value.To);
        Assert.InRange(one.Outcomes.Recall!.Value, one.Intervals.Recall!.Value.From, one.Intervals.Recall.Value.To);
        Assert.True(one.Intervals.Auc.Value.To - one.Intervals.Auc.Value.From > 0.005);
        Assert.Equal(one.Intervals, other.Intervals);
    }

    [Fact]
    public void Fewer_accounts_give_wider_intervals()
    {
        Assert.True(Width(Life(30)) > 1.3 * Width(Life(240)));

        static double Width(StreamBuilder stream) => stream.Run().Intervals.BaseRate is { } rate ? rate.To - rate.From : 0;
    }

    [Fact]
    public void Bins_and_deciles_hold_every_assessment_once()
    {
        var result = Life(60).Run();

        Assert.Equal(result.Outcomes.Assessed, result.Calibration!.Bins.Sum(bin => bin.Assessed));
        Assert.Equal(result.Outcomes.Churned, result.Calibration.Bins.Sum(bin => bin.Churned));
        Assert.Equal(result.Calibration.Bins.Select(bin => bin.Said).Order(), result.Calibration.Bins.Select(bin => bin.Said));
        Assert.Equal(result.Outcomes.Assessed, result.Curves!.Deciles.Sum(decile => decile.Assessed));
        Assert.Equal(result.Outcomes.Churned, result.Curves.Deciles.Sum(decile => decile.Churned), 0.05);
        Assert.Equal(new RocPoint(0, 0), result.Curves.Roc[0]);
        Assert.Equal(new RocPoint(1, 1), result.Curves.Roc[^1]);
        double area = result.Curves.Roc.Zip(result.Curves.Roc.Skip(1), (a, b) => (b.Stayed - a.Stayed) * (a.Churned + b.Churned) / 2).Sum();
        Assert.Equal(result.Auc!.Value, area, 0.02);
        Assert.Equal(
            result.TopDecileLift!.Value,
            result.Curves.Deciles[0].Churned / result.Curves.Deciles[0].Assessed / result.Outcomes.BaseRate!.Value,
            0.15
        );
    }

    [Fact]
    public void Regressions_are_judged_on_the_reports_own_assessments()
    {
        var result = Life(200).Run();

        var regressions = result.Regressions!;
        Assert.Equal(result.Auc!.Value, regressions.Review.Auc, 1e-6);
        Assert.Equal((5, true), (regressions.Folds, regressions.Churned >= 30));
        Assert.InRange(regressions.Reference.Auc, 0.55, 1);
        Assert.InRange(regressions.Calibrated.Auc, 0.7, 1);
        Assert.True(regressions.Calibrated.Brier < regressions.Review.Brier);
        Assert.Equal(regressions.Calibrated.Auc - regressions.Reference.Auc, regressions.CalibratedAboveReference.Value, 1e-9);
        var flags = regressions.CalibratedOutcomes;
        Assert.Equal((result.Outcomes.Assessed, result.Outcomes.Churned), (flags.Assessed, flags.Churned));
        Assert.InRange(flags.FlaggedShare!.Value, 0.01, 0.15);
        Assert.True(flags.Precision > 2 * flags.BaseRate);
        Assert.Equal(result.Cuts.Select(cut => cut.Outcomes.Assessed), regressions.CalibratedCuts.Select(cut => cut.Assessed));
        Assert.All(
            regressions.Later,
            later =>
            {
                Assert.InRange(later.Assessed, 1, flags.Assessed);
                Assert.Equal(later.Seen, later.Told, 0.05);
                Assert.InRange(later.Ranking.Auc, 0.5, 1);
            }
        );
        Assert.Contains(30, regressions.Later.Select(later => later.Days));
    }

    [Fact]
    public void A_flag_of_a_quiet_day_is_held_against_that_day()
    {
        // Half of the first day's accounts leave and none can be told apart; a tenth of the second's, and of its flags two in five.
        Outcomes[] cuts = [new(100, 50, 0, 0), new(100, 10, 10, 4)];

        var all = cuts.Aggregate(Outcomes.None, (sum, cut) => sum + cut);

        Assert.Equal(4.0 / 3, (all.Precision / all.BaseRate)!.Value, 9);
        Assert.Equal(4, Outcomes.PrecisionOverBaseOfTheDay(cuts)!.Value, 9);
        Assert.Null(Outcomes.PrecisionOverBaseOfTheDay([new(10, 0, 3, 0)]));
        Assert.Null(Outcomes.PrecisionOverBaseOfTheDay([new(10, 4, 0, 0)]));
    }

    [Fact]
    public void Nothing_is_fitted_on_a_handful_that_left() => Assert.Null(Life(16).Run().Regressions);

    [Fact]
    public void A_few_that_left_scale_the_shipped_curves_as_one()
    {
        var (backtester, result) = Backtested(60);

        var calibration = Calibrator.Fit(backtester, result, ("life.ndjson", "00"), new DateOnly(2026, 1, 31)).Calibration!;

        Assert.InRange(calibration.Data.Churned, 10, 29);
        var shipped = RiskFeatures.Of(StreamBuilder.Model()).Where(feature => !feature.Curve.IsFlat).ToList();
        Assert.Equal(shipped.Select(feature => feature.Id).Order(), calibration.Curves.Keys.Order());
        double[] factors =
        [
            .. shipped.SelectMany(feature =>
                feature
                    .Curve.Adds.Zip(calibration.Curves[feature.Id])
                    .Where(pair => pair.First != 0)
                    .Select(pair => pair.Second.Adds / pair.First)
            ),
        ];
        Assert.InRange(factors[0], 0.1, 2);
        Assert.All(factors, factor => Assert.Equal(factors[0], factor, 1e-9));
        // The order is the shipped one; what is told is a probability, right on the whole.
        var again = Life(60).Run(model: StreamBuilder.Model() with { Risk = calibration });
        Assert.Equal(result.Auc!.Value, again.Auc!.Value, 1e-3);
        Assert.Equal(
            again.Outcomes.BaseRate!.Value,
            again.Calibration!.Bins.Sum(bin => bin.Said * bin.Assessed) / again.Outcomes.Assessed,
            0.01
        );
        Assert.True(again.Calibration.Brier < result.Calibration!.Brier);
    }

    [Fact]
    public void A_calibration_ranks_its_levels_and_is_drawn_from_the_history()
    {
        var (backtester, result) = Backtested(200);

        var outcome = Calibrator.Fit(backtester, result, ("life.ndjson", "00"), new DateOnly(2026, 1, 31));

        var calibration = outcome.Calibration!;
        Assert.Equal((result.Regressions!.Churned, result.Regressions.Accounts), (calibration.Data.Churned, calibration.Data.Accounts));
        Assert.True(calibration.Levels.Watch < calibration.Levels.AtRisk && calibration.Levels.AtRisk < calibration.Levels.Critical);
        Assert.True(calibration.Levels.AtRisk >= 2 * result.Outcomes.BaseRate - 1e-9);
        Assert.Equal(result.Regressions.Calibrated.Auc, calibration.CrossValidated!.Auc);
        var again = Life(200).Run(model: StreamBuilder.Model() with { Risk = calibration });
        Assert.True(again.Calibration!.IsProbability);
        Assert.True(again.Calibration.Brier < again.Calibration.BrierOfBaseRate);
        Assert.InRange(again.Outcomes.FlaggedShare!.Value, 0.01, 0.2);
    }

    [Fact]
    public void One_matter_is_written_about_once_and_followed_up_on_once_and_nobody_without_an_address_is_written_to()
    {
        var model = new ModelFile()
            .With("value", """{ "unit": "minutes", "from": [{ "event": "Listened", "amount": 60 }] }""")
            .With("outreach", """{ "holdout": 0 }""")
            .With(
                "playbooks",
                """{ "value-not-found": { "followUp": { "message": "second", "days": 14 } }, "never-took-off": { "message": null } }"""
            )
            .ReadValid();
        var stream = new StreamBuilder();
        for (int day = 0; day < 100; day++)
        {
            stream.Add("ann", "Looked", day).Add("bob", "Looked", day);
        }
        stream.Identify("ann", "ann@example.com", 0);

        var result = stream.Run(model: model);

        // Day 30 and two cuts later; Bob never.
        Assert.Equal([1, 0, 1, 0, 0, 0, 0, 0], result.Cuts.Select(cut => cut.Mails));
        Assert.Equal(2.0 / 8, result.MailsPerWeek);
        Assert.Equal(2, result.Cuts[0].NewlyFlagged);
        Assert.Equal(2.0 / 8, result.FlagsPerWeek);
    }

    [Fact]
    public void Labels_are_held_against_what_was_found_at_the_last_look()
    {
        var labels = new LabelledCauses(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ann"] = "usage-drop",
                ["bob"] = "none",
                ["cid"] = "usage-drop+friction",
                ["absent"] = "none",
            }
        );
        var stream = new StreamBuilder().Daily("ann", "Listened", 0, 40).Daily("bob", "Listened", 0, 90).Daily("cid", "Listened", 0, 90);

        var confusion = stream.Run(labels: labels).Confusion!;

        Assert.Equal((4, 3), (confusion.Labelled, confusion.Accounts.Count));
        var drop = Assert.Single(confusion.Causes, cause => cause.Cause == CauseIds.UsageDrop);
        Assert.Equal((1, 1, 2), (drop.Right, drop.Named, drop.Having));
        Assert.Equal((1.0, 0.5), (drop.Precision, drop.Recall));
        Assert.Equal(0.75, drop.AucAgainstNone);
        Assert.Equal(1, confusion.Labels.Single(label => label.Label == "none").Named[CauseConfusion.Nothing]);
    }

    [Fact]
    public void Who_left_before_settling_is_looked_at_for_causes_just_before()
    {
        var labels = new LabelledCauses(new Dictionary<string, string>(StringComparer.Ordinal) { ["eve"] = "value-not-found" });
        var stream = new StreamBuilder().Daily("eve", "Looked", 0, 20).Add("eve", "Left", 20).Daily("bob", "Listened", 0, 90);

        var result = stream.Run(labels: labels);

        Assert.Equal(1, Assert.Single(result.Confusion!.Causes).Right);
        Assert.Equal(0, result.Outcomes.Churned);
    }

    /// <summary>People who listen at their own pace; a third fades out and leaves, most of them.</summary>
    private static StreamBuilder Life(int people)
    {
        var random = new Random(42);
        var stream = new StreamBuilder();
        for (int i = 0; i < people; i++)
        {
            int pace = random.Next(1, 4),
                start = random.Next(0, 20),
                fades = random.Next(3) == 0 ? random.Next(45, 90) : int.MaxValue;
            for (int day = start; day < 120 && day < fades; day += pace)
                stream.Add($"p{i}", "Listened", day + random.NextDouble() * 0.9);
            if (fades < int.MaxValue && random.Next(4) > 0)
                stream.Add($"p{i}", "Left", fades + random.Next(8, 30) + random.NextDouble());
        }
        return stream;
    }

    private static (Backtester Backtester, BacktestResult Result) Backtested(int people)
    {
        var backtester = new Backtester(StreamBuilder.Model(), new BacktestSettings());
        foreach (var usageEvent in Life(people).Events.OrderBy(item => item.Timestamp))
            backtester.Add(usageEvent, MessageHash.Of(usageEvent.MessageId));
        return (backtester, backtester.Finish(TestContext.Current.CancellationToken));
    }
}
