using Signals.Core.Model;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Webhooks;

namespace Signals.Core.Processing.Webhooks;

/// <summary>Posts an event to an endpoint, signed, once.</summary>
public interface IWebhookPost
{
    /// <param name="endpoint">Where to.</param>
    /// <param name="id">The same each time the event is posted, so that who gets it twice can tell.</param>
    /// <param name="told">The event.</param>
    /// <param name="cancellationToken">Stops the post; its outcome is then unknown.</param>
    Task<SendOutcome> PostAsync(WebhookEndpoint endpoint, string id, WebhookEvent told, CancellationToken cancellationToken);
}
