namespace Signals.Backtesting.Tests;

/// <summary>Where levels begin, by what accounts were told by fits that had not seen them.</summary>
public sealed class CalibratorLevelTests
{
    private const int Rows = 10_000;
    private const double Rate = 0.05;

    [Theory]
    [InlineData(1.0, 0.05, 0.1)]
    [InlineData(0.5, 0.02, 0.1)]
    [InlineData(0.1, 0, 0.021)]
    public void At_risk_are_a_tenth_at_most_and_leave_together_two_and_a_half_times_as_often(double spread, double least, double most)
    {
        var (probabilities, happened) = Told(spread);

        var levels = Calibrator.LevelsOf(probabilities, happened, [.. Enumerable.Repeat(1, Rows)]);

        var flagged = Enumerable.Range(0, Rows).Where(row => probabilities[row] >= levels.AtRisk).ToList();
        Assert.InRange(flagged.Count / (double)Rows, least, most);
        Assert.True(levels.Watch < levels.AtRisk && levels.AtRisk < levels.Critical);
        double rate = happened.Average(value => (double)value);
        if (spread >= 0.5)
            Assert.True(flagged.Average(row => probabilities[row]) >= 2.4 * rate, $"{flagged.Count}");
        Assert.True(flagged.Count == 0 || probabilities[flagged[0]] >= 2 * rate * 0.99);
    }

    [Fact]
    public void A_row_that_stands_for_several_counts_as_often()
    {
        var (probabilities, happened) = Told(1);
        int[] weights = [.. happened.Select(left => left == 1 ? 1 : 4)];

        var levels = Calibrator.LevelsOf(probabilities, happened, weights);

        double all = weights.Sum(),
            flagged = Enumerable.Range(0, Rows).Where(row => probabilities[row] >= levels.AtRisk).Sum(row => weights[row]);
        // The row with which the tenth is full counts whole.
        Assert.InRange(flagged / all, 0.05, 0.1 + (weights.Max() / all));
    }

    /// <summary>Probabilities spread about the rate, and outcomes drawn by them.</summary>
    private static (double[] Probabilities, byte[] Happened) Told(double spread)
    {
        var random = new Random(7);
        double[] probabilities = new double[Rows];
        byte[] happened = new byte[Rows];
        for (int row = 0; row < Rows; row++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()),
                logOdds = Math.Log(Rate / (1 - Rate)) + spread * normal;
            probabilities[row] = 1 / (1 + Math.Exp(-logOdds));
            happened[row] = random.NextDouble() < probabilities[row] ? (byte)1 : (byte)0;
        }
        return (probabilities, happened);
    }
}
