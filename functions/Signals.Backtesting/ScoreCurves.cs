using System.Runtime.InteropServices;

namespace Signals.Backtesting;

/// <summary>What the plots of a report are drawn from.</summary>
/// <param name="Roc">From (0, 0) to (1, 1): of those that stayed the share at or above a score, and of those that churned.</param>
/// <param name="Deciles">Assessments by falling score, a tenth each.</param>
public sealed record ScoreCurves(IReadOnlyList<RocPoint> Roc, IReadOnlyList<DecileFindings> Deciles)
{
    private const int MostPoints = 200;
    private const int Parts = 10;

    internal static ScoreCurves Of(ScoreTable table)
    {
        int[] order = [.. Enumerable.Range(0, table.Rows)];
        Array.Sort(order, (a, b) => table.Scores[b] != table.Scores[a] ? table.Scores[b].CompareTo(table.Scores[a]) : a.CompareTo(b));
        return new ScoreCurves(RocOf(table, order), DecilesOf(table, order));
    }

    private static List<RocPoint> RocOf(ScoreTable table, int[] order)
    {
        int churned = table.Happened.Sum(happened => happened),
            stayed = table.Rows - churned;
        var points = new List<RocPoint> { new(0, 0) };
        if (churned == 0 || stayed == 0)
            return points;
        int hits = 0,
            misses = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (table.Happened[order[i]] == 1)
                hits++;
            else
                misses++;
            bool ends = i + 1 == order.Length || table.Scores[order[i]] != table.Scores[order[i + 1]];
            var point = new RocPoint((double)misses / stayed, (double)hits / churned);
            if (
                ends && (i + 1 == order.Length || point.Stayed + point.Churned - points[^1].Stayed - points[^1].Churned >= 2.0 / MostPoints)
            )
                points.Add(point);
        }
        return points;
    }

    /// <summary>Equal scores at the edge of two parts are shared out evenly, as the lift of the top decile does.</summary>
    private static List<DecileFindings> DecilesOf(ScoreTable table, int[] order)
    {
        double[] churnedIn = new double[Parts];
        for (int start = 0; start < order.Length; )
        {
            int end = start + 1,
                churned = table.Happened[order[start]];
            for (; end < order.Length && table.Scores[order[end]] == table.Scores[order[start]]; end++)
                churned += table.Happened[order[end]];
            for (int row = start; row < end; row++)
                churnedIn[(int)((long)row * Parts / order.Length)] += (double)churned / (end - start);
            start = end;
        }
        return
        [
            .. Enumerable
                .Range(0, table.Rows == 0 ? 0 : Parts)
                .Select(part => new DecileFindings(
                    part + 1,
                    (int)((long)(part + 1) * order.Length / Parts - (long)part * order.Length / Parts),
                    Math.Round(churnedIn[part], 2)
                )),
        ];
    }
}

/// <summary>A point of the ROC curve.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RocPoint(double Stayed, double Churned);

/// <summary>
/// A tenth of all assessments, the first with the highest scores; churned assessments that tie with another tenth's are shared.
/// </summary>
public sealed record DecileFindings(int Decile, int Assessed, double Churned);
