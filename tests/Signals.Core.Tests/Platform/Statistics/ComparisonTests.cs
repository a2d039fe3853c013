using Signals.Core.Platform.Statistics;

namespace Signals.Core.Tests.Platform.Statistics;

public sealed class ComparisonTests
{
    [Theory]
    // Newcombe (1998), table II: 56/70 against 48/80, 9/10 against 3/10, 5/56 against 0/29, 10/10 against 0/10.
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void The_interval_is_the_one_of_the_literature(int reached, int people, int controlReached, int control, double low, double high)
    {
        var interval = new Comparison(new Arm(people, reached), new Arm(control, controlReached), 0.5).Interval!.Value;

        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    [Theory]
    [InlineData(0.30, 0.20, 900, 100)]
    [InlineData(0.50, 0.50, 450, 50)]
    [InlineData(0.08, 0.03, 1800, 200)]
    [InlineData(0.90, 0.95, 500, 500)]
    public void In_a_thousand_experiments_with_a_known_effect_the_interval_covers_it_95_times_in_100(
        double rate,
        double controlRate,
        int treated,
        int control
    )
    {
        var random = new Random(7);
        int covered = 0;
        for (int run = 0; run < 1000; run++)
        {
            var (low, high) = new Comparison(Draw(random, treated, rate), Draw(random, control, controlRate), 0.1).Interval!.Value;
            covered += low <= rate - controlRate && rate - controlRate <= high ? 1 : 0;
        }
        Assert.InRange(covered, 930, 980);
    }

    [Fact]
    public void Without_an_effect_a_verdict_for_one_side_is_as_rare_as_promised()
    {
        var random = new Random(11);
        var verdicts = Enumerable
            .Range(0, 1000)
            .Select(_ => new Comparison(Draw(random, 9000, 0.2), Draw(random, 1000, 0.2), 0.1).Verdict)
            .CountBy(verdict => verdict)
            .ToDictionary();

        Assert.DoesNotContain(Verdict.TooEarly, verdicts.Keys);
        Assert.InRange(verdicts.GetValueOrDefault(Verdict.Helps) + verdicts.GetValueOrDefault(Verdict.Harms), 20, 75);
    }

    [Fact]
    public void A_worthwhile_effect_is_found_in_about_80_of_100_experiments_of_the_size_asked_for()
    {
        var random = new Random(13);
        var (treated, control) = new Comparison(new Arm(0, 0), new Arm(0, 0), 0.2).StillNeeded;
        int found = Enumerable
            .Range(0, 1000)
            .Count(_ => new Comparison(Draw(random, treated, 0.525), Draw(random, control, 0.475), 0.2).Verdict == Verdict.Helps);

        Assert.InRange(found, 760, 840);
    }

    [Fact]
    public void There_is_no_verdict_before_the_sample_is_large_enough_however_clear_it_looks()
    {
        var early = new Comparison(new Arm(90, 80), new Arm(10, 0), 0.1);

        Assert.Equal(Verdict.TooEarly, early.Verdict);
        Assert.True(early.Interval!.Value.Low > 0.5);
        Assert.InRange(early.StillNeeded.Control, 100, 800);
    }

    [Fact]
    public void A_message_that_hurts_is_called_so() =>
        Assert.Equal(Verdict.Harms, new Comparison(new Arm(9000, 1800), new Arm(1000, 300), 0.1).Verdict);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Without_two_sides_there_is_nothing_to_compare(double controlShare)
    {
        var one = new Comparison(new Arm(5000, 2500), new Arm(0, 0), controlShare);

        Assert.Equal((null, null, Verdict.TooEarly, (0, 0)), (one.Difference, one.Interval, one.Verdict, one.StillNeeded));
    }

    private static Arm Draw(Random random, int people, double rate)
    {
        int reached = 0;
        for (int i = 0; i < people; i++)
            reached += random.NextDouble() < rate ? 1 : 0;
        return new Arm(people, reached);
    }
}
