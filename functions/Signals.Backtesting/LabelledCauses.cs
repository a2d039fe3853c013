using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.State.Assessments;

namespace Signals.Backtesting;

/// <summary>
/// Accounts whose causes are known, and what was found in them when they were looked at last: just before they left, or when the stream
/// ended.
/// </summary>
/// <param name="labels">By user id (or group id), what is known: ids of causes or kinds of friction, several joined by "+"; other words
/// mean no cause.</param>
public sealed class LabelledCauses(IReadOnlyDictionary<string, string> labels)
{
    private readonly Dictionary<ReplayAccount, LabelledAccount> _looked = [];

    internal bool Has(ReplayAccount account) => labels.ContainsKey(account.State.Id);

    /// <summary>Notes the causes of one assessment; friction by its kind. Of several looks the last one counts.</summary>
    /// <param name="account">One that has a label.</param>
    /// <param name="assessment">What was found.</param>
    /// <param name="weighed">Every kind of friction with its confidence, enough to name it or not.</param>
    internal void Note(ReplayAccount account, Assessment assessment, IEnumerable<RuleFinding> weighed)
    {
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var cause in assessment.Causes)
            Raise(found, NameOf(cause.Id, cause.Detail), cause.Confidence);
        var all = new Dictionary<string, double>(found, StringComparer.Ordinal);
        foreach (var finding in weighed)
            Raise(all, NameOf(CauseIds.Friction, finding.Detail), finding.Confidence);
        var flagged = assessment.Risk.Level >= BacktestSettings.AlertLevel ? found.Keys.ToHashSet(StringComparer.Ordinal) : [];
        _looked[account] = new LabelledAccount(account.State.Id, labels[account.State.Id], found, all, flagged);
    }

    /// <summary>What was found against what is known, of every labelled account that was seen.</summary>
    internal CauseConfusion Confusion(Replay replay)
    {
        var known = replay.Model.Friction.Select(kind => kind.Id).Concat(CauseCatalogue.Ids).ToHashSet(StringComparer.Ordinal);
        return CauseConfusion.Of([.. _looked.Values.OrderBy(account => account.User, StringComparer.Ordinal)], known, labels.Count);
    }

    private static void Raise(Dictionary<string, double> confidences, string name, double confidence) =>
        confidences[name] = Math.Max(confidences.GetValueOrDefault(name), confidence);

    private static string NameOf(string cause, string? detail) => cause == CauseIds.Friction && detail is not null ? detail : cause;
}

/// <summary>One labelled account.</summary>
/// <param name="User">Its id in the file of labels.</param>
/// <param name="Label">What is known of it.</param>
/// <param name="Found">Each cause found, friction by its kind, with its confidence.</param>
/// <param name="Weighed">The same, with kinds of friction that were weighed and found too light.</param>
/// <param name="Flagged">Those that were found while the account stood at the alert level.</param>
public sealed record LabelledAccount(
    string User,
    string Label,
    IReadOnlyDictionary<string, double> Found,
    IReadOnlyDictionary<string, double> Weighed,
    IReadOnlySet<string> Flagged
);
