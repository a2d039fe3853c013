using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting.Tests;

public sealed class RankingTests
{
    [Fact]
    public void Auc_is_the_share_of_pairs_in_the_right_order()
    {
        // 3 pairs of 4 are right: 9 over 7 and 1, 5 over 1 but not over 7.
        Assert.Equal(0.75, Ranking.Auc([new(9, true), new(7, false), new(5, true), new(1, false)]));
    }

    [Fact]
    public void A_tie_counts_half_in_the_auc()
    {
        Assert.Equal(0.5, Ranking.Auc([new(3, true), new(3, false), new(3, false)]));
        Assert.Equal(0.75, Ranking.Auc([new(3, true), new(3, false), new(1, false)]));
    }

    [Fact]
    public void Average_precision_is_the_mean_of_the_precision_at_each_hit()
    {
        // Hits at ranks 1 and 3: (1/1 + 2/3) / 2.
        Assert.Equal(5.0 / 6, Ranking.AveragePrecision([new(9, true), new(7, false), new(5, true), new(1, false)])!.Value, 12);
    }

    [Fact]
    public void Average_precision_takes_equal_scores_together()
    {
        Assert.Equal(0.25, Ranking.AveragePrecision([new(3, false), new(3, true), new(3, false), new(3, false)]));
    }

    [Fact]
    public void Top_decile_lift_compares_the_highest_tenth_with_all()
    {
        // 20 scored, 4 hits: both of the top tenth, against a base rate of a fifth.
        var scored = Enumerable.Range(0, 20).Select(i => new Scored(20 - i, i is 0 or 1 or 10 or 15)).ToList();

        Assert.Equal(5, Ranking.TopDecileLift(scored)!.Value, 12);
    }

    [Fact]
    public void Top_decile_lift_takes_an_even_share_of_a_tie_at_its_edge()
    {
        // All alike: whichever tenth is taken holds the base rate.
        var scored = Enumerable.Range(0, 30).Select(i => new Scored(50, i < 3)).ToList();

        Assert.Equal(1, Ranking.TopDecileLift(scored)!.Value, 12);
    }

    [Fact]
    public void Nothing_is_ranked_where_only_one_outcome_occurred()
    {
        foreach (
            Scored[] scored in (Scored[][])
                [
                    [],
                    [new(1, true)],
                    [new(1, false), new(2, false)],
                ]
        )
        {
            Assert.Null(Ranking.Auc(scored));
            Assert.Null(Ranking.AveragePrecision(scored));
            Assert.Null(Ranking.TopDecileLift(scored));
        }
    }

    [Fact]
    public void The_order_of_the_list_does_not_matter()
    {
        var random = new Random(7);
        var scored = Enumerable.Range(0, 200).Select(_ => new Scored(random.Next(10), random.Next(4) == 0)).ToArray();
        var shuffled = scored.ToArray();
        random.Shuffle(shuffled);

        Assert.Equal(Ranking.Auc(scored), Ranking.Auc(shuffled));
        Assert.Equal(Ranking.AveragePrecision(scored)!.Value, Ranking.AveragePrecision(shuffled)!.Value, 12);
        Assert.Equal(Ranking.TopDecileLift(scored)!.Value, Ranking.TopDecileLift(shuffled)!.Value, 12);
    }
}
