namespace Signals.Core.Response.Mail;

/// <summary>Hands one finished mail to a provider, once. It never retries: the caller decides by the outcome.</summary>
public interface IEmailSender
{
    /// <summary>
    /// True when sending the same <see cref="EmailMessage.Id"/> again cannot reach the recipient twice (a file named by the id, say),
    /// so that an unknown outcome may be tried again.
    /// </summary>
    bool IsIdempotent { get; }

    Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken cancellationToken);
}

/// <summary>
/// A mail as it leaves. <paramref name="Id"/> is the outreach id. Both bodies are complete; headers hold List-Unsubscribe and the like.
/// </summary>
public sealed record EmailMessage(
    string Id,
    EmailAddress From,
    EmailAddress To,
    EmailAddress? ReplyTo,
    string Subject,
    string Text,
    string Html,
    DateTimeOffset Date,
    IReadOnlyDictionary<string, string> Headers,
    string Category
);

public sealed record EmailAddress(string Address, string? Name = null);

/// <summary>What the provider said, told apart by what may be done next.</summary>
public sealed record SendOutcome(SendStatus Status, string? Detail = null, string? ProviderId = null, TimeSpan? RetryAfter = null);

public enum SendStatus
{
    /// <summary>The provider took responsibility.</summary>
    Accepted,

    /// <summary>It surely was not sent, and may succeed later (throttled, refused connection).</summary>
    Transient,

    /// <summary>It surely was not sent and never will be (bad address, refused content).</summary>
    Refused,

    /// <summary>It surely was not sent, for there is no such recipient: nobody may be written to at this address again.</summary>
    NoSuchRecipient,

    /// <summary>The request left and no answer came: it may or may not have been sent. Never resent to a customer.</summary>
    Unknown,
}
