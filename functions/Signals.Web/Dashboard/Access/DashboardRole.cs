namespace Signals.Web.Dashboard.Access;

/// <summary>
/// What somebody may do on the dashboard; each role may do what those before it may. The names are those of the app roles in Entra ID.
/// </summary>
public enum DashboardRole
{
    /// <summary>Looks at everything.</summary>
    Reader = 1,

    /// <summary>Answers alerts, reviews accounts, holds messages.</summary>
    Manager = 2,

    /// <summary>Replays dead letters and manages write keys.</summary>
    Admin = 3,
}
