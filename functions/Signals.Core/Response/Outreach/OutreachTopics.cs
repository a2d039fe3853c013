namespace Signals.Core.Response.Outreach;

/// <summary>What a recipient can unsubscribe from.</summary>
public static class OutreachTopics
{
    /// <summary>The topic under which a CS manager could opt out of alerts.</summary>
    public const string Alerts = "alerts";

    /// <summary>What a recipient unsubscribes from with the outreach's own link.</summary>
    public static string Of(OutreachRecord record) => record.Kind == OutreachKind.Message ? record.Cause : Alerts;
}
