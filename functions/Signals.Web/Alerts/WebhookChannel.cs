using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;

namespace Signals.Web.Alerts;

/// <summary>Carries alerts to the chat webhooks of one kind that the model names.</summary>
internal sealed class WebhookChannel(
    string kind,
    Func<ChatMessage, byte[]> write,
    WebhookClient client,
    MailComposer composer,
    ValueModel model
) : IAlertChannel
{
    public string Kind => kind;

    /// <summary>No chat takes an idempotency key: what was posted twice is there twice.</summary>
    public bool IsIdempotent => false;

    public async Task<SendOutcome> SendAsync(OutreachRecord record, RenderedMessage message, CancellationToken cancellationToken) =>
        model.Alerts.Webhooks.FirstOrDefault(known => known.Kind == kind && known.Label == record.To) is { } webhook
            ? await client.PostAsync(
                webhook.Url,
                write(ChatMessage.Of(record, message.Subject, composer.PageUrl(record))),
                cancellationToken
            )
            : new SendOutcome(SendStatus.Refused, "the webhook is no longer in the model");
}
