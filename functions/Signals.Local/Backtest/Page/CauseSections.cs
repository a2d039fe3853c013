using Signals.Backtesting;
using Signals.Core.Diagnosis.Causes;
using Signals.Web.Charts;
using Signals.Web.Markup;

namespace Signals.Local.Backtest.Page;

/// <summary>Why accounts were flagged, and whether the causes named are the causes known.</summary>
internal static class CauseSections
{
    private static readonly string[] Columns =
    [
        "cause",
        "found",
        "came first",
        "accounts",
        "left within the horizon",
        "share that left, over the base rate (95% interval)",
        "the same, where it had just begun",
        "gone by itself after four weeks",
    ];

    public static Html Causes(BacktestResult result)
    {
        const string Heading = "Why are they flagged?";
        if (result.Causes.Count == 0)
            return PageSection.Of("causes", Heading, "No cause was found.");
        var text = new ChartText("Found, and in full colour where it came first", "Cause", [], Words.Count);
        var bars = result.Causes.Select(cause => new BarRow($"{CauseNames.Of(cause.Cause).ToString()}", cause.Found)
        {
            Part = cause.Primary,
        });
        var first = result.Causes[0];
        return PageSection.Of(
            "causes",
            Heading,
            $"The most frequent cause is \"{CauseNames.Of(first.Cause)}\", in {Words.Count(first.Accounts)} accounts. "
                + "A cause whose accounts leave no more often than others, and that is gone by itself, is worth a look at its settings; "
                + "one that lasts is worth help all the same.",
            HorizontalBars.Of(text, "Found", [.. bars]),
            PageSection.Behind(PageSection.Numbers(Columns, result.Causes.Select(Row)))
        );
    }

    public static IEnumerable<Html> Confusion(CauseConfusion? confusion)
    {
        if (confusion is null)
            yield break;
        string[] named =
        [
            .. confusion.Labels.SelectMany(label => label.Named.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        yield return PageSection.Of(
            "confusion",
            "Are the causes right?",
            $"Of {Words.Count(confusion.Labelled)} labelled accounts {Words.Count(confusion.Accounts.Count)} were seen. Each row is what "
                + "is known, "
                + "each column what was named at the last look, just before it left or at the end; an account may be named several.",
            PageSection.Table(
                ["known", "accounts", .. named],
                confusion.Labels.Select(label =>
                    (IReadOnlyList<string>)
                        [
                            label.Label,
                            Words.Count(label.Accounts),
                            .. named.Select(name => Words.Count(label.Named.GetValueOrDefault(name))),
                        ]
                )
            )
        );
        yield return PageSection.Of(
            "named",
            "How well is each cause named?",
            "Precision: of accounts that were named a cause, the share that has it. "
                + "Recall: of accounts that have it, the share that was named it. In brackets 95% intervals.",
            PageSection.Table(
                ["cause", "precision", "recall", "AUC of its confidence against accounts without a cause"],
                confusion.Causes.Select(cause =>
                    (IReadOnlyList<string>)
                        [
                            cause.Cause,
                            Words.PercentWith(cause.Precision, cause.PrecisionInterval),
                            Words.PercentWith(cause.Recall, cause.RecallInterval),
                            Words.Number(cause.AucAgainstNone),
                        ]
                )
            )
        );
    }

    private static IReadOnlyList<string> Row(CauseFindings cause) =>
        [
            CauseNames.Of(cause.Cause).ToString(),
            Words.Count(cause.Found),
            Words.Count(cause.Primary),
            Words.Count(cause.Accounts),
            Words.Count(cause.Churned),
            Words.TimesWith(cause.OverBase, cause.OverBaseInterval),
            Words.TimesWith(cause.BeganOverBase, cause.BeganOverBaseInterval),
            Words.Percent(cause.Passed),
        ];
}
