using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>95% intervals of the measures, by resampling accounts; null where a measure is not defined.</summary>
public sealed record Intervals
{
    public static Intervals None { get; } = new();

    public Interval? Auc { get; init; }

    public Interval? AveragePrecision { get; init; }

    public Interval? TopDecileLift { get; init; }

    public Interval? Precision { get; init; }

    public Interval? Recall { get; init; }

    public Interval? BaseRate { get; init; }

    public Interval? MedianLeadDays { get; init; }

    internal static Intervals Of(ScoreTable table, List<double> leads)
    {
        var ranked = new RankedRows(table.Scores, table.Happened, table.Accounts);
        List<double> aucs = [],
            averages = [],
            lifts = [],
            precisions = [],
            recalls = [],
            rates = [];
        foreach (int[] weights in AccountBootstrap.Draws(table.AccountCount, table.Rows))
        {
            if (ranked.Measure(weights) is { } measures)
            {
                aucs.Add(measures.Auc);
                averages.Add(measures.AveragePrecision);
                lifts.Add(measures.TopDecileLift);
            }
            var outcomes = Count(table, weights);
            AddKnown(precisions, outcomes.Precision);
            AddKnown(recalls, outcomes.Recall);
            AddKnown(rates, outcomes.BaseRate);
        }
        return new Intervals
        {
            Auc = Interval.Of(aucs),
            AveragePrecision = Interval.Of(averages),
            TopDecileLift = Interval.Of(lifts),
            Precision = Interval.Of(precisions),
            Recall = Interval.Of(recalls),
            BaseRate = Interval.Of(rates),
            MedianLeadDays = OfMedian(leads),
        };
    }

    private static Outcomes Count(ScoreTable table, int[] weights)
    {
        int all = 0,
            churned = 0,
            flagged = 0,
            caught = 0;
        for (int row = 0; row < table.Rows; row++)
        {
            int weight = weights[table.Accounts[row]];
            all += weight;
            churned += table.Happened[row] * weight;
            if (!table.Flagged[row])
                continue;
            flagged += weight;
            caught += table.Happened[row] * weight;
        }
        return new Outcomes(all, churned, flagged, caught);
    }

    private static Interval? OfMedian(List<double> leads)
    {
        var medians = new List<double>();
        foreach (int[] weights in AccountBootstrap.Draws(leads.Count, leads.Count))
        {
            var drawn = leads.SelectMany((lead, index) => Enumerable.Repeat(lead, weights[index])).ToList();
            medians.Add(Median.Of(drawn)!.Value);
        }
        return Interval.Of(medians);
    }

    private static void AddKnown(List<double> values, double? value)
    {
        if (value is { } known)
            values.Add(known);
    }
}
