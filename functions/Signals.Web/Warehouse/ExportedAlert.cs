using Signals.Core.Response.Alerts;
using Signals.Web.Api;

namespace Signals.Web.Warehouse;

/// <summary>An account's newest alert; <c>id</c> is its key.</summary>
internal sealed record ExportedAlert(
    string Id,
    string Account,
    string? Csm,
    bool Strategic,
    string Level,
    string PreviousLevel,
    int Score,
    string State,
    string? Cause,
    IReadOnlyList<AlertCauseView> Causes,
    DateTimeOffset RaisedAt,
    DateTimeOffset WorseAt,
    DateTimeOffset? AnswerBy,
    DateTimeOffset? EscalatedAt,
    DateTimeOffset? SnoozedUntil,
    DateTimeOffset? ResolvedAt,
    DateTimeOffset? AnsweredAt,
    string? AnsweredBy,
    string? AnswerReason,
    DateTimeOffset ChangedAt
)
{
    public static ExportedAlert Of(Alert alert)
    {
        var item = AlertItem.Of(alert);
        return new(
            item.Id,
            item.Account,
            item.Csm,
            item.Strategic,
            item.Level,
            item.PreviousLevel,
            item.Score,
            item.State,
            item.Causes.Count == 0 ? null : item.Causes[0].Id,
            item.Causes,
            item.RaisedAt,
            item.WorseAt,
            item.AnswerBy,
            item.EscalatedAt,
            item.SnoozedUntil,
            item.ResolvedAt,
            item.Answer?.At,
            item.Answer?.By,
            item.Answer?.Reason,
            alert.LastChangeAt
        );
    }
}
