using Signals.Core.Platform.Statistics;

namespace Signals.Core.Tests.Platform.Statistics;

public sealed class SurvivalCurveTests
{
    /// <summary>
    /// Weeks in remission of 21 patients (Freireich et al., 1963), the textbook's example; those with false were still in it.
    /// </summary>
    private static readonly (int Weeks, bool Ended)[] Remissions =
    [
        (6, true),
        (6, true),
        (6, true),
        (6, false),
        (7, true),
        (9, false),
        (10, true),
        (10, false),
        (11, false),
        (13, true),
        (16, true),
        (17, false),
        (19, false),
        (20, false),
        (22, true),
        (23, true),
        (25, false),
        (32, false),
        (32, false),
        (34, false),
        (35, false),
    ];

    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 0.857)]
    [InlineData(9, 0.807)]
    [InlineData(10, 0.753)]
    [InlineData(13, 0.690)]
    [InlineData(16, 0.627)]
    [InlineData(22, 0.538)]
    [InlineData(100, 0.448)]
    public void The_textbooks_curve_comes_out(int weeks, double left) => Assert.Equal(left, Curve(Remissions).ShareAfter(weeks), 3);

    [Fact]
    public void The_median_is_where_half_are_left()
    {
        Assert.Equal(23, Curve(Remissions).Median());
        Assert.Equal(2, Curve([(1, true), (2, true), (3, true), (4, true)]).Median());
    }

    [Fact]
    public void Without_an_end_for_half_of_them_there_is_no_median()
    {
        Assert.Null(Curve([(1, true), (40, false), (50, false)]).Median());
        Assert.Null(Curve([]).Median());
        Assert.Equal(1, Curve([]).ShareAfter(30));
    }

    [Fact]
    public void Those_who_still_wait_make_the_time_longer_than_the_average_of_the_others()
    {
        var curve = Curve([(2, true), (3, true), (30, false), (30, false), (30, false), (30, false)]);

        Assert.Null(curve.Median());
        Assert.Equal(4 / 6d, curve.ShareAfter(30), 6);
    }

    private static SurvivalCurve Curve(IEnumerable<(int Weeks, bool Ended)> told)
    {
        var curve = new SurvivalCurve();
        foreach (var (weeks, ended) in told)
            curve.Add(weeks, ended);
        return curve;
    }
}
