using Signals.Core.Diagnosis.Norms;
using Signals.Core.Model;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Statistics;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Norms;

public sealed class RiskNormsTests
{
    private static readonly RiskThresholds Low = new(0.02, 0.03, 0.05);
    private static readonly ValueModel Model = StoryModels.OfPeople;

    [Theory]
    [InlineData(null, 0.06, 0.1)]
    [InlineData(20, 0.01, 0.025)]
    [InlineData(5000, 0.8, 1)]
    public void No_more_come_to_be_at_risk_than_a_tenth_or_than_the_team_can_care_for(int? capacity, double least, double most)
    {
        var (odds, probabilities) = Spread(1000);
        var model = Model with { Alerts = new AlertSettings { Capacity = capacity } };

        var levels = new RiskNorms(odds, 1000).Raise(Low, model);

        Assert.InRange(probabilities.Count(probability => probability >= levels.AtRisk) / 1000.0, least, most);
        Assert.True(levels.Watch < levels.AtRisk && levels.AtRisk < levels.Critical && levels.Critical < 1);
    }

    [Fact]
    public void Where_few_are_at_risk_nobody_is_added_to_fill_the_tenth()
    {
        var (odds, _) = Spread(1000);
        var high = new RiskThresholds(0.9, 0.95, 0.99);

        var levels = new RiskNorms(odds, 1000).Raise(high, Model);

        Assert.Equal(high.Watch, levels.Watch, 1e-9);
        Assert.Equal(high.AtRisk, levels.AtRisk, 1e-9);
        Assert.Equal(high.Critical, levels.Critical, 1e-9);
    }

    [Fact]
    public void Of_few_accounts_each_is_looked_at_for_itself()
    {
        var (odds, _) = Spread(RiskNorms.LeastAccounts - 1);

        Assert.Equal(Low, new RiskNorms(odds, RiskNorms.LeastAccounts - 1).Raise(Low, Model));
    }

    [Fact]
    public void What_a_part_of_the_accounts_tells_holds_for_all_of_them_and_is_read_as_it_was_written()
    {
        var (odds, _) = Spread(1000);
        var model = Model with { Alerts = new AlertSettings { Capacity = 100 } };
        var sampled = new RiskNorms(odds, 10_000);
        var writer = new PackWriter();
        sampled.Write(writer);
        var reader = new PackReader(writer.ToArray());

        var read = RiskNorms.Read(ref reader);

        // A hundred of ten thousand are one in a hundred of those that were read.
        Assert.Equal(sampled.Raise(Low, model), read.Raise(Low, model));
        Assert.True(sampled.Raise(Low, model).AtRisk > new RiskNorms(odds, 1000).Raise(Low, model).AtRisk);
    }

    /// <summary>Probabilities that rise evenly in log-odds, from hardly any to about a half.</summary>
    private static (QuantileSketch Odds, List<double> Probabilities) Spread(int accounts)
    {
        var odds = new QuantileSketch();
        var probabilities = new List<double>();
        for (int i = 0; i < accounts; i++)
        {
            double logOdds = -4 + 4.0 * i / accounts;
            odds.Add(Math.Exp(logOdds));
            probabilities.Add(LogisticRegression.Logistic(logOdds));
        }
        return (odds, probabilities);
    }
}
