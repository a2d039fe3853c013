using System.Runtime.InteropServices;

namespace Signals.Core.Platform.Statistics;

/// <summary>
/// Assessments sorted by falling score once, so that the measures of <see cref="Ranking"/> can be taken again and again with each account
/// counted as often as a resample drew it.
/// </summary>
public sealed class RankedRows
{
    private readonly int[] _accounts;
    private readonly bool[] _happened;
    private readonly int[] _weights;

    /// <summary>True for a row with which a group of equal scores ends.</summary>
    private readonly bool[] _ends;

    /// <param name="scores">By row.</param>
    /// <param name="happened">1 where what is warned of came.</param>
    /// <param name="accounts">The account of each row.</param>
    /// <param name="weights">How many assessments each row stands for; empty when each is one.</param>
    public RankedRows(
        IReadOnlyList<double> scores,
        ReadOnlySpan<byte> happened,
        ReadOnlySpan<int> accounts,
        ReadOnlySpan<int> weights = default
    )
    {
        int[] order = [.. Enumerable.Range(0, scores.Count)];
        Array.Sort(order, (a, b) => scores[b] != scores[a] ? scores[b].CompareTo(scores[a]) : a.CompareTo(b));
        _accounts = new int[order.Length];
        _happened = new bool[order.Length];
        _ends = new bool[order.Length];
        _weights = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            _accounts[i] = accounts[order[i]];
            _weights[i] = weights.IsEmpty ? 1 : weights[order[i]];
            _happened[i] = happened[order[i]] == 1;
            _ends[i] = i + 1 == order.Length || scores[order[i]] != scores[order[i + 1]];
        }
    }

    /// <summary>The measures with each account weighing so much; null where only one outcome has weight.</summary>
    public RankingMeasures? Measure(int[] weights)
    {
        long all = 0,
            allHits = 0;
        for (int i = 0; i < _accounts.Length; i++)
        {
            int weight = weights[_accounts[i]] * _weights[i];
            all += weight;
            allHits += _happened[i] ? weight : 0;
        }
        if (allHits == 0 || allHits == all)
            return null;

        long top = (all + 9) / 10,
            hits = 0,
            misses = 0,
            groupHits = 0,
            groupMisses = 0;
        double above = 0,
            precisions = 0,
            inTop = 0;
        for (int i = 0; i < _accounts.Length; i++)
        {
            int weight = weights[_accounts[i]] * _weights[i];
            if (_happened[i])
                groupHits += weight;
            else
                groupMisses += weight;
            if (!_ends[i])
                continue;
            long before = hits + misses,
                group = groupHits + groupMisses;
            if (before < top && group > 0)
                inTop += groupHits * Math.Min(1, (double)(top - before) / group);
            above += groupMisses * (hits + groupHits / 2.0);
            hits += groupHits;
            misses += groupMisses;
            precisions += hits + misses == 0 ? 0 : groupHits * ((double)hits / (hits + misses));
            (groupHits, groupMisses) = (0, 0);
        }
        return new RankingMeasures(above / ((double)hits * misses), precisions / hits, inTop / top / ((double)hits / all));
    }
}

/// <summary>How well a score ranks.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RankingMeasures(double Auc, double AveragePrecision, double TopDecileLift);
