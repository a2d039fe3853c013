namespace Signals.Local.Demo.Cast;

/// <summary>What a person does at their company, and so in Nimbus.</summary>
public enum StoryRole
{
    /// <summary>Sets the product up, shares reports, lets automations run.</summary>
    Admin,

    /// <summary>Answers customers.</summary>
    Agent,

    /// <summary>Sends campaigns and publishes articles.</summary>
    Marketer,
}
