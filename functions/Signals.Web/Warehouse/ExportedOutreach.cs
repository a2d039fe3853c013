using Signals.Core.Response.Outreach;
using Signals.Web.Api;

namespace Signals.Web.Warehouse;

/// <summary>
/// A message, alert mail, digest or report with what became of it; <c>id</c> is its key. Its text is at <c>/api/outreach/{id}</c>.
/// </summary>
internal sealed record ExportedOutreach(
    string Id,
    string Kind,
    string State,
    string? Reason,
    string Account,
    string? Person,
    string Channel,
    string To,
    string Cause,
    string? CauseKind,
    string Template,
    string Locale,
    string? Subject,
    string? FollowsUp,
    DateTimeOffset PlannedAt,
    DateTimeOffset? SentAt,
    bool? GoalReached,
    DateTimeOffset ChangedAt
)
{
    public static ExportedOutreach Of(OutreachRecord record)
    {
        var item = OutreachItem.Of(record);
        return new(
            item.Id,
            item.Kind,
            item.State,
            item.Reason,
            item.Account,
            item.Person,
            item.Channel,
            item.To,
            item.Cause,
            item.CauseKind,
            item.Template,
            item.Locale,
            item.Subject,
            record.FollowsUp,
            item.PlannedAt,
            item.SentAt,
            item.GoalReached,
            record.LastChangeAt
        );
    }
}
