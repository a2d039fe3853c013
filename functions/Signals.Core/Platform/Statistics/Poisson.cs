namespace Signals.Core.Platform.Statistics;

/// <summary>Chances of counts of rare, independent things.</summary>
internal static class Poisson
{
    /// <summary>The probability of so many or fewer where <paramref name="mean"/> are expected.</summary>
    public static double AtMost(int count, double mean)
    {
        double log = -mean,
            sum = 0;
        for (int i = 0; i <= count; i++)
        {
            if (i > 0)
                log += Math.Log(mean / i);
            sum += Math.Exp(log);
        }
        return Math.Min(1, sum);
    }
}
