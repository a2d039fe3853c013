using Signals.Core.Daily.CustomerVoice;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>Opens a closed request again, or takes one out that was put together with another.</summary>
internal sealed class ReopenRequestForm(RequestBook book, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        string key = request.Route("key");
        var decisions = await book.ReadDecisionsAsync(request.Cancellation);
        if (decisions.GetValueOrDefault(key)?.MergedInto is { } whole)
        {
            await book.UndecideAsync(key, request.Cancellation);
            await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), request.Who, "request.split", key, whole), request.Cancellation);
            return new FormAnswer(RequestsPage.Address(key), request.Reader.Say("It stands for itself again."));
        }
        await RequestFinder.GetAsync(book, key, request.Cancellation);
        await book.UndecideAsync(key, request.Cancellation);
        await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), request.Who, "request.reopened", key), request.Cancellation);
        return new FormAnswer(RequestsPage.Address(key), request.Reader.Say("It is open again."));
    }
}
