using Signals.Core.Model;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Links;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;

namespace Signals.Core.Response.Mail;

/// <summary>Turns an outreach record into the mail that leaves, and into what a preview shows.</summary>
public sealed class MailComposer(
    IMessageRenderer renderer,
    UnsubscribeTokens tokens,
    AddressTokens addresses,
    ValueModel model,
    PublicAddress address
)
{
    /// <summary>Days after the last moment of sending in which a link to confirm an address holds.</summary>
    private const int ConfirmDays = 7;

    /// <summary>In the place of a signed token in previews: a link that leads to the page for broken links.</summary>
    private const string UnsignedToken = "preview";

    /// <param name="record">The outreach.</param>
    /// <param name="recipient">The recipient's key, which the unsubscribe link carries.</param>
    public RenderedMessage Render(OutreachRecord record, string recipient) =>
        RenderWith(
            record,
            record.Kind == OutreachKind.Message ? UnsubscribeUrl(record, recipient) : "",
            record.Cause == OutreachTemplates.ConfirmAddress ? ConfirmUrl(record) : null
        );

    /// <summary>
    /// The message as it would leave now, but for the unsubscribe link: who reads a preview must not be able to use that.
    /// </summary>
    public RenderedMessage Preview(OutreachRecord record) =>
        RenderWith(
            record,
            record.Kind == OutreachKind.Message ? $"{address.Url}/u/{UnsignedToken}" : "",
            record.Cause == OutreachTemplates.ConfirmAddress ? $"{address.Url}/address/{UnsignedToken}" : null
        );

    public EmailMessage Mail(OutreachRecord record, RenderedMessage message, string recipient, DateTimeOffset date)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (record.Kind == OutreachKind.Message)
        {
            string link = $"<{UnsubscribeUrl(record, recipient)}>";
            // Some mailboxes know the older way alone (RFC 2369).
            headers["List-Unsubscribe"] = model.Outreach.UnsubscribeTo is { } inbox
                ? $"{link}, <mailto:{inbox}?subject=unsubscribe>"
                : link;
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }
        var settings = model.Outreach;
        bool isForCustomer = record.Kind == OutreachKind.Message;
        return new EmailMessage(
            record.Id,
            new EmailAddress(isForCustomer ? settings.From.Email : model.TeamSender.Email, SenderName(record)),
            new EmailAddress(
                Mailbox.Parse(record.To)?.Address ?? record.To,
                record.Variables.PersonName is { Length: > 0 } name ? name : null
            ),
            isForCustomer && settings.ReplyTo is { } replyTo ? new EmailAddress(replyTo) : null,
            message.Subject,
            message.Text,
            message.Html,
            date,
            headers,
            record.Cause
        );
    }

    private RenderedMessage RenderWith(OutreachRecord record, string unsubscribeUrl, string? confirmUrl) =>
        renderer.Render(
            record.Template,
            record.Locale,
            record.Variables with
            {
                SenderName = SenderName(record),
                PostalAddress = model.Outreach.PostalAddress ?? "",
                UnsubscribeUrl = unsubscribeUrl,
                ActionUrl = confirmUrl ?? record.Variables.ActionUrl,
                AccountUrl = record.Kind == OutreachKind.Alert ? AccountUrl(record.AccountId) : "",
                DashboardUrl = record.Kind is OutreachKind.Digest or OutreachKind.Report ? address.Url + "/" : "",
                Digest = record.Variables.Digest is { } digest
                    ? digest with
                    {
                        Worse = Linked(digest.Worse),
                        Open = Linked(digest.Open),
                        Recovered = Linked(digest.Recovered),
                    }
                    : null,
            }
        );

    private string SenderName(OutreachRecord record) =>
        (record.Kind == OutreachKind.Message ? model.Outreach.From : model.TeamSender).Name?.In(
            MessageLanguages.For(record.Locale, model.Locales)
        )
        ?? model.Product;

    private List<MessageDigestAccount> Linked(IReadOnlyList<MessageDigestAccount> accounts) =>
        [.. accounts.Select(account => account with { Url = AccountUrl(account.Id) })];

    /// <summary>An account's page on the dashboard.</summary>
    public string AccountUrl(string accountId) => $"{address.Url}/accounts/{Uri.EscapeDataString(accountId)}";

    /// <summary>The link that confirms a new address; the same however often the mail is made.</summary>
    private string ConfirmUrl(OutreachRecord record) =>
        $"{address.Url}/address/{addresses.Sign(new AddressToken(record.Id, record.Detail!, record.ExpiresAt.AddDays(ConfirmDays)))}";

    /// <summary>The link's page speaks the mail's language, whatever the browser asks for.</summary>
    private string UnsubscribeUrl(OutreachRecord record, string recipient) =>
        $"{address.Url}/u/{tokens.Sign(new UnsubscribeToken(recipient, OutreachTopics.Of(record), record.Id))}"
        + $"?lang={MessageLanguages.For(record.Locale, model.Locales)}";
}

/// <summary>
/// Where customers and managers reach this app: the model's <c>publicUrl</c>, else the host's own address. No trailing slash.
/// </summary>
public sealed class PublicAddress(string url)
{
    public string Url { get; set; } = url.TrimEnd('/');
}
