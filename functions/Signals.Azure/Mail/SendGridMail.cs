using SendGrid.Helpers.Mail;
using Signals.Core.Response.Delivery;
using Signals.Core.Response.Mail;
using MailAddress = Signals.Core.Response.Mail.EmailAddress;
using SendGridAddress = SendGrid.Helpers.Mail.EmailAddress;

namespace Signals.Azure.Mail;

/// <summary>Writes a mail as SendGrid's v3 API takes it.</summary>
internal static class SendGridMail
{
    private const int MaxCategoryChars = 255;

    /// <summary>
    /// Nothing in the mail is changed on its way: no link is rewritten to be counted, no picture is added, no second way to unsubscribe is
    /// put in. The outreach id goes along, and every event that SendGrid reports brings it back.
    /// </summary>
    /// <exception cref="InvalidMailException">An address is none, or a header holds a line end.</exception>
    public static SendGridMessage Write(EmailMessage message, bool sandbox)
    {
        var mail = new SendGridMessage
        {
            From = Address(message.From),
            Subject = message.Subject,
            PlainTextContent = message.Text,
            HtmlContent = message.Html,
        };
        mail.AddTo(Address(message.To));
        if (message.ReplyTo is { } replyTo)
            mail.SetReplyTo(Address(replyTo));
        foreach (var (name, value) in message.Headers)
        {
            MailHeader.Check(name, value);
            mail.AddGlobalHeader(name, value);
        }
        mail.AddGlobalCustomArg(DeliveryReport.IdArgument, message.Id);
        if (message.Category.Length > 0)
            mail.AddCategory(message.Category[..Math.Min(message.Category.Length, MaxCategoryChars)]);
        mail.SetClickTracking(enable: false, enableText: false);
        mail.SetOpenTracking(enable: false);
        mail.SetSubscriptionTracking(enable: false);
        mail.SetSandBoxMode(sandbox);
        return mail;
    }

    private static SendGridAddress Address(MailAddress address) =>
        new(MailHeader.Ascii(address.Address), MailHeader.OneLine(address.Name ?? "") is { Length: > 0 } name ? name : null);
}
