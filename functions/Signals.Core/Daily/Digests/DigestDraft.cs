using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Indexes;

namespace Signals.Core.Daily.Digests;

/// <summary>
/// One CS manager's digest while the accounts are read, worst first. Accounts beyond <see cref="MostLines"/> of a section are counted only:
/// its size is bounded however many accounts there are.
/// </summary>
internal sealed class DigestDraft(DigestDay day, string locale)
{
    private const int MostLines = 20;

    private readonly List<MessageDigestAccount> _worse = [];
    private readonly List<MessageDigestAccount> _open = [];
    private readonly List<MessageDigestAccount> _recovered = [];
    private int _worseCount;
    private int _openCount;
    private int _recoveredCount;

    /// <summary>True when there is something to tell: silence is the default.</summary>
    public bool IsNews => _worseCount + _recoveredCount > 0 || (day.IsFirstOfWeek && _openCount > 0);

    /// <summary>What the manager has to hear of an account, if anything.</summary>
    public static bool IsTelling(AccountSummary account, DigestDay day) => account.Level >= RiskLevel.Watch || IsRecovered(account, day);

    /// <param name="account">The account.</param>
    /// <param name="answer">What became of its alert.</param>
    public void Add(AccountSummary account, MessageAnswer answer)
    {
        if (IsRecovered(account, day))
            Put(_recovered, ref _recoveredCount, account, answer);
        else if (account.Since >= day.Since && account.Level > account.Previous)
            Put(_worse, ref _worseCount, account, answer);
        else if (account.Level >= RiskLevel.AtRisk)
            Put(_open, ref _openCount, account, answer);
    }

    public MessageDigest ToMessage() =>
        new(
            _worse,
            _worseCount - _worse.Count,
            _open,
            _openCount - _open.Count,
            _recovered,
            _recoveredCount - _recovered.Count,
            _worseCount,
            _openCount,
            _recoveredCount
        );

    private static bool IsRecovered(AccountSummary account, DigestDay day) =>
        account.Since >= day.Since
        && account.Previous >= RiskLevel.AtRisk
        && account.Level < account.Previous
        && account.Level < RiskLevel.AtRisk;

    private void Put(List<MessageDigestAccount> lines, ref int count, AccountSummary account, MessageAnswer answer)
    {
        if (count++ >= MostLines)
            return;
        var cause = account.Causes.Count > 0 ? account.Causes[0] : null;
        lines.Add(
            new MessageDigestAccount(
                account.Id,
                account.Name,
                "",
                account.Level.Name(),
                account.Previous.Name(),
                account.Score,
                cause is null ? "" : CauseNames.Of(cause.Id).In(locale),
                cause?.Evidence.In(locale) ?? "",
                account.Strategic,
                account.Since.ToString("yyyy-MM-dd"),
                answer
            )
        );
    }
}
