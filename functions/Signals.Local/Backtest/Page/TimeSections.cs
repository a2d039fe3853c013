using Signals.Backtesting;

namespace Signals.Local.Backtest.Page;

/// <summary>How early flags come, and how many.</summary>
internal static class TimeSections
{
    private const int BinDays = 7;

    public static PageSection Lead(BacktestResult result)
    {
        const string Heading = "How early are flags?";
        if (result.MedianLeadDays is not { } median)
            return new PageSection("lead", Heading, "No account was flagged right up to its leaving, so there is no lead to measure.", null, [], []);
        int bins = Math.Max(4, (int)(result.LeadDays[^1] / BinDays) + 1);
        int[] counts = new int[bins];
        foreach (double lead in result.LeadDays)
            counts[Math.Clamp((int)(lead / BinDays), 0, bins - 1)]++;
        double most = counts.Max() * 1.1;
        var plot = new Plot("Days from the first flag to the churn", (0, bins * BinDays), (0, most))
            .AxisUp(Plot.Ticks(most).Where(double.IsInteger).Select(at => (at, Words.Count(at))))
            .AxisAcross("days from the first of the unbroken flags to the churn", Enumerable.Range(0, bins + 1).Where(i => i % Math.Max(1, bins / 8) == 0).Select(i => ((double)i * BinDays, (i * BinDays).ToString())));
        for (int i = 0; i < bins; i++)
            plot.Bar(i * BinDays + 0.4, (i + 1) * BinDays - 0.4, counts[i], "bar", $"{i * BinDays} to {(i + 1) * BinDays} days: {counts[i]}");
        return new PageSection(
            "lead", Heading,
            $"Of {Words.Count(result.Leads)} accounts that stood flagged when they left, half had been flagged for at least {Words.With(median, result.Intervals.MedianLeadDays, "0.#")} days: that is the time there was to help.",
            plot.ToSvg(), ["days before leaving", "accounts"],
            [.. counts.Select((count, i) => (IReadOnlyList<string>)[$"{i * BinDays} to {(i + 1) * BinDays}", Words.Count(count)])])
        {
            Legend = [("bar", "accounts")],
        };
    }

    public static PageSection Flags(BacktestResult result)
    {
        const string Heading = "How much work is it?";
        var cuts = result.Cuts;
        if (cuts.Count == 0)
            return new PageSection("flags", Heading, "There was no cut with a whole horizon after it.", null, [], []);
        double most = Math.Max(5, cuts.Max(cut => Math.Max(cut.Outcomes.Flagged, cut.Mails)) * 1.1);
        var plot = new Plot("Flags and mails over time", (-0.6, cuts.Count - 0.4), (0, most))
            .AxisUp(Plot.Ticks(most).Select(at => (at, Words.Count(at))))
            .AxisAcross("cut", Enumerable.Range(0, cuts.Count).Where(i => i % Math.Max(1, cuts.Count / 6) == 0).Select(i => ((double)i, cuts[i].At.ToString("yyyy-MM-dd"))));
        for (int i = 0; i < cuts.Count; i++)
        {
            plot.Bar(i - 0.32, i + 0.32, cuts[i].Outcomes.Flagged, "bar soft", $"{cuts[i].At:yyyy-MM-dd}: {cuts[i].Outcomes.Flagged} flagged")
                .Bar(i - 0.32, i + 0.32, cuts[i].NewlyFlagged, "bar", $"{cuts[i].At:yyyy-MM-dd}: {cuts[i].NewlyFlagged} newly flagged");
        }
        plot.Line(cuts.Select((cut, i) => ((double)i, (double)cut.Mails)), "line second");
        return new PageSection(
            "flags", Heading,
            $"About {Words.Number(result.FlagsPerWeek, "0.#")} accounts a week come to the alert level, and the outreach rules would have sent {Words.Number(result.MailsPerWeek, "0.#")} mails a week, "
            + $"cooldowns, caps and holdout kept. {Words.PercentWith(result.Outcomes.Precision, result.Intervals.Precision)} of flags were followed by churn within {result.Settings.HorizonDays} days, and "
            + $"{Words.PercentWith(result.Outcomes.Recall, result.Intervals.Recall)} of churns were flagged; {Words.PercentWith(result.Outcomes.BaseRate, result.Intervals.BaseRate)} would be flagged rightly by lot.",
            plot.ToSvg(), ["cut", "assessed", "flagged", "newly flagged", "left within the horizon", "of them flagged", "mails", "held out by lot"],
            [.. cuts.Select(cut => (IReadOnlyList<string>)
            [
                cut.At.ToString("yyyy-MM-dd"), Words.Count(cut.Outcomes.Assessed), Words.Count(cut.Outcomes.Flagged), Words.Count(cut.NewlyFlagged),
                Words.Count(cut.Outcomes.Churned), Words.Count(cut.Outcomes.Caught), Words.Count(cut.Mails), Words.Count(cut.HeldOut),
            ])])
        {
            Legend = [("bar", "newly flagged"), ("bar soft", "flagged"), ("line second", "mails")],
        };
    }
}
