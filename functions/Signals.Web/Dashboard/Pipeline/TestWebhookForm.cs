using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Signals.Core.Model;
using Signals.Core.Processing.Webhooks;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Audit;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Posts a test event to a webhook, at once, and says what became of it.</summary>
internal sealed class TestWebhookForm(IWebhookPost post, WebhookStanding standing, ValueModel model, AuditLog audit, TimeProvider clock)
    : IDashboardForm
{
    private const int MaxIdChars = 64;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        string id = request.Text(WebhooksPage.EndpointField, MaxIdChars);
        var endpoint =
            model.Webhooks.FirstOrDefault(known => known.Id == id)
            ?? throw ApiRefusal.BadParameter(WebhooksPage.EndpointField, id, string.Join(", ", model.Webhooks));
        var now = clock.GetUtcNow();
        var told = new WebhookEvent(WebhookEvents.Test, now, "", new JsonObject { ["by"] = request.Who });
        var outcome = await post.PostAsync(
            endpoint,
            "msg_test_" + RandomNumberGenerator.GetHexString(16, lowercase: true),
            told,
            request.Cancellation
        );
        await standing.NoteAsync(endpoint, outcome, request.Cancellation);
        await audit.WriteAsync(new AuditEntry(now, request.Who, "webhook.tested", endpoint.Id), request.Cancellation);
        return outcome.Status == SendStatus.Accepted
            ? new FormAnswer(PipelineAddresses.Webhooks, request.Reader.Say($"{endpoint.Id} took it."))
            : new FormAnswer(PipelineAddresses.Webhooks, request.Reader.Say($"{endpoint.Id} did not take it: {outcome.Detail ?? ""}"))
            {
                IsProblem = true,
            };
    }
}
