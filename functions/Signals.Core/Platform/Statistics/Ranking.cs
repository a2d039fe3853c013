namespace Signals.Core.Platform.Statistics;

/// <summary>
/// How well scores rank what happened above what did not. Equal scores are never told apart, so the order of the list does not matter.
/// Null where only one outcome occurred.
/// </summary>
public static class Ranking
{
    private const double Decile = 0.1;

    /// <summary>The chance that something that happened scores above something that did not; half for a tie.</summary>
    /// <remarks>
    /// The Mann-Whitney U statistic over its maximum: Hanley and McNeil, "The meaning and use of the area under a ROC curve" (1982).
    /// </remarks>
    public static double? Auc(IReadOnlyList<Scored> scored)
    {
        long happened = 0,
            not = 0;
        double above = 0;
        foreach (var (hits, misses) in Groups(scored))
        {
            above += misses * (happened + hits / 2.0);
            happened += hits;
            not += misses;
        }
        return happened == 0 || not == 0 ? null : above / ((double)happened * not);
    }

    /// <summary>The mean precision at each thing that happened, by falling score; the cut-offs are the different scores.</summary>
    public static double? AveragePrecision(IReadOnlyList<Scored> scored)
    {
        long happened = 0,
            seen = 0;
        double sum = 0;
        foreach (var (hits, misses) in Groups(scored))
        {
            happened += hits;
            seen += hits + misses;
            sum += hits * ((double)happened / seen);
        }
        return happened == 0 || happened == seen ? null : sum / happened;
    }

    /// <summary>
    /// How much more often it happened in the tenth (rounded up) with the highest scores than in all; of scores that tie at its edge,
    /// an even share is in it.
    /// </summary>
    public static double? TopDecileLift(IReadOnlyList<Scored> scored)
    {
        long all = scored.Count(item => item.Happened);
        if (all == 0 || all == scored.Count)
            return null;
        int top = (int)Math.Ceiling(scored.Count * Decile);
        double left = top,
            inTop = 0;
        foreach (var (hits, misses) in Groups(scored))
        {
            double share = Math.Min(1, left / (hits + misses));
            inTop += share * hits;
            left -= share * (hits + misses);
            if (left <= 0)
                break;
        }
        return inTop / top / ((double)all / scored.Count);
    }

    /// <summary>How many happened and how many did not, for each different score from the highest down.</summary>
    private static IEnumerable<(int Hits, int Misses)> Groups(IReadOnlyList<Scored> scored) =>
        scored
            .GroupBy(item => item.Score)
            .OrderByDescending(group => group.Key)
            .Select(group => (group.Count(item => item.Happened), group.Count(item => !item.Happened)));
}

/// <summary>A score, and whether what it warns of came.</summary>
public readonly record struct Scored(double Score, bool Happened);
