using Signals.Backtesting;

namespace Signals.Local.Backtest;

/// <summary>
/// Causes named against causes known. <c>matrix</c>: by label, accounts named each cause ("nothing" among them); <c>flagged</c>: accounts
/// in which a cause was found at the alert level; <c>people</c>: what was found in each.
/// </summary>
public sealed record ConfusionJson(
    int Labelled,
    int Seen,
    IReadOnlyDictionary<string, int> Labels,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Matrix,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Flagged,
    IReadOnlyDictionary<string, NamedCauseJson> Causes,
    IReadOnlyList<LabelledJson> People
)
{
    internal static ConfusionJson? Of(CauseConfusion? confusion) =>
        confusion is not { } known
            ? null
            : new(
                known.Labelled,
                known.Accounts.Count,
                known.Labels.ToDictionary(label => label.Label, label => label.Accounts, StringComparer.Ordinal),
                known.Labels.ToDictionary(label => label.Label, label => label.Named, StringComparer.Ordinal),
                known.Labels.ToDictionary(label => label.Label, label => label.Flagged, StringComparer.Ordinal),
                known.Causes.ToDictionary(cause => cause.Cause, NamedCauseJson.Of, StringComparer.Ordinal),
                [
                    .. known.Accounts.Select(account => new LabelledJson(
                        account.User,
                        account.Label,
                        account.Weighed.ToDictionary(found => found.Key, found => Math.Round(found.Value, 3), StringComparer.Ordinal),
                        [.. account.Flagged.Order(StringComparer.Ordinal)]
                    )),
                ]
            );
}

/// <summary>How well one cause is named, with 95% intervals.</summary>
public sealed record NamedCauseJson(
    int Right,
    int Named,
    int Having,
    double? Precision,
    double[]? PrecisionInterval,
    double? Recall,
    double[]? RecallInterval,
    double? AucAgainstNone
)
{
    internal static NamedCauseJson Of(NamedCause cause) =>
        new(
            cause.Right,
            cause.Named,
            cause.Having,
            BacktestJson.Rounded(cause.Precision),
            BacktestJson.Rounded(cause.PrecisionInterval),
            BacktestJson.Rounded(cause.Recall),
            BacktestJson.Rounded(cause.RecallInterval),
            BacktestJson.Rounded(cause.AucAgainstNone)
        );
}

/// <summary>
/// One labelled account: each cause (friction by its kind, weighed whether it was enough to name it or not) with its confidence, and those
/// found at the alert level.
/// </summary>
public sealed record LabelledJson(string User, string Label, IReadOnlyDictionary<string, double> Found, IReadOnlyList<string> Flagged);
