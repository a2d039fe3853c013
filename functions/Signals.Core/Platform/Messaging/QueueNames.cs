namespace Signals.Core.Platform.Messaging;

/// <summary>The queues of the app.</summary>
public static class QueueNames
{
    /// <summary>Packed usage events, to be folded.</summary>
    public const string Usage = "usage";

    /// <summary>Accounts to review.</summary>
    public const string Reviews = "reviews";

    /// <summary>Planned outreach to send.</summary>
    public const string Outreach = "outreach";

    /// <summary>Accounts of which other systems are to be told something.</summary>
    public const string Webhooks = "webhooks";

    public static readonly IReadOnlyList<string> All = [Usage, Reviews, Outreach, Webhooks];
}
