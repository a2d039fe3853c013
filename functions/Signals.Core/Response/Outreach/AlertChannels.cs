namespace Signals.Core.Response.Outreach;

/// <summary>The channels over which alerts go.</summary>
public static class AlertChannels
{
    public const string Email = "email";
    public const string Slack = "slack";
    public const string Teams = "teams";
}
