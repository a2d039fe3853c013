using Signals.Core.Platform.Statistics;

namespace Signals.Core.Tests.Platform.Statistics;

public sealed class MeanDifferenceTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.9599640)]
    [InlineData(0.995, 2.5758293)]
    [InlineData(0.025, -1.9599640)]
    [InlineData(0.9999999, 5.1993376)]
    [InlineData(1e-12, -7.0344838)]
    public void Quantiles_of_the_normal_are_those_of_the_tables(double share, double expected) =>
        Assert.Equal(expected, Normal.Quantile(share), 5);

    [Theory]
    [InlineData(0.975, 5, 2.5706)]
    [InlineData(0.975, 9, 2.2622)]
    [InlineData(0.975, 30, 2.0423)]
    [InlineData(0.995, 18, 2.8784)]
    [InlineData(0.975, 1e9, 1.9600)]
    public void Quantiles_of_Students_distribution_are_those_of_the_tables(double share, double degrees, double expected) =>
        Assert.Equal(expected, Normal.StudentQuantile(share, degrees), 0.01);

    [Fact]
    public void One_layer_is_Welchs_test_but_for_the_scatter_of_a_few()
    {
        // Twenty each, far enough from another that the pseudo-observation hardly counts.
        var with = Of(Enumerable.Range(0, 20).Select(i => 50d + i));
        var without = Of(Enumerable.Range(0, 20).Select(i => 45d + i));

        var difference = MeanDifference.Of([(with, without)])!;

        Assert.Equal((59.5, 54.5, 5), (difference.With, difference.Without, difference.Difference));
        // Squares of 665 about each mean, and 2.5 squared times 20/21, over 20, over 20, twice.
        Assert.Equal(Math.Sqrt(2 * (665 + 6.25 * 20 / 21) / 400), difference.Error, 9);
        Assert.Equal(38, difference.Degrees, 9);
        var (low, high) = difference.Interval(0.95);
        Assert.Equal(5 - 2.0244 * difference.Error, low, 0.01);
        Assert.Equal(10, low + high, 9);
    }

    [Fact]
    public void A_layer_that_one_group_has_more_of_makes_no_difference()
    {
        // Within each layer both say the same; one layer says 90, the other 10.
        var difference = MeanDifference.Of([(Repeat(90, 40), Repeat(90, 4)), (Repeat(10, 4), Repeat(10, 40))])!;

        Assert.Equal(0, difference.Difference, 9);
        Assert.Equal(50, difference.With, 9);
    }

    [Fact]
    public void A_few_who_all_say_the_same_are_not_sure_to_be_all_alike()
    {
        var difference = MeanDifference.Of([(Repeat(100, 10), Repeat(0, 10))])!;

        Assert.True(difference.Error > 0);
        Assert.True(difference.Interval(0.95).Low is > 0 and < 100);
    }

    [Fact]
    public void Nobody_to_compare_with_is_no_difference() => Assert.Null(MeanDifference.Of([(Repeat(1, 40), Repeat(1, 1))]));

    private static MeanTally Of(IEnumerable<double> values) => values.Aggregate(new MeanTally(), (tally, value) => tally.Add(value));

    private static MeanTally Repeat(double value, int times) => Of(Enumerable.Repeat(value, times));
}
