using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Web.Api;

namespace Signals.Web.Mcp;

internal sealed record AlertTold(
    string Id,
    string Level,
    string State,
    DateTimeOffset RaisedAt,
    DateTimeOffset? ResolvedAt,
    string? AnsweredBy,
    string? AnswerReason
)
{
    public static AlertTold Of(Alert alert) =>
        new(alert.Id, alert.Level.Name(), alert.State.Name(), alert.RaisedAt, alert.ResolvedAt, alert.Answer?.By, alert.Answer?.Reason);
}
