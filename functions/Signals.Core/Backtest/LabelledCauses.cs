using Signals.Core.Model;
using Signals.Core.Reviews;

namespace Signals.Core.Backtest;

/// <summary>
/// Accounts whose causes are known, and what was found in them: at every cut whether they had settled or not, and at the last moment before
/// they churned or the stream ended.
/// </summary>
/// <param name="labels">By user id (or group id), what is known: ids of causes or kinds of friction, several joined by "+"; other words mean no cause.</param>
public sealed class LabelledCauses(IReadOnlyDictionary<string, string> labels)
{
    private readonly Dictionary<ReplayAccount, Dictionary<string, double>> _found = [];
    private readonly Dictionary<ReplayAccount, HashSet<string>> _flagged = [];

    internal bool Has(ReplayAccount account) => labels.ContainsKey(account.State.Id);

    /// <summary>Notes the causes of one assessment; friction by its kind.</summary>
    internal void Note(ReplayAccount account, Assessment assessment)
    {
        if (!Has(account))
            return;
        if (!_found.TryGetValue(account, out var found))
            _found[account] = found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var cause in assessment.Causes)
        {
            string name = NameOf(cause.Id, cause.Detail);
            found[name] = Math.Max(found.GetValueOrDefault(name), cause.Confidence);
            if (assessment.Risk.Level < BacktestSettings.AlertLevel)
                continue;
            if (!_flagged.TryGetValue(account, out var flagged))
                _flagged[account] = flagged = new HashSet<string>(StringComparer.Ordinal);
            flagged.Add(name);
        }
    }

    /// <summary>What was found against what is known, of every labelled account that was seen.</summary>
    internal CauseConfusion Confusion(Replay replay)
    {
        var known = replay.Model.Friction.Select(kind => kind.Id).Concat(CauseIds.All).ToHashSet(StringComparer.Ordinal);
        var accounts = _found.Select(entry => new LabelledAccount(
            entry.Key.State.Id, labels[entry.Key.State.Id], entry.Value, _flagged.TryGetValue(entry.Key, out var flagged) ? flagged : []));
        return CauseConfusion.Of([.. accounts.OrderBy(account => account.User, StringComparer.Ordinal)], known, labels.Count);
    }

    private static string NameOf(string cause, string? detail) => cause == CauseIds.Friction && detail is not null ? detail : cause;
}

/// <summary>One labelled account.</summary>
/// <param name="User">Its id in the file of labels.</param>
/// <param name="Label">What is known of it.</param>
/// <param name="Found">Each cause found, friction by its kind, with its highest confidence.</param>
/// <param name="Flagged">Those that were found while the account stood at the alert level.</param>
public sealed record LabelledAccount(string User, string Label, IReadOnlyDictionary<string, double> Found, IReadOnlySet<string> Flagged);
