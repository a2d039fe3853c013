using Signals.Web.Api;

namespace Signals.Web.Mcp;

internal sealed record MessagesTold(IReadOnlyList<MessageTold> Messages, string? Next);

/// <summary>A message; <c>goalReached</c> is null while that is open and where it has no goal.</summary>
internal sealed record MessageTold(
    string Id,
    string Kind,
    string Account,
    string? Person,
    string Channel,
    string Cause,
    string? About,
    string State,
    string? Reason,
    string? Subject,
    DateTimeOffset PlannedAt,
    DateTimeOffset? SentAt,
    bool? GoalReached
)
{
    public static MessageTold Of(OutreachItem item) =>
        new(
            item.Id,
            item.Kind,
            item.Account,
            item.Person,
            item.Channel,
            item.Cause,
            item.CauseKind,
            item.State,
            item.Reason,
            item.Subject,
            item.PlannedAt,
            item.SentAt,
            item.GoalReached
        );
}
