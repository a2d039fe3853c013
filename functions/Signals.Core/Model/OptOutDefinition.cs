using Signals.Core.Platform.Languages;

namespace Signals.Core.Model;

/// <summary>
/// How the product says that somebody wants no mail, beside the links in the mails: by traits, events and consent as teams already send
/// them.
/// </summary>
public sealed record OptOutDefinition
{
    /// <summary>
    /// Names and values as CRMs and mail services write them (HubSpot, Salesforce, Intercom, Customer.io, Braze, Shopify).
    /// </summary>
    public static readonly IReadOnlyList<OptOutTrait> UsualTraits =
    [
        OptOutTrait.When("unsubscribed", true),
        OptOutTrait.When("unsubscribedFromEmails", true),
        OptOutTrait.When("unsubscribedAt", true),
        OptOutTrait.When("emailOptOut", true),
        OptOutTrait.When("emailOptedOut", true),
        OptOutTrait.When("optedOut", true),
        OptOutTrait.When("optOut", true),
        OptOutTrait.When("optedOutOfEmail", true),
        OptOutTrait.When("hasOptedOutOfEmail", true),
        OptOutTrait.When("hs_email_optout", true),
        OptOutTrait.When("doNotEmail", true),
        OptOutTrait.When("emailOptIn", false),
        OptOutTrait.When("emailSubscribed", false),
        OptOutTrait.When("emailConsent", false),
        OptOutTrait.When("marketingConsent", false),
        OptOutTrait.When("marketingOptIn", false),
        OptOutTrait.When("emailMarketingConsent", false),
        OptOutTrait.When("acceptsMarketing", false),
        OptOutTrait.When("email_subscription_status", false),
        OptOutTrait.When("email_subscribe", false),
    ];

    public IReadOnlyList<OptOutTrait> Traits { get; init; } = UsualTraits;

    /// <summary>Compared as <see cref="PlainName"/>s, like the traits.</summary>
    public IReadOnlyList<string> Events { get; init; } =
    ["Unsubscribe", "Unsubscribed", "Email Unsubscribed", "Email Opted Out", "Email Marked as Spam"];

    /// <summary>Events that take back what <see cref="Events"/> said; never what the person said by a link of their own.</summary>
    public IReadOnlyList<string> Returned { get; init; } = ["Resubscribed", "Email Resubscribed", "Email Opted In"];

    /// <summary>Categories of <c>context.consent.categoryPreferences</c> without which there is no mail.</summary>
    public IReadOnlyList<string> Categories { get; init; } = ["marketing", "email", "email marketing"];

    /// <summary>Categories of consent without which nothing that a person does is kept; none by default.</summary>
    public IReadOnlyList<string> Unrecorded { get; init; } = [];

    /// <summary>Traits by which a person says that nothing of what they do is to be kept; none by default.</summary>
    public IReadOnlyList<OptOutTrait> UnrecordedTraits { get; init; } = [];

    /// <summary>True leaves the messages that customers are owed, notices, to who opted out in the product.</summary>
    public bool LeavesNotices { get; init; }

    /// <summary>True where an opt-out by the product stops a message; one about a cause may be a notice.</summary>
    public bool Stops(bool isNotice) => !(LeavesNotices && isNotice);
}

/// <summary>A person's trait, and which of its values say that they want no mail.</summary>
/// <param name="Name">Compared as a <see cref="PlainName"/>.</param>
/// <param name="Refused">
/// True: any value but one that denies it. False: a value that denies it. Null: only those of <paramref name="Values"/>.
/// </param>
/// <param name="Values">As plain names.</param>
public sealed record OptOutTrait(string Name, bool? Refused, IReadOnlyList<string> Values)
{
    private static readonly HashSet<string> Denials = new(StringComparer.Ordinal)
    {
        "false",
        "no",
        "n",
        "0",
        "off",
        "none",
        "never",
        "null",
        "undefined",
    };

    private static readonly HashSet<string> Refusals = new(StringComparer.Ordinal)
    {
        "unsubscribed",
        "unsubscribe",
        "optedout",
        "optout",
        "denied",
        "declined",
        "refused",
        "rejected",
        "revoked",
        "withdrawn",
        "notsubscribed",
        "donotemail",
        "cleaned",
        "complained",
    };

    private static readonly HashSet<string> Acceptances = new(StringComparer.Ordinal) { "subscribed", "optedin", "optin", "granted" };

    public static OptOutTrait When(string name, bool refused) => new(name, refused, []);

    /// <param name="value">As <c>Profile</c> keeps it; nothing refuses nothing.</param>
    public bool IsRefusal(string? value)
    {
        if (value is null)
            return false;
        string plain = PlainName.Of(value);
        return Refused switch
        {
            true => plain.Length > 0 && !Denials.Contains(plain) && !Acceptances.Contains(plain),
            false => Denials.Contains(plain) || Refusals.Contains(plain),
            null => Values.Contains(plain),
        };
    }
}
