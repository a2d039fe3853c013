using Signals.Core.Processing.Webhooks;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Has what a webhook did not take told again: one thing, or all that is listed.</summary>
internal sealed class TellAgainForm(WebhookStanding standing, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    private const int MaxIdChars = 1500;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        string id = request.Text(WebhooksPage.IdField, MaxIdChars);
        var asked = (await standing.GivenUpAsync(WebhooksPage.Shown, request.Cancellation))
            .Where(one => id == WebhooksPage.All || one.Id == id)
            .ToList();
        foreach (var one in asked)
        {
            await standing.TellAgainAsync(one, request.Cancellation);
            await audit.WriteAsync(
                new AuditEntry(clock.GetUtcNow(), request.Who, "webhook.told-again", one.Endpoint, one.Type),
                request.Cancellation
            );
        }
        return new FormAnswer(
            PipelineAddresses.Webhooks,
            request.Reader.Count(asked.Count, "{0} event is told again.", "{0} events are told again.")
        );
    }
}
