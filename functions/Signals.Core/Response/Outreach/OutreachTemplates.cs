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

    /// <summary>Asks a customer a question of the model's surveys, whose id is its detail. The same is its cause and topic too.</summary>
    public const string Survey = "survey";

    /// <summary>True for what no cause is behind.</summary>
    public static bool HasNoCause(string cause) => cause is ConfirmAddress or Survey;
}
