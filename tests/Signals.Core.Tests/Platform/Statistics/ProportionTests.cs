using Signals.Core.Platform.Statistics;

namespace Signals.Core.Tests.Platform.Statistics;

public sealed class ProportionTests
{
    [Theory]
    [InlineData(8, 10, 0.8, 0.4902, 0.9433)]
    [InlineData(0, 10, 0, 0, 0.2775)]
    [InlineData(10, 10, 1, 0.7225, 1)]
    [InlineData(81, 263, 0.308, 0.2553, 0.3662)]
    public void The_interval_is_Wilsons(int count, int of, double share, double low, double high)
    {
        var proportion = Proportion.Of95(count, of);

        Assert.Equal((share, low, high), (Math.Round(proportion.Share!.Value, 3), proportion.Low, proportion.High));
    }

    [Fact]
    public void Nothing_out_of_nothing_could_be_anything() => Assert.Equal(new Proportion(0, 0, null, 0, 1), Proportion.Of95(0, 0));

    [Fact]
    public void More_observations_narrow_the_interval_around_the_same_share()
    {
        var intervals = new[] { 10, 100, 1000 }.Select(of => Proportion.Of95(of * 3 / 10, of)).ToList();

        Assert.All(intervals, interval => Assert.InRange(0.3, interval.Low, interval.High));
        Assert.Equal(intervals.OrderByDescending(interval => interval.High - interval.Low), intervals);
    }
}
