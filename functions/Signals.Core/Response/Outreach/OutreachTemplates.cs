namespace Signals.Core.Response.Outreach;

/// <summary>Templates that no playbook names.</summary>
public static class OutreachTemplates
{
    /// <summary>Stands in for any other while something is broken.</summary>
    public const string Apology = "incident";
}
