using Signals.Core.Platform.Statistics;

namespace Signals.Core.Tests.Platform.Statistics;

public sealed class LogisticRegressionTests
{
    [Fact]
    public void One_yes_or_no_feature_gives_the_log_odds_ratio_of_its_table()
    {
        // 30 of 40 with the feature, 10 of 60 without it.
        var (rows, happened) = Table((1, 30, 10), (0, 10, 50));

        double[] fit = Fit(rows, 2, happened, Enumerable.Range(0, 100).ToArray(), 1e-9, [0, 0], [0, 0]);

        Assert.Equal(Math.Log(10 / 50d), fit[0], 1e-6);
        Assert.Equal(Math.Log(30 / 10d) - Math.Log(10 / 50d), fit[1], 1e-6);
    }

    [Fact]
    public void A_strong_penalty_holds_the_coefficients_at_the_prior_and_leaves_the_intercept_free()
    {
        var (rows, happened) = Table((1, 5, 15), (-1, 5, 15));

        double[] fit = Fit(rows, 2, happened, Enumerable.Range(0, 40).ToArray(), 1e9, [0, 0.7], [0, 0]);

        Assert.Equal(0.7, fit[1], 1e-6);
        Assert.InRange(fit[0], -2, -1);
    }

    [Fact]
    public void What_tells_outcomes_apart_completely_stays_finite()
    {
        var (rows, happened) = Table((1, 20, 0), (-1, 0, 20));

        double[] fit = Fit(rows, 2, happened, Enumerable.Range(0, 40).ToArray(), 1, [0, 0], [0, 0]);

        Assert.InRange(fit[1], 1, 5);
    }

    [Fact]
    public void At_the_fit_the_gradient_is_nothing_whatever_the_features()
    {
        var random = new Random(3);
        const int Rows = 300,
            Width = 7;
        const double Penalty = 2.5;
        double[] rows = [.. Enumerable.Range(0, Rows * Width).Select(i => i % Width == 0 ? 1 : random.NextDouble() * 4 - 2)];
        byte[] happened =
        [
            .. Enumerable
                .Range(0, Rows)
                .Select(i => random.NextDouble() < LogisticRegression.Logistic(rows[i * Width + 1] - 1) ? (byte)1 : (byte)0),
        ];
        double[] prior = [0, 1, 0, 0, -0.5, 0, 0];

        double[] fit = Fit(rows, Width, happened, Enumerable.Range(0, Rows).ToArray(), Penalty, prior, prior);

        for (int column = 0; column < Width; column++)
        {
            double gradient = column == 0 ? 0 : -Penalty * (fit[column] - prior[column]);
            for (int row = 0; row < Rows; row++)
                gradient +=
                    rows[row * Width + column]
                    * (happened[row] - LogisticRegression.Logistic(LogisticRegression.Dot(rows.AsSpan(row * Width, Width), fit)));
            Assert.Equal(0, gradient, 1e-4);
        }
    }

    [Fact]
    public void A_row_that_stands_for_three_counts_as_three()
    {
        var (rows, happened) = Table((1, 6, 3), (0, 2, 9));
        var (all, happenedAll) = Table((1, 18, 9), (0, 6, 27));

        double[] weighted = LogisticRegression.Fit(
            rows,
            2,
            happened,
            Enumerable.Range(0, 20).ToArray(),
            1,
            [0, 0.3],
            [0, 0],
            Enumerable.Repeat(3, 20).ToArray(),
            []
        );

        double[] spelledOut = Fit(all, 2, happenedAll, Enumerable.Range(0, 60).ToArray(), 1, [0, 0.3], [0, 0]);
        Assert.Equal(spelledOut[0], weighted[0], 1e-6);
        Assert.Equal(spelledOut[1], weighted[1], 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(0)]
    public void A_coefficient_keeps_the_sign_that_sense_gives_it(int sign)
    {
        // It happens less often with the feature.
        var (rows, happened) = Table((1, 10, 30), (0, 30, 30));

        double[] fit = LogisticRegression.Fit(
            rows,
            2,
            happened,
            Enumerable.Range(0, 100).ToArray(),
            1e-9,
            [0, 0],
            [0, 0],
            Ones(100),
            [0, sign]
        );

        // Forced the other way it says nothing at all, and the rest knows the share of all.
        Assert.Equal(sign > 0 ? 0 : Math.Log(10 / 30d), fit[1], 1e-5);
        Assert.Equal(sign > 0 ? Math.Log(40 / 60d) : 0, fit[0], 1e-5);
    }

    private static double[] Fit(double[] rows, int width, byte[] happened, int[] use, double penalty, double[] prior, double[] start) =>
        LogisticRegression.Fit(rows, width, happened, use, penalty, prior, start, Ones(happened.Length), []);

    private static int[] Ones(int count) => [.. Enumerable.Repeat(1, count)];

    private static (double[] Rows, byte[] Happened) Table(params (double Feature, int Yes, int No)[] groups)
    {
        var rows = groups
            .SelectMany(group => Enumerable.Range(0, group.Yes + group.No).Select(i => (group.Feature, Happened: i < group.Yes)))
            .ToList();
        return ([.. rows.SelectMany(row => new[] { 1, row.Feature })], [.. rows.Select(row => row.Happened ? (byte)1 : (byte)0)]);
    }
}
