namespace Signals.Core.Platform.Statistics;

/// <summary>
/// Draws accounts with replacement, all assessments of an account together: they are alike, and would make intervals too narrow if each
/// were drawn for itself. The seed is fixed, so that a report reads the same twice.
/// </summary>
/// <remarks>
/// The cluster bootstrap: Davison and Hinkley, "Bootstrap Methods and their Application" (1997), section 3.8; percentile intervals.
/// </remarks>
public static class AccountBootstrap
{
    private const int MostResamples = 1000;
    private const int LeastResamples = 200;

    /// <summary>Very long reports are resampled less often, not for minutes.</summary>
    private const long RowsResampled = 100_000_000;

    private const int Seed = 20260101;

    /// <summary>How often each account was drawn, again and again; the array is the same one each time.</summary>
    public static IEnumerable<int[]> Draws(int accounts, int rows)
    {
        if (accounts == 0)
            yield break;
        var random = new Random(Seed);
        int[] weights = new int[accounts];
        for (long left = Math.Clamp(RowsResampled / Math.Max(1, rows), LeastResamples, MostResamples); left > 0; left--)
        {
            Array.Clear(weights);
            for (int i = 0; i < accounts; i++)
                weights[random.Next(accounts)]++;
            yield return weights;
        }
    }
}
