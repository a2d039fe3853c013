using Signals.Core.Diagnosis.Norms;
using Signals.Core.Model;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Statistics;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Norms;

public sealed class RiskNormsTests
{
    private static readonly RiskThresholds Low = new(0.02, 0.03, 0.05);
    private static readonly ValueModel Model = StoryModels.OfPeople;
    private const double Price = 99;

    [Theory]
    [InlineData(null, 0.06, 0.1)]
    [InlineData(20, 0.01, 0.025)]
    [InlineData(5000, 0.8, 1)]
    public void No_more_come_to_be_at_risk_than_a_tenth_or_than_the_team_can_care_for(int? capacity, double least, double most)
    {
        var (odds, stakes, probabilities) = Spread(1000);
        var model = Model with { Alerts = new AlertSettings { Capacity = capacity } };

        var levels = new RiskNorms(odds, stakes, 1000).Raise(Low, model, Price);

        Assert.InRange(probabilities.Count(probability => probability >= levels.AtRisk) / 1000.0, least, most);
        Assert.True(levels.Watch < levels.AtRisk && levels.AtRisk < levels.Critical && levels.Critical < 1);
    }

    [Fact]
    public void Where_few_are_at_risk_nobody_is_added_to_fill_the_tenth()
    {
        var (odds, stakes, _) = Spread(1000);
        var high = new RiskThresholds(0.9, 0.95, 0.99);

        var levels = new RiskNorms(odds, stakes, 1000).Raise(high, Model, Price);

        Assert.Equal(high.Watch, levels.Watch, 1e-9);
        Assert.Equal(high.AtRisk, levels.AtRisk, 1e-9);
        Assert.Equal(high.Critical, levels.Critical, 1e-9);
    }

    [Fact]
    public void Of_few_accounts_each_is_looked_at_for_itself()
    {
        var (odds, stakes, _) = Spread(RiskNorms.LeastAccounts - 1);
        var busy = Model with { Alerts = new AlertSettings { Capacity = 3 } };

        Assert.Equal(Low, new RiskNorms(odds, stakes, RiskNorms.LeastAccounts - 1).Raise(Low, Model, Price));
        Assert.Equal(Low, new RiskNorms(odds, stakes, RiskNorms.LeastAccounts - 1).Raise(Low, busy, Price));
        Assert.Null(new RiskNorms(odds, stakes, RiskNorms.LeastAccounts - 1).Standing(0));
    }

    [Fact]
    public void What_a_part_of_the_accounts_tells_holds_for_all_of_them_and_is_read_as_it_was_written()
    {
        var (odds, stakes, _) = Spread(1000);
        var model = Model with { Alerts = new AlertSettings { Capacity = 100 } };
        var sampled = new RiskNorms(odds, stakes, 10_000);
        var writer = new PackWriter();
        sampled.Write(writer);
        var reader = new PackReader(writer.ToArray());

        var read = RiskNorms.Read(ref reader);

        // A hundred of ten thousand are one in a hundred of those that were read.
        Assert.Equal(sampled.Raise(Low, model, Price), read.Raise(Low, model, Price));
        Assert.True(sampled.Raise(Low, model, Price).AtRisk > new RiskNorms(odds, stakes, 1000).Raise(Low, model, Price).AtRisk);
    }

    [Fact]
    public void Where_a_team_says_how_many_it_can_care_for_those_with_most_at_stake_come_first()
    {
        // The odds of all are spread alike; one in four pays twenty times as much, and one in ten nothing.
        var accounts = Enumerable
            .Range(0, 1000)
            .Select(i =>
                (
                    LogOdds: -4 + 4.0 * (i * 617 % 1000) / 1000,
                    Price: i % 10 == 0 ? 0
                    : i % 4 == 0 ? 1000
                    : 50
                )
            )
            .ToList();
        var (odds, stakes) = (new QuantileSketch(), new QuantileSketch());
        foreach (var (logOdds, price) in accounts)
        {
            odds.Add(Math.Exp(logOdds));
            if (LogisticRegression.Logistic(logOdds) >= Low.AtRisk)
                stakes.Add(Stake.Of(price, logOdds));
        }
        var norms = new RiskNorms(odds, stakes, 1000);
        var flagged = Flagged(new AlertSettings { Capacity = 60 });

        Assert.InRange(flagged.Count, 40, 60);
        double least = flagged.Min(account => Stake.Of(account.Price, account.LogOdds));
        // Within the 4% of a sketch's bucket.
        Assert.DoesNotContain(
            accounts.Except(flagged),
            account => LogisticRegression.Logistic(account.LogOdds) >= Low.AtRisk && Stake.Of(account.Price, account.LogOdds) > least * 1.05
        );
        Assert.DoesNotContain(flagged, account => account.Price == 0);

        // Who says nothing has the highest tenth, whatever they pay; who can care for all has all that are at risk.
        Assert.Contains(Flagged(new AlertSettings()), account => account.Price == 0);
        Assert.Equal(
            accounts.Count(account => LogisticRegression.Logistic(account.LogOdds) >= Low.AtRisk),
            Flagged(new AlertSettings { Capacity = 5000 }).Count
        );

        List<(double LogOdds, int Price)> Flagged(AlertSettings alerts) =>
            accounts.FindAll(account =>
                LogisticRegression.Logistic(account.LogOdds) >= norms.Raise(Low, Model with { Alerts = alerts }, account.Price).AtRisk
            );
    }

    [Fact]
    public void A_standing_is_the_share_of_those_at_no_more_risk()
    {
        var (odds, stakes, _) = Spread(1000);
        var norms = new RiskNorms(odds, stakes, 1000);

        Assert.Equal(0.5, norms.Standing(-2)!.Value, 0.02);
        Assert.Equal(1, norms.Standing(0.1));
        Assert.Equal(0, norms.Standing(-4.1));
    }

    /// <summary>Probabilities that rise evenly in log-odds, from hardly any to about a half.</summary>
    private static (QuantileSketch Odds, QuantileSketch Stakes, List<double> Probabilities) Spread(int accounts)
    {
        var (odds, stakes) = (new QuantileSketch(), new QuantileSketch());
        var probabilities = new List<double>();
        for (int i = 0; i < accounts; i++)
        {
            double logOdds = -4 + 4.0 * i / accounts;
            odds.Add(Math.Exp(logOdds));
            probabilities.Add(LogisticRegression.Logistic(logOdds));
            if (probabilities[^1] >= Low.AtRisk)
                stakes.Add(Stake.Of(Price, logOdds));
        }
        return (odds, stakes, probabilities);
    }
}
