namespace Signals.Core.Response.Delivery;

/// <summary>What a mail provider tells of a mail after it took it.</summary>
/// <param name="OutreachId">
/// The outreach's id, which went along with the mail under <see cref="IdArgument"/>; null where the provider no longer knows which mail it
/// was, as with a bounce that comes hours later.
/// </param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When, by the provider's clock.</param>
/// <param name="Reason">The provider's words, or null.</param>
/// <param name="Email">The address it is about, where the provider tells.</param>
public sealed record DeliveryReport(string? OutreachId, DeliveryEvent Kind, DateTimeOffset At, string? Reason, string? Email = null)
{
    /// <summary>The name under which a mail carries its outreach id to the provider, and every report brings it back.</summary>
    public const string IdArgument = "signals_outreach";
}

/// <summary>Opens and clicks are not among them: they say nothing that Signals acts on.</summary>
public enum DeliveryEvent
{
    /// <summary>The provider has the mail.</summary>
    Accepted,

    /// <summary>The provider will not send it.</summary>
    Dropped,

    /// <summary>The provider will not send it, for it knows that there is no such recipient.</summary>
    DroppedAsBounced,

    /// <summary>The provider will not send it to who called an earlier one spam.</summary>
    DroppedAsSpamReported,

    /// <summary>The provider will not send it to who told it to send no more.</summary>
    DroppedAsUnsubscribed,

    /// <summary>The recipient's server took it.</summary>
    Delivered,

    /// <summary>The recipient's server turned this mail away; the next one may pass.</summary>
    Blocked,

    /// <summary>There is no such recipient.</summary>
    Bounced,

    /// <summary>The recipient called it spam.</summary>
    SpamReport,

    /// <summary>The recipient wants no mail at all.</summary>
    Unsubscribed,

    /// <summary>The recipient wants no mail on this one's topic.</summary>
    TopicUnsubscribed,
}
