using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Assessments;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>
/// What is on record beside the event stream: how each account's level and score went by its trail, what colleagues answered by the audit
/// trail, and what was written to whom. A mail's word of these is held against them.
/// </summary>
/// <param name="trails">By account id.</param>
/// <param name="audit">Oldest first.</param>
/// <param name="outreach">Everything that was ever planned.</param>
internal sealed class TeamRecord(
    IReadOnlyDictionary<string, Trail> trails,
    IReadOnlyList<AuditEntry> audit,
    IReadOnlyList<OutreachRecord> outreach
)
{
    private readonly ILookup<string, AuditEntry> _answers = audit
        .Where(entry => entry.Action.StartsWith("alert.", StringComparison.Ordinal))
        .ToLookup(entry => AlertId.Parse(entry.Subject)!.Value.Account.Value, StringComparer.Ordinal);

    private readonly IReadOnlyList<OutreachRecord> _sent =
    [
        .. outreach.Where(record => record.SentAt is not null).OrderBy(record => record.SentAt),
    ];

    public IReadOnlyList<OutreachRecord> Outreach => outreach;

    /// <summary>The point of the trail that holds on a day; null before the first.</summary>
    public TrailPoint? On(string account, int day) =>
        trails.GetValueOrDefault(account)?.Points.Where(point => point.Day <= day).Select(point => (TrailPoint?)point).LastOrDefault();

    /// <summary>Since when an account has had the level that it has on a day, and which it had before.</summary>
    public (int Since, RiskLevel Before) LevelSince(string account, int day)
    {
        var points = trails[account].Points.Where(point => point.Day <= day).ToList();
        int first = points.FindLastIndex(point => point.Level != points[^1].Level) + 1;
        return (points[first].Day, first == 0 ? RiskLevel.Healthy : points[first - 1].Level);
    }

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
