using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>
/// Causes found against causes known. A cause is named when it was found at the last look at the account; an account may be named several,
/// and a label of several ("errors+adverts") counts for each of them.
/// </summary>
/// <param name="Labelled">Accounts in the file of labels.</param>
/// <param name="Accounts">Those of them that were seen, with what was found.</param>
/// <param name="Labels">Every label, with how many accounts have it and were named each cause.</param>
/// <param name="Causes">For each cause that a label names, how well it is named.</param>
public sealed record CauseConfusion(
    int Labelled,
    IReadOnlyList<LabelledAccount> Accounts,
    IReadOnlyList<LabelFindings> Labels,
    IReadOnlyList<NamedCause> Causes
)
{
    /// <summary>The column of accounts that were named nothing.</summary>
    public const string Nothing = "nothing";

    private const char Separator = '+';

    /// <param name="accounts">What was found.</param>
    /// <param name="known">Ids of causes and kinds of friction; other words in a label mean no cause.</param>
    /// <param name="labelled">Accounts in the file.</param>
    internal static CauseConfusion Of(IReadOnlyList<LabelledAccount> accounts, IReadOnlySet<string> known, int labelled)
    {
        var labels = accounts
            .GroupBy(account => account.Label, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new LabelFindings(
                group.Key,
                group.Count(),
                group
                    .SelectMany(account => Named(account).DefaultIfEmpty(Nothing))
                    .CountBy(name => name)
                    .ToDictionary(StringComparer.Ordinal),
                group.SelectMany(account => account.Flagged).CountBy(name => name).ToDictionary(StringComparer.Ordinal)
            ))
            .ToList();
        var causes = labels
            .SelectMany(label => Parts(label.Label))
            .Where(known.Contains)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(cause => OfCause(cause, accounts, known))
            .ToList();
        return new CauseConfusion(labelled, accounts, labels, causes);
    }

    private static NamedCause OfCause(string cause, IReadOnlyList<LabelledAccount> accounts, IReadOnlySet<string> known)
    {
        int right = 0,
            named = 0,
            having = 0;
        var scored = new List<Scored>();
        foreach (var account in accounts)
        {
            bool has = Parts(account.Label).Contains(cause),
                isNamed = Named(account).Contains(cause);
            right += has && isNamed ? 1 : 0;
            named += isNamed ? 1 : 0;
            having += has ? 1 : 0;
            if (has || !Parts(account.Label).Any(known.Contains))
                scored.Add(new Scored(account.Weighed.GetValueOrDefault(cause), has));
        }
        return new NamedCause(cause, right, named, having, Ranking.Auc(scored));
    }

    private static IEnumerable<string> Named(LabelledAccount account) => account.Found.Keys;

    private static string[] Parts(string label) =>
        label.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>One label: accounts with it, how many were named each cause, and in how many each was found at the alert level.</summary>
public sealed record LabelFindings(
    string Label,
    int Accounts,
    IReadOnlyDictionary<string, int> Named,
    IReadOnlyDictionary<string, int> Flagged
);

/// <summary>How well one cause is named.</summary>
/// <param name="Cause">A cause's id, or a kind of friction.</param>
/// <param name="Right">Accounts that have it and were named it.</param>
/// <param name="Named">Accounts that were named it.</param>
/// <param name="Having">Accounts whose label has it.</param>
/// <param name="AucAgainstNone">By confidence alone: those that have it above those whose label names no cause; null without both.</param>
public sealed record NamedCause(string Cause, int Right, int Named, int Having, double? AucAgainstNone)
{
    public double? Precision => Named == 0 ? null : (double)Right / Named;

    public double? Recall => Having == 0 ? null : (double)Right / Having;

    public Interval? PrecisionInterval => Interval.OfShare(Right, Named);

    public Interval? RecallInterval => Interval.OfShare(Right, Having);
}
