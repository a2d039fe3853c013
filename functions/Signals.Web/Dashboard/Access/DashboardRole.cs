namespace Signals.Web.Dashboard.Access;

/// <summary>
/// What somebody, or a program with a token, may do; each role may do what those before it may. The names are those of the app roles in
/// Entra ID.
/// </summary>
public enum DashboardRole
{
    /// <summary>Looks at everything.</summary>
    Reader = 1,

    /// <summary>Answers alerts, reviews accounts, holds messages.</summary>
    Manager = 2,

    /// <summary>Replays dead letters and manages write keys and API tokens.</summary>
    Admin = 3,
}

public static class DashboardRoles
{
    /// <summary>What is expected of a role that somebody types.</summary>
    public const string Expected = "reader, manager or admin";

    /// <summary>The role's name in forms, rows, logs and on the command line.</summary>
    public static string Word(this DashboardRole role) =>
        role switch
        {
            DashboardRole.Reader => "reader",
            DashboardRole.Manager => "manager",
            DashboardRole.Admin => "admin",
            _ => "none",
        };

    /// <summary>The role of that name, or null.</summary>
    public static DashboardRole? Of(string name) =>
        name switch
        {
            "reader" => DashboardRole.Reader,
            "manager" => DashboardRole.Manager,
            "admin" => DashboardRole.Admin,
            _ => null,
        };
}
