namespace Signals.Core.Response.Outreach;

/// <summary>The ways to a customer that are no mail.</summary>
public static class CustomerChannels
{
    /// <summary>A card inside the product.</summary>
    public const string InApp = "in-app";
}
