using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>How the score's probabilities and what happened agree.</summary>
/// <param name="IsProbability">False for a score weighed by reason: it ranks, but was never meant as a probability.</param>
/// <param name="Brier">The mean squared difference of probability and outcome; lower is better.</param>
/// <param name="BrierOfBaseRate">What saying the base rate of everybody would reach.</param>
/// <param name="Bins">Assessments by rising score, about a tenth each; equal scores are never parted.</param>
/// <remarks>Brier, "Verification of forecasts expressed in terms of probability" (1950).</remarks>
public sealed record ScoreCalibration(bool IsProbability, double Brier, double BrierOfBaseRate, IReadOnlyList<CalibrationBin> Bins)
{
    private const int Parts = 10;

    internal static ScoreCalibration? Of(ScoreTable table, bool isProbability)
    {
        if (table.Rows == 0)
            return null;
        double rate = table.Happened.Average(happened => (double)happened);
        double squares = 0;
        for (int row = 0; row < table.Rows; row++)
            squares += Math.Pow(LogisticRegression.Logistic(table.Scores[row]) - table.Happened[row], 2);
        return new ScoreCalibration(isProbability, squares / table.Rows, rate * (1 - rate), BinsOf(table));
    }

    private static List<CalibrationBin> BinsOf(ScoreTable table)
    {
        int[] order = [.. Enumerable.Range(0, table.Rows)];
        Array.Sort(order, (a, b) => table.Scores[a] != table.Scores[b] ? table.Scores[a].CompareTo(table.Scores[b]) : a.CompareTo(b));
        var bins = new List<CalibrationBin>();
        for (int start = 0; start < order.Length; )
        {
            int end = Math.Max(start + 1, (int)((long)(bins.Count + 1) * order.Length / Parts));
            while (end < order.Length && table.Scores[order[end]] == table.Scores[order[end - 1]])
                end++;
            var rows = order[start..end];
            int churned = rows.Sum(row => table.Happened[row]);
            bins.Add(
                new CalibrationBin(
                    rows.Average(row => LogisticRegression.Logistic(table.Scores[row])),
                    (double)churned / rows.Length,
                    rows.Length,
                    churned,
                    Interval.OfShare(churned, rows.Length)!.Value
                )
            );
            start = end;
        }
        return bins;
    }
}

/// <summary>
/// Assessments of similar score: the mean of what was said, and the share that churned, as if assessments were independent.
/// </summary>
public sealed record CalibrationBin(double Said, double Seen, int Assessed, int Churned, Interval Interval);
