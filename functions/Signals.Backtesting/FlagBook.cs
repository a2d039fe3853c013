using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;

namespace Signals.Backtesting;

/// <summary>Notes each account's first flag as it is made, with what was known and would have been written then.</summary>
internal sealed class FlagBook(ValueModel model)
{
    /// <summary>A message that comes later is about something else.</summary>
    private const int CutsForMessage = 3;

    private readonly Dictionary<ReplayAccount, Entry> _entries = [];

    public void Note(DateTimeOffset cut, ReplayAccount account, AccountFacts facts, Assessment found, IReadOnlyList<OutreachRecord> mails)
    {
        bool isFlagged = found.Risk.Level >= BacktestSettings.AlertLevel;
        if (!_entries.TryGetValue(account, out var entry))
        {
            if (!isFlagged)
                return;
            _entries[account] = entry = new Entry(
                new FlaggedAccount(facts.Id, facts.Name, facts.Plan, facts.Price, cut, found.Risk.Level, found.Risk.Score)
                {
                    Cause = found.Primary,
                    RaisedBy = found.Risk.RaisedBy,
                }
            );
        }
        entry.Cuts++;
        if (isFlagged)
            entry.FlaggedCuts++;
        if (entry.Message is null && entry.Cuts <= CutsForMessage)
            entry.Message = mails.FirstOrDefault(mail => mail.Cause == entry.Account.Cause?.Id) ?? (mails.Count > 0 ? mails[0] : null);
    }

    /// <summary>Every account that was flagged at a cut, the first flags first; of accounts that became one, the earliest flag.</summary>
    public IReadOnlyList<FlaggedAccount> Accounts(int horizonDays, DateTimeOffset end) =>
        [
            .. _entries
                .GroupBy(entry => entry.Key.Current)
                .Select(one => Ended(one.Key, one.Select(entry => entry.Value).MinBy(entry => entry.Account.At)!, horizonDays, end))
                .OrderBy(account => account.At)
                .ThenByDescending(account => account.Score)
                .ThenBy(account => account.Id, StringComparer.Ordinal),
        ];

    private FlaggedAccount Ended(ReplayAccount account, Entry entry, int horizonDays, DateTimeOffset end)
    {
        var flag = entry.Account;
        var later = account.Churns.Where(churn => churn >= flag.At).ToList();
        DateTimeOffset? left = later.Count == 0 ? null : later.Min();
        var horizon = flag.At.AddDays(horizonDays);
        return flag with
        {
            Message = entry.Message,
            FlaggedCuts = entry.FlaggedCuts,
            LeftAt = left,
            IsRight =
                left < horizon ? true
                : horizon <= end && model.Churn.Events.Count > 0 ? false
                : null,
        };
    }

    private sealed class Entry(FlaggedAccount account)
    {
        public FlaggedAccount Account { get; } = account;

        public OutreachRecord? Message { get; set; }

        public int Cuts { get; set; }

        public int FlaggedCuts { get; set; }
    }
}
