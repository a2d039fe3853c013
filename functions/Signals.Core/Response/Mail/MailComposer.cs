using Signals.Core.Model;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
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
    AlertTokens alerts,
    SurveyTokens surveys,
    ValueModel model,
    PublicAddress address
)
{
    /// <summary>Days after the last moment of sending in which a link to confirm an address holds.</summary>
    private const int ConfirmDays = 7;

    /// <summary>Days after the last moment of sending in which a link answers an alert.</summary>
    private const int AnswerDays = 14;

    /// <summary>Days after the last moment of sending in which a link answers a survey.</summary>
    private const int SurveyDays = 30;

    /// <summary>In the place of a signed token in previews: a link that leads to the page for broken links.</summary>
    private const string UnsignedToken = "preview";

    /// <param name="record">The outreach.</param>
    /// <param name="recipient">The recipient's key, which the unsubscribe link carries.</param>
    public RenderedMessage Render(OutreachRecord record, string recipient) =>
        RenderWith(
            record,
            record.Kind == OutreachKind.Message ? UnsubscribeUrl(record, recipient) : "",
            PageUrlOf(record, () => ConfirmUrl(record), () => SurveyUrl(record)),
            answer => AnswerUrl(record, answer)
        );

    /// <summary>
    /// The message as it would leave now, but for signed links: who reads a preview must not be able to use them.
    /// </summary>
    public RenderedMessage Preview(OutreachRecord record) =>
        RenderWith(
            record,
            record.Kind == OutreachKind.Message ? $"{address.Url}/u/{UnsignedToken}" : "",
            PageUrlOf(record, () => $"{address.Url}/address/{UnsignedToken}", () => $"{address.Url}/survey/{UnsignedToken}"),
            _ => $"{address.Url}/answer/{UnsignedToken}"
        );

    /// <summary>
    /// What others than the recipient may read of a message: as it left or would leave, and without links by which they could act in the
    /// recipient's name.
    /// </summary>
    public RenderedMessage ForReaders(OutreachRecord record) =>
        record.Message is not { } message
        || OutreachTemplates.HasNoCause(record.Cause)
        || record.Kind is OutreachKind.Alert or OutreachKind.Digest
            ? Preview(record)
            : message;

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
        else
        {
            // No holiday notice answers it (RFC 3834), and all that is said of an account stands in one thread (RFC 5322, 3.6.4).
            headers["Auto-Submitted"] = "auto-generated";
            string thread = ThreadOf(record);
            headers["References"] = thread;
            headers["In-Reply-To"] = thread;
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
            (isForCustomer ? settings.ReplyTo : TeamReplyTo(record.To)) is { } replyTo ? new EmailAddress(replyTo) : null,
            message.Subject,
            message.Text,
            message.Html,
            date,
            headers,
            record.Cause
        );
    }

    private RenderedMessage RenderWith(
        OutreachRecord record,
        string unsubscribeUrl,
        string? pageUrl,
        Func<(string AlertId, AlertLinkAnswer Answer), string> answerUrl
    ) =>
        renderer.Render(
            record.Template,
            record.Locale,
            record.Variables with
            {
                SenderName = SenderName(record),
                PostalAddress = model.Outreach.PostalAddress ?? "",
                UnsubscribeUrl = unsubscribeUrl,
                ActionUrl = pageUrl ?? record.Variables.ActionUrl,
                Survey = record.Variables.Survey is { } survey
                    ? survey with
                    {
                        Answers = [.. survey.Scores().Select(score => new MessageSurveyAnswer(score, $"{pageUrl}?score={score}"))],
                    }
                    : null,
                AccountUrl = record.Kind == OutreachKind.Alert ? AccountUrl(record.AccountId) : "",
                DashboardUrl = record.Kind is OutreachKind.Digest or OutreachKind.Report ? address.Url + "/" : "",
                Alert = record.Variables.Alert is { } alert ? alert with { Links = LinksOf(record.AlertId, answerUrl) } : null,
                Digest = record.Variables.Digest is { } digest
                    ? digest with
                    {
                        Alerts = Linked(digest.Alerts, answerUrl),
                        Unanswered = Linked(digest.Unanswered, answerUrl),
                        Worse = Linked(digest.Worse, answerUrl),
                        Open = Linked(digest.Open, answerUrl),
                        Recovered = Linked(digest.Recovered, answerUrl),
                        Steps = Linked(digest.Steps, answerUrl),
                    }
                    : null,
            }
        );

    /// <summary>
    /// What mails of an account refer to as the one they answer, though no mail has that id: a series of digests or reports has one, too.
    /// </summary>
    private string ThreadOf(OutreachRecord record)
    {
        string domain = MailHeader.Domain(model.TeamSender.Email);
        return $"<signals.{MessageHash.Of(record.Account):x16}@{domain}>";
    }

    /// <summary>Where the team's answers go: to a colleague who reads them, not to whom was written to.</summary>
    private string? TeamReplyTo(string to) =>
        model.Alerts.ReplyTo
        ?? (
            model.Alerts.To.Count > 0 && !string.Equals(model.Alerts.To[0], to, StringComparison.OrdinalIgnoreCase)
                ? model.Alerts.To[0]
                : null
        );

    private string SenderName(OutreachRecord record) =>
        (record.Kind == OutreachKind.Message ? model.Outreach.From : model.TeamSender).Name?.In(
            MessageLanguages.For(record.Locale, model.Locales)
        )
        ?? model.Product;

    private List<MessageDigestAccount> Linked(
        IReadOnlyList<MessageDigestAccount> accounts,
        Func<(string AlertId, AlertLinkAnswer Answer), string> answerUrl
    ) => [.. accounts.Select(account => account with { Url = AccountUrl(account.Id), Links = LinksOf(account.AlertId, answerUrl) })];

    private static MessageAnswerLinks? LinksOf(string? alertId, Func<(string AlertId, AlertLinkAnswer Answer), string> answerUrl) =>
        string.IsNullOrEmpty(alertId)
            ? null
            : new MessageAnswerLinks(
                answerUrl((alertId, AlertLinkAnswer.Acknowledge)),
                answerUrl((alertId, AlertLinkAnswer.Snooze)),
                answerUrl((alertId, AlertLinkAnswer.Resolve))
            );

    /// <summary>The link that answers an alert in the recipient's name; the same however often the mail is made.</summary>
    private string AnswerUrl(OutreachRecord record, (string AlertId, AlertLinkAnswer Answer) answer)
    {
        var token = new AlertToken(answer.AlertId, answer.Answer, record.To, record.ExpiresAt.AddDays(AnswerDays));
        return $"{address.Url}/answer/{alerts.Sign(token)}";
    }

    /// <summary>The links that answer what an outreach tells of; null for what is no single alert.</summary>
    public MessageAnswerLinks? AnswerLinks(OutreachRecord record) =>
        record.Kind == OutreachKind.Alert ? LinksOf(record.AlertId, answer => AnswerUrl(record, answer)) : null;

    /// <summary>The page that what is told stands on: the account's, or the dashboard.</summary>
    public string PageUrl(OutreachRecord record) => record.Kind == OutreachKind.Alert ? AccountUrl(record.AccountId) : address.Url + "/";

    /// <summary>An account's page on the dashboard.</summary>
    public string AccountUrl(string accountId) => $"{address.Url}/accounts/{Uri.EscapeDataString(accountId)}";

    /// <summary>The link that confirms a new address; the same however often the mail is made.</summary>
    private string ConfirmUrl(OutreachRecord record) =>
        $"{address.Url}/address/{addresses.Sign(new AddressToken(record.Id, record.Detail!, record.ExpiresAt.AddDays(ConfirmDays)))}";

    /// <summary>The link that answers a survey, an answer of which may follow; the same however often the mail is made.</summary>
    private string SurveyUrl(OutreachRecord record) =>
        $"{address.Url}/survey/{surveys.Sign(new SurveyToken(record.Id, record.ExpiresAt.AddDays(SurveyDays)))}";

    /// <summary>The page that a question leads to; null for what has a cause, which leads where the model says.</summary>
    private static string? PageUrlOf(OutreachRecord record, Func<string> confirm, Func<string> answer) =>
        record.Cause switch
        {
            OutreachTemplates.ConfirmAddress => confirm(),
            OutreachTemplates.Survey => answer(),
            _ => null,
        };

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
