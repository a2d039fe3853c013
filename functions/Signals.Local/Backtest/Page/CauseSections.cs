using Signals.Backtesting;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Statistics;

namespace Signals.Local.Backtest.Page;

/// <summary>Why accounts were flagged, and whether the causes named are the causes known.</summary>
internal static class CauseSections
{
    public static PageSection Causes(BacktestResult result)
    {
        const string Heading = "Why are they flagged?";
        if (result.Causes.Count == 0)
            return new PageSection("causes", Heading, "No cause was found.", null, [], []);
        var plot = new BarList("Causes found, most frequent first", result.Causes.Max(cause => cause.Found));
        foreach (var cause in result.Causes)
            plot.Row(CauseNames.Of(cause.Cause).En, cause.Found, cause.Primary, Words.Count(cause.Found));
        var first = result.Causes[0];
        return new PageSection(
            "causes", Heading,
            $"The most frequent cause is \"{CauseNames.Of(first.Cause).En}\", in {Words.Count(first.Accounts)} accounts. A cause whose accounts leave no more often than others is worth a look at its settings.",
            plot.ToSvg(), ["cause", "found", "came first", "accounts", "left within the horizon", "share that left (95% interval)"],
            [.. result.Causes.Select(cause => (IReadOnlyList<string>)
            [
                CauseNames.Of(cause.Cause).En, Words.Count(cause.Found), Words.Count(cause.Primary), Words.Count(cause.Accounts), Words.Count(cause.Churned),
                Words.PercentWith((double)cause.Churned / cause.Found, Interval.OfShare(cause.Churned, cause.Found)),
            ])])
        {
            Legend = [("bar", "came first"), ("bar soft", "found")],
        };
    }

    public static IEnumerable<PageSection> Confusion(CauseConfusion? confusion)
    {
        if (confusion is null)
            yield break;
        string[] named = [.. confusion.Labels.SelectMany(label => label.Named.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        yield return new PageSection(
            "confusion", "Are the causes right?",
            $"Of {Words.Count(confusion.Labelled)} labelled accounts {Words.Count(confusion.Accounts.Count)} were seen. Each row is what is known, each column what was named at the last look, just before it left or at the end; an account may be named several.",
            null, ["known", "accounts", .. named],
            [.. confusion.Labels.Select(label => (IReadOnlyList<string>)
                [label.Label, Words.Count(label.Accounts), .. named.Select(name => Words.Count(label.Named.GetValueOrDefault(name)))])]);
        yield return new PageSection(
            "named", "How well is each cause named?",
            "Precision: of accounts that were named a cause, the share that has it. Recall: of accounts that have it, the share that was named it. In brackets 95% intervals.",
            null, ["cause", "precision", "recall", "AUC of its confidence against accounts without a cause"],
            [.. confusion.Causes.Select(cause => (IReadOnlyList<string>)
                [cause.Cause, Words.PercentWith(cause.Precision, cause.PrecisionInterval), Words.PercentWith(cause.Recall, cause.RecallInterval), Words.Number(cause.AucAgainstNone)])]);
    }
}
