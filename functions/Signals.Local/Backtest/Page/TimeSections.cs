using Signals.Backtesting;
using Signals.Web.Charts;
using Signals.Web.Markup;

namespace Signals.Local.Backtest.Page;

/// <summary>How early flags come, and how many.</summary>
internal static class TimeSections
{
    private const int BinDays = 7;

    private static readonly string[] FlagColumns =
    [
        "cut",
        "assessed",
        "flagged",
        "newly flagged",
        "left within the horizon",
        "of them flagged",
        "mails",
        "held out by lot",
    ];

    public static Html Lead(BacktestResult result)
    {
        const string Heading = "How early are flags?";
        if (result.MedianLeadDays is not { } median)
            return PageSection.Of("lead", Heading, "No account was flagged right up to its leaving, so there is no lead to measure.");
        double[] counts = new double[Math.Max(4, (int)(result.LeadDays[^1] / BinDays) + 1)];
        foreach (double lead in result.LeadDays)
            counts[Math.Clamp((int)(lead / BinDays), 0, counts.Length - 1)]++;
        var text = new ChartText(
            "Accounts by days from the first of the unbroken flags to the churn",
            "Days before leaving",
            [.. counts.Select((_, i) => $"{i * BinDays} to {(i + 1) * BinDays}")],
            Words.Count
        );
        return PageSection.Of(
            "lead",
            Heading,
            $"Of {Words.Count(result.Leads)} accounts that stood flagged when they left, half had been flagged for so many days at least: "
                + $"{Words.With(median, result.Intervals.MedianLeadDays, "0.#")}. That is the time there was to help.",
            StackedBars.Of(ChartWords.English, text, [new Series("Accounts", [.. counts])])
        );
    }

    public static Html Flags(BacktestResult result)
    {
        const string Heading = "How much work is it?";
        var cuts = result.Cuts;
        if (cuts.Count == 0)
            return PageSection.Of("flags", Heading, "There was no cut with a whole horizon after it.");
        var text = new ChartText("Flags and mails at each cut", "Cut", [.. cuts.Select(cut => $"{cut.At:yyyy-MM-dd}")], Words.Count)
        {
            Numbers = PageSection.Numbers(FlagColumns, cuts.Select(Row)),
        };
        return PageSection.Of(
            "flags",
            Heading,
            $"About {Words.Number(result.FlagsPerWeek, "0.#")} accounts a week come to the alert level, and the outreach rules would have "
                + "sent "
                + $"{Words.Number(result.MailsPerWeek, "0.#")} mails a week, cooldowns, caps and holdout kept. "
                + $"{Words.PercentWith(result.Outcomes.Precision, result.Intervals.Precision)} of flags were followed by churn within "
                + $"{result.Settings.HorizonDays} days, and {Words.PercentWith(result.Outcomes.Recall, result.Intervals.Recall)} of churns "
                + "were "
                + $"flagged; {Words.PercentWith(result.Outcomes.BaseRate, result.Intervals.BaseRate)} would be flagged rightly by lot.",
            LineChart.Of(
                ChartWords.English,
                text,
                [
                    new Series("Flagged", [.. cuts.Select(cut => (double?)cut.Outcomes.Flagged)]),
                    new Series("Newly flagged", [.. cuts.Select(cut => (double?)cut.NewlyFlagged)]),
                    new Series("Mails", [.. cuts.Select(cut => (double?)cut.Mails)]),
                ]
            )
        );
    }

    private static IReadOnlyList<string> Row(CutFindings cut) =>
        [
            $"{cut.At:yyyy-MM-dd}",
            Words.Count(cut.Outcomes.Assessed),
            Words.Count(cut.Outcomes.Flagged),
            Words.Count(cut.NewlyFlagged),
            Words.Count(cut.Outcomes.Churned),
            Words.Count(cut.Outcomes.Caught),
            Words.Count(cut.Mails),
            Words.Count(cut.HeldOut),
        ];
}
