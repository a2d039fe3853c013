using Signals.Core.Response.Outreach;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>
/// What is on record beside the event stream: how each account's level and score went, what colleagues answered by the audit trail, and
/// what was written to whom. A mail's word of these is held against them.
/// </summary>
/// <param name="looks">Every look at every account.</param>
/// <param name="audit">Oldest first.</param>
/// <param name="outreach">Everything that was ever planned.</param>
internal sealed class TeamRecord(StoryLooks looks, IReadOnlyList<AuditEntry> audit, IReadOnlyList<OutreachRecord> outreach)
{
    private readonly ILookup<string, AuditEntry> _answers = audit
        .Where(entry => entry.Action.StartsWith("alert.", StringComparison.Ordinal))
        .ToLookup(entry => AlertId.Parse(entry.Subject)!.Value.Account.Value, StringComparer.Ordinal);

    private readonly IReadOnlyList<OutreachRecord> _sent =
    [
        .. outreach.Where(record => record.SentAt is not null).OrderBy(record => record.SentAt),
    ];

    public IReadOnlyList<OutreachRecord> Outreach => outreach;

    /// <summary>The look at an account that holds at a moment.</summary>
    public Look At(string account, DateTimeOffset moment) =>
        looks.At(account, moment) ?? throw new ArgumentException($"Nobody has looked at {account} by {moment:u}.", nameof(account));

    /// <summary>What was answered last of the account's alert by a moment; null for nothing.</summary>
    public AuditEntry? LastAnswer(string account, DateTimeOffset moment) =>
        _answers[AccountKey.Group(account).Value].LastOrDefault(entry => entry.At <= moment);

    /// <summary>When the team was last told of an account's alert before a moment, by mail or by list.</summary>
    public DateTimeOffset? LastTold(string account, DateTimeOffset moment) =>
        _sent.LastOrDefault(record => record.SentAt < moment && TellsOf(record, account))?.SentAt;

    /// <summary>What was sent of a kind to one address up to a moment.</summary>
    public IEnumerable<OutreachRecord> SentTo(string to, OutreachKind kind, DateTimeOffset moment) =>
        _sent.Where(record => record.Kind == kind && record.To == to && record.SentAt <= moment);

    private static bool TellsOf(OutreachRecord record, string account) =>
        record.Kind == OutreachKind.Alert
            ? record.AccountId == account
            : record.Variables.Digest is { } digest && digest.Alerts.Concat(digest.Unanswered).Any(line => line.Id == account);
}
