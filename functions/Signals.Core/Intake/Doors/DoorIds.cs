using Signals.Core.Platform.Addresses;

namespace Signals.Core.Intake.Doors;

/// <summary>
/// Under which anonymous ids people and customers are known whom another service tells of, until the product says who they are: a mail
/// address (<c>mailto:ann@acme.example</c>), or the service's own id of a customer (<c>door:stripe:cus_1</c>).
/// </summary>
public static class DoorIds
{
    private const string MailPrefix = "mailto:";
    private const string DoorPrefix = "door:";

    public static string OfMail(Mailbox mailbox) => MailPrefix + mailbox.Identity;

    /// <param name="door">The door.</param>
    /// <param name="link">The service's id; null for whoever it is whose account alone is known.</param>
    public static string Of(string door, string? link) => link is null ? DoorPrefix + door : $"{DoorPrefix}{door}:{link}";

    /// <summary>True for an id that doors give out: no browser says whose it is.</summary>
    public static bool Is(string anonymousId) =>
        anonymousId.StartsWith(DoorPrefix, StringComparison.Ordinal) || anonymousId.StartsWith(MailPrefix, StringComparison.Ordinal);

    /// <summary>The address that an anonymous id is; null for others.</summary>
    public static Mailbox? MailboxOf(string? anonymousId) =>
        anonymousId?.StartsWith(MailPrefix, StringComparison.Ordinal) == true ? Mailbox.Parse(anonymousId[MailPrefix.Length..]) : null;
}
