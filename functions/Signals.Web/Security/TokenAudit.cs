using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Security;

/// <summary>What the audit trail says of API tokens, whoever changed them and wherever.</summary>
public static class TokenAudit
{
    public static AuditEntry Created(DateTimeOffset now, string who, NamedToken token) =>
        new(now, who, "token.created", token.Name, $"…{token.End}, {token.Role.Word()}, until {token.EndsAt.UtcDateTime:yyyy-MM-dd}");

    public static AuditEntry Rotated(DateTimeOffset now, string who, NamedToken token, int hours) =>
        new(now, who, "token.rotated", token.Name, $"…{token.End}; the old token ends in {hours} hours");

    public static AuditEntry Ended(DateTimeOffset now, string who, NamedToken token) =>
        new(now, who, "token.ended", token.Name, $"…{token.End}");
}
