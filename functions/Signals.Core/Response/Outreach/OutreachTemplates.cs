namespace Signals.Core.Response.Outreach;

/// <summary>Templates that no playbook names.</summary>
public static class OutreachTemplates
{
    /// <summary>Stands in for any other while something is broken.</summary>
    public const string Apology = "incident";

    /// <summary>
    /// Asks somebody's old address whether a new one is theirs. What no cause is behind has this for its cause and topic too.
    /// </summary>
    public const string ConfirmAddress = "confirm-address";
}
