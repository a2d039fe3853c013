using Signals.Core.Platform.Statistics;

namespace Signals.Core.Tests.Platform.Statistics;

public sealed class PenalisedFitTests
{
    private const int Accounts = 300;
    private const int RowsEach = 4;
    private const int Folds = 5;

    [Fact]
    public void Accounts_are_dealt_evenly_and_by_their_ids_alone()
    {
        ulong[] ids = [.. Enumerable.Range(0, 103).Select(i => (ulong)(i * 7919 % 103))];
        bool[] churned = [.. Enumerable.Range(0, 103).Select(i => i % 9 == 0)];

        int[] folds = AccountFolds.Deal(ids, churned, Folds);

        Assert.All(folds.CountBy(fold => fold), fold => Assert.InRange(fold.Value, 20, 21));
        Assert.All(Enumerable.Range(0, 103).Where(i => churned[i]).CountBy(i => folds[i]), fold => Assert.InRange(fold.Value, 2, 3));
        Assert.Equal(folds.Reverse(), AccountFolds.Deal([.. ids.Reverse()], [.. churned.Reverse()], Folds));
    }

    [Fact]
    public void A_feature_that_tells_is_found_again_on_accounts_not_fitted()
    {
        var random = new Random(1);
        var table = Table(random, account => (Feature: random.NextDouble() * 4 - 2, account));

        double? auc = Auc(table, Fit(table).CrossValidate(TestContext.Current.CancellationToken));

        Assert.InRange(auc!.Value, 0.75, 0.95);
    }

    [Fact]
    public void Nothing_is_found_where_nothing_is_to_be_found()
    {
        // Each account's rows are alike and share its outcome: fitted and told on rows of the same account they would be known by heart.
        double[] aucs =
        [
            .. Enumerable
                .Range(0, 12)
                .Select(seed =>
                {
                    var random = new Random(100 + seed);
                    float[][] noise =
                    [
                        .. Enumerable
                            .Range(0, Accounts)
                            .Select(_ => Enumerable.Range(0, 15).Select(_ => (float)random.NextDouble()).ToArray()),
                    ];
                    byte[] outcomes = [.. Enumerable.Range(0, Accounts).Select(_ => random.NextDouble() < 0.15 ? (byte)1 : (byte)0)];
                    int[] accounts = [.. Enumerable.Range(0, Accounts * RowsEach).Select(row => row / RowsEach)];
                    var table = new RegressionTable(
                        [.. Enumerable.Range(0, 15).Select(i => new RegressionColumn($"noise{i}", 0, null))],
                        [.. accounts.Select(account => noise[account])],
                        [.. accounts.Select(account => outcomes[account])],
                        accounts,
                        [.. accounts.Select(_ => 1)]
                    );
                    return Auc(table, Fit(table).CrossValidate(TestContext.Current.CancellationToken))!.Value;
                }),
        ];

        Assert.InRange(aucs.Average(), 0.44, 0.54);
    }

    [Fact]
    public void Weights_tell_what_the_fit_tells_and_unknown_values_count_as_usual()
    {
        var random = new Random(2);
        var table = Table(random, account => (random.NextDouble() * 4 - 2, account));
        table.Values[0][0] = float.NaN;
        var (standardization, coefficients, _) = Fit(table).FitAll();

        double[] rows = standardization.Apply(table);

        Assert.True(coefficients[1] > 0.5);
        Assert.Equal(0, rows[1]);
        Assert.Equal((table.Values[1][0] - standardization.Centres[0]) / standardization.Scales[0], rows[3], 1e-9);
    }

    private static PenalisedFit Fit(RegressionTable table)
    {
        bool[] churned = new bool[table.AccountCount];
        for (int row = 0; row < table.Rows; row++)
            churned[table.Accounts[row]] |= table.Happened[row] == 1;
        ulong[] ids = [.. Enumerable.Range(0, table.AccountCount).Select(account => (ulong)account * 0x9E3779B97F4A7C15)];
        return new PenalisedFit(table, AccountFolds.Deal(ids, churned, Folds), Folds, PenalisedFit.UsualPenalties);
    }

    private static RegressionTable Table(Random random, Func<int, (double Feature, int Account)> draw)
    {
        var drawn = Enumerable.Range(0, Accounts * RowsEach).Select(row => draw(row / RowsEach)).ToList();
        return new RegressionTable(
            [new RegressionColumn("signal", 0, null)],
            [.. drawn.Select(row => new[] { (float)row.Feature })],
            [.. drawn.Select(row => random.NextDouble() < LogisticRegression.Logistic(2 * row.Feature - 2) ? (byte)1 : (byte)0)],
            [.. drawn.Select(row => row.Account)],
            [.. drawn.Select(_ => 1)]
        );
    }

    private static double? Auc(RegressionTable table, double[] probabilities) =>
        Ranking.Auc([.. probabilities.Select((probability, row) => new Scored(probability, table.Happened[row] == 1))]);
}
