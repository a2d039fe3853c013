using Signals.Core.Platform.Statistics;

namespace Signals.Core.Tests.Platform.Statistics;

public sealed class ForemostTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(500)]
    public void Holds_what_sorting_everything_would_put_first(int count)
    {
        var random = new Random(count);
        int[] all = [.. Enumerable.Range(0, count)];
        random.Shuffle(all);
        var foremost = new Foremost<int>(3, (a, b) => b.CompareTo(a));

        foreach (int one in all)
            foremost.Add(one);

        Assert.Equal(all.OrderDescending().Take(3), foremost.Items());
        Assert.Equal(foremost.Items(), foremost.Items());
    }
}
