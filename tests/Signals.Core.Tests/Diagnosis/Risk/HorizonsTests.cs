using Signals.Core.Diagnosis.Risk;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Tests.Diagnosis.Risk;

/// <summary>Chances within a fortnight, a month and a quarter are told from one curve.</summary>
public sealed class HorizonsTests
{
    private static readonly RiskCalibration Fitted = RiskScoreTests.Calibration(-4) with
    {
        BaseRate = 0.03,
        Later = [new LaterHazard(14, 30, -3, 0.5, 0.8, 0.025), new LaterHazard(30, 90, -1.5, 0.3, 0, 0.07)],
    };

    [Fact]
    public void A_longer_horizon_never_tells_less_and_a_higher_score_never_less_at_any_horizon()
    {
        double[]? before = null;
        for (double logOdds = -9; logOdds <= 6; logOdds += 0.5)
        {
            var chances = Horizons.Of(Fitted, logOdds, null);
            Assert.Equal([14, 30, 90], chances.Select(chance => chance.Days));
            double[] told = [.. chances.Select(chance => chance.Probability)];
            Assert.Equal(told.Order(), told);
            Assert.All(told, chance => Assert.InRange(chance, 0, 1));
            Assert.True(before is null || told.Zip(before).All(pair => pair.First >= pair.Second));
            before = told;
        }
    }

    [Fact]
    public void The_first_is_the_scores_own_probability_and_the_others_follow_from_who_is_still_there()
    {
        var chances = Horizons.Of(Fitted, -2, null);
        double first = LogisticRegression.Logistic(-2),
            second = LogisticRegression.Logistic(-3 - 2 * 0.5),
            third = LogisticRegression.Logistic(-1.5 - 2 * 0.3);

        Assert.Equal(first, chances[0].Probability, 1e-4);
        Assert.Equal(1 - (1 - first) * (1 - second), chances[1].Probability, 1e-4);
        Assert.Equal(1 - (1 - first) * (1 - second) * (1 - third), chances[2].Probability, 1e-4);
    }

    [Theory]
    [InlineData(13, false)]
    [InlineData(14, true)]
    [InlineData(29, true)]
    [InlineData(30, false)]
    [InlineData(null, false)]
    public void A_date_to_decide_on_counts_in_the_interval_that_it_lies_in(int? decidesIn, bool counts)
    {
        double without = Horizons.Of(Fitted, -2, null)[1].Probability;

        Assert.Equal(counts, Horizons.Of(Fitted, -2, decidesIn)[1].Probability > without);
    }

    [Fact]
    public void What_is_usual_is_told_as_far_as_history_tells()
    {
        Assert.Equal(0.03, Horizons.UsualWithin(Fitted, 14)!.Value, 1e-9);
        Assert.Equal(1 - 0.97 * 0.975, Horizons.UsualWithin(Fitted, 30)!.Value, 1e-9);
        Assert.Equal(1 - 0.97 * 0.975 * 0.93, Horizons.UsualWithin(Fitted, 90)!.Value, 1e-9);
        Assert.Null(Horizons.UsualWithin(Fitted with { BaseRate = null }, 14));

        var chance = Assert.Single(Horizons.Of(Fitted with { Later = [] }, -2, 20));
        Assert.Equal(14, chance.Days);
    }
}
