namespace Signals.Core.State.People;

/// <summary>Who looks after an account: they speak for it, and decide what becomes of it.</summary>
public static class Administrators
{
    private static readonly string[] Roles =
    [
        "admin",
        "administrator",
        "superadmin",
        "owner",
        "administrateur",
        "administratrice",
        "propriétaire",
    ];

    private static readonly char[] Separators = [' ', '-', '_', '/', ',', ':', '.', '(', ')'];

    /// <summary>True for a person whose role says that they look after the account.</summary>
    public static bool Is(PersonState person) =>
        person.Profile[Traits.Role] is { } role
        && role.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries).Any(Roles.Contains);
}
