using Signals.Core.Platform.Addresses;

namespace Signals.Core.Response.Mail;

/// <summary>
/// "Send all to me": while an address is set, every mail goes there instead, and so does what would go to a chat, so that nobody else
/// hears anything of what is tried out.
/// </summary>
public sealed class SandboxRecipient
{
    /// <summary>The header that says for whom a mail was.</summary>
    public const string Header = "X-Original-To";

    /// <summary>What a setting holds, for whoever set another thing.</summary>
    public const string Expected = "one mail address (me@company.example)";

    private SandboxRecipient(Mailbox? mailbox) => Address = mailbox?.Address;

    public static SandboxRecipient None { get; } = new(null);

    /// <summary>Where everything goes; null where everybody gets their own.</summary>
    public string? Address { get; }

    public bool IsOn => Address is not null;

    /// <summary>None for no text; null for one that is not one address to which mail can be sent.</summary>
    public static SandboxRecipient? Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? None
        : Mailbox.Parse(text) is { IsPlain: true } mailbox ? new SandboxRecipient(mailbox)
        : null;

    /// <summary>
    /// The mail as it leaves: to the one address, for whom it was in its subject and a header. One-click unsubscribing goes: the mailbox it
    /// arrives in would unsubscribe the customer.
    /// </summary>
    public EmailMessage Instead(EmailMessage message)
    {
        if (Address is null)
            return message;
        var headers = message
            .Headers.Where(header => !header.Key.StartsWith("List-Unsubscribe", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        headers[Header] = message.To.Address;
        return message with { To = new EmailAddress(Address), Subject = $"[{message.To.Address}] {message.Subject}", Headers = headers };
    }

    /// <summary>What came of it, as it may be noted at whom the mail was for: that the one is dead says nothing of theirs.</summary>
    public SendOutcome Instead(SendOutcome outcome) =>
        IsOn && outcome.Status == SendStatus.NoSuchRecipient ? outcome with { Status = SendStatus.Refused } : outcome;
}
