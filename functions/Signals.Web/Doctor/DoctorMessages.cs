using System.Net;
using System.Security.Cryptography;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Mail;
using Signals.Web.Alerts;

namespace Signals.Web.Doctor;

/// <summary>
/// Test messages, sent because somebody asked for them: a mail to one address, and a line to each chat webhook. They go the way that mails
/// and alerts go, also in dry-run, and are no outreach: nothing is counted or kept of them.
/// </summary>
public sealed class DoctorMessages(ValueModel model, IEmailSender sender, WebhookClient webhooks, TimeProvider clock)
{
    public async Task<DoctorFinding> MailAsync(string to, string locale, CancellationToken cancellationToken)
    {
        var subject = Phrase.Of("Test mail");
        var text = Phrase.Of(
            $"This is a test mail of Signals for {Phrase.Same(model.Product)}. It was asked for by somebody of your team; "
                + $"customers get none. Look at its header: dkim=pass and spf=pass say that mailbox providers believe it."
        );
        string title = Phrase.Of($"Signals for {Phrase.Same(model.Product)}: a test mail").In(locale),
            body = text.In(locale);
        var message = new EmailMessage(
            "doctor-" + RandomNumberGenerator.GetHexString(16, lowercase: true),
            new EmailAddress(model.Outreach.From.Email, model.Outreach.From.Name?.In(locale)),
            new EmailAddress(to),
            ReplyTo: null,
            title,
            body + "\n",
            $"""
            <!doctype html>
            <html lang="{locale}">
            <head><meta charset="utf-8"><title>{WebUtility.HtmlEncode(title)}</title></head>
            <body><main><h1>{WebUtility.HtmlEncode(title)}</h1><p>{WebUtility.HtmlEncode(body)}</p></main></body>
            </html>
            """,
            clock.GetUtcNow(),
            new Dictionary<string, string>(StringComparer.Ordinal),
            "doctor"
        );
        return Of(subject, Phrase.Same(to), await sender.SendAsync(message, cancellationToken));
    }

    /// <summary>A line to each chat webhook of the model; nothing where there is none.</summary>
    public async Task<IReadOnlyList<DoctorFinding>> ChatAsync(string locale, CancellationToken cancellationToken)
    {
        var findings = new List<DoctorFinding>();
        var message = new ChatMessage(
            Phrase.Of($"Signals for {Phrase.Same(model.Product)}: a test message").In(locale),
            [Phrase.Of("Alerts will come here. Nothing needs to be done.").In(locale)],
            [],
            "",
            "",
            []
        );
        foreach (var webhook in model.Alerts.Webhooks)
        {
            byte[] body = webhook.Kind == AlertWebhook.Teams ? TeamsMessage.Write(message) : SlackMessage.Write(message);
            findings.Add(
                Of(Phrase.Of("Test message"), Phrase.Same(webhook.Label), await webhooks.PostAsync(webhook.Url, body, cancellationToken))
            );
        }
        if (findings.Count == 0)
            findings.Add(
                DoctorFinding.Hint(Phrase.Of("Test message"), Phrase.Of("alerts.webhooks names no chat: there is nothing to try."))
            );
        return findings;
    }

    private static DoctorFinding Of(Phrase subject, Phrase to, SendOutcome outcome) =>
        outcome.Status switch
        {
            SendStatus.Accepted => DoctorFinding.Good(subject, Phrase.Of($"Accepted for {to}: look whether it arrived.")),
            SendStatus.Unknown => DoctorFinding.Hint(
                subject,
                Phrase.Of($"Sent to {to}, and no answer came: {Phrase.Same(outcome.Detail ?? "")}.")
            ),
            _ => DoctorFinding.Wrong(subject, Phrase.Of($"Not taken for {to}: {Phrase.Same(outcome.Detail ?? "")}.")),
        };
}
