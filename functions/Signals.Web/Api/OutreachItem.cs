using System.Text.Json.Serialization;
using Signals.Core.Response.Outreach;

namespace Signals.Web.Api;

/// <summary>
/// One message, alert, digest or report in a list; channel is email, slack or teams. Person is the user id, null for alerts; subject is
/// null until it was rendered for sending.
/// </summary>
internal record OutreachItem(
    string Id,
    string Kind,
    string State,
    string? Reason,
    string Account,
    string AccountName,
    string? Person,
    string Channel,
    string To,
    string Cause,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CauseKind,
    string Template,
    string Locale,
    string? Subject,
    DateTimeOffset PlannedAt,
    DateTimeOffset? NotBefore,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? SentAt,
    bool? GoalReached
)
{
    public static OutreachItem Of(OutreachRecord record) =>
        new(
            record.Id,
            KindOf(record),
            record.State.Name(),
            record.Reason,
            record.AccountId,
            record.AccountName,
            record.Kind == OutreachKind.Message ? record.PersonId : null,
            record.Channel,
            record.To,
            record.Cause,
            record.Detail,
            record.Template,
            record.Locale,
            record.Message?.Subject,
            record.PlannedAt,
            record.NotBefore,
            record.ExpiresAt,
            record.SentAt,
            record.GoalReached
        );

    private static string KindOf(OutreachRecord record) =>
        record.Kind switch
        {
            OutreachKind.Alert => "alert",
            OutreachKind.Digest => "digest",
            OutreachKind.Report => "report",
            _ => "message",
        };
}
