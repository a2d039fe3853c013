using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Signals.Core.Model;
using Signals.Core.Processing.Webhooks;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Webhooks;
using Signals.Web.Alerts;

namespace Signals.Web.OutgoingWebhooks;

/// <summary>
/// Posts events as the Standard Webhooks specification has it: <c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature</c>,
/// which is an HMAC-SHA-256 over both and the body by each secret of the endpoint. Nobody is told what is tried out in a sandbox.
/// </summary>
public sealed class SignedWebhookPost(
    WebhookClient client,
    WebhookSecrets secrets,
    PublicAddress address,
    SandboxRecipient sandbox,
    TimeProvider clock
) : IWebhookPost
{
    public async Task<SendOutcome> PostAsync(WebhookEndpoint endpoint, string id, WebhookEvent told, CancellationToken cancellationToken)
    {
        if (sandbox.IsOn)
            return new SendOutcome(SendStatus.Accepted, "kept back: everything goes to one address");
        byte[] body = WebhookBody.Write(endpoint.Format, id, told, address.Url);
        string at = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{at}."), .. body];
        var signatures = secrets.Of(endpoint).Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed))).ToList();
        if (signatures.Count == 0)
            return new SendOutcome(SendStatus.Refused, $"no secret is set for '{endpoint.Id}'");
        return await client.PostAsync(
            endpoint.Url,
            body,
            WebhookBody.ContentTypeOf(endpoint.Format),
            [("webhook-id", id), ("webhook-timestamp", at), ("webhook-signature", string.Join(' ', signatures))],
            cancellationToken
        );
    }
}
