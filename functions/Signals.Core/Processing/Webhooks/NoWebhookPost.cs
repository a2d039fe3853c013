using Signals.Core.Model;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Webhooks;

namespace Signals.Core.Processing.Webhooks;

/// <summary>Of a host that reaches nobody: what is to be told waits for one that does.</summary>
internal sealed class NoWebhookPost : IWebhookPost
{
    public Task<SendOutcome> PostAsync(WebhookEndpoint endpoint, string id, WebhookEvent told, CancellationToken cancellationToken) =>
        Task.FromResult(new SendOutcome(SendStatus.Transient, "this host tells nobody"));
}
