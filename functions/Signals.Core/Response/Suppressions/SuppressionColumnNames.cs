namespace Signals.Core.Response.Suppressions;

/// <summary>
/// What the columns of a list of opt-outs are called, by mail services and by people: of each kind the surest name first. Compared without
/// case, spaces and signs, so that <c>E-Mail Address</c>, <c>email_address</c> and <c>EmailAddress</c> are one.
/// </summary>
/// <remarks>
/// Sources: the exports of SendGrid (email, created), Mailchimp (Email Address, UNSUB_TIME, UNSUB_REASON, CLEAN_TIME), Postmark
/// (EmailAddress, SuppressionReason, CreatedAt), HubSpot (Email, Unsubscribed from all email, Opted out of email: ...), Customer.io
/// (email, unsubscribed).
/// </remarks>
internal static class SuppressionColumnNames
{
    public static readonly string[] Email =
    [
        "email",
        "emailaddress",
        "emailadress",
        "mail",
        "mailaddress",
        "courriel",
        "adresseemail",
        "adressemail",
        "adressecourriel",
        "adresseélectronique",
        "adresseelectronique",
        "emailadresse",
        "mailadresse",
        "correo",
        "correoelectrónico",
        "correoelectronico",
        "direccióndecorreo",
        "direccióndecorreoelectrónico",
        "indirizzoemail",
        "postaelettronica",
        "emailadres",
        "endereçodeemail",
        "enderecodeemail",
        "epost",
        "epostadress",
        "epostadresse",
        "adresemail",
        "электроннаяпочта",
        "メールアドレス",
        "邮箱",
        "useremail",
        "customeremail",
        "contactemail",
        "subscriberemail",
        "recipientemail",
        "emailrecipient",
        "to",
        "subscriber",
        "address",
        "adresse",
    ];

    public static readonly string[] Recipient = ["recipient"];

    public static readonly string[] Created =
    [
        "unsubscribedat",
        "unsubscribedate",
        "unsubscribeddate",
        "unsubscribetime",
        "unsubscribedon",
        "unsubtime",
        "optoutdate",
        "optouttime",
        "optedoutat",
        "optedouton",
        "optedoutdate",
        "suppressedat",
        "cleantime",
        "bouncedat",
        "désinscritle",
        "datededésinscription",
        "datededesinscription",
        "datededésabonnement",
        "abgemeldetam",
        "abmeldedatum",
        "fechadebaja",
        "datadisiscrizione",
        "created",
        "createdat",
        "createdon",
        "addedat",
        "dateadded",
        "date",
        "datum",
        "fecha",
        "data",
        "timestamp",
        "time",
        "since",
    ];

    public static readonly string[] Reason =
    [
        "reason",
        "suppressionreason",
        "unsubreason",
        "unsubscribereason",
        "optoutreason",
        "bouncereason",
        "bouncetype",
        "source",
        "origin",
        "type",
        "raison",
        "motif",
        "grund",
        "motivo",
        "razón",
    ];

    public static readonly string[] Topic = ["topic", "group", "cause"];

    public static readonly string[] Status = ["status", "state", "statut", "estado", "emailsubscriptionstatus", "subscriptionstatus"];

    /// <summary>Yes says that somebody wants no mail.</summary>
    public static readonly string[] OptedOut =
    [
        "unsubscribed",
        "isunsubscribed",
        "optedout",
        "optout",
        "emailoptout",
        "emailoptedout",
        "hasoptedoutofemail",
        "hsemailoptout",
        "unsubscribedfromallemail",
        "optedoutofallemail",
        "unsubscribedfromemails",
        "donotemail",
        "suppressed",
        "désinscrit",
        "désabonné",
        "abgemeldet",
        "baja",
    ];

    /// <summary>Yes says that somebody wants mail.</summary>
    public static readonly string[] OptedIn =
    [
        "subscribed",
        "issubscribed",
        "emailsubscribed",
        "optin",
        "optedin",
        "emailoptin",
        "consent",
        "marketingconsent",
        "emailconsent",
        "emailmarketingconsent",
        "acceptsmarketing",
        "acceptsemailmarketing",
        "abonné",
        "angemeldet",
    ];
}
