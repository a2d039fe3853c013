using Signals.Core.State.Team;

namespace Signals.Web.Dashboard.Access;

/// <summary>Who looks at the dashboard.</summary>
/// <param name="Name">
/// As the audit trail names them: an e-mail address, or <c>link</c> for a browser that a sign-in link or the API token opened.
/// </param>
/// <param name="Role">The highest of their roles.</param>
/// <param name="Session">What the forms shown to them are bound to: it differs from one session or person to the next.</param>
public sealed record Principal(string Name, DashboardRole Role, string Session)
{
    /// <summary>Who they are of the team; null for a browser that nobody's name stands behind.</summary>
    public TeamUser? User { get; init; }

    /// <summary>Their session's id, where this app keeps sessions; else empty.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>What they are called where their claims say so; else empty.</summary>
    public string DisplayName { get; init; } = "";
}
