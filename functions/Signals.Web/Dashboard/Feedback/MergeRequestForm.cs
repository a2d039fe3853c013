using Signals.Core.Daily.CustomerVoice;
using Signals.Core.State.Audit;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>Puts a request together with another that asks for the same.</summary>
internal sealed class MergeRequestForm(RequestBook book, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    private const int MaxKeyChars = 40;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        string key = request.Route("key"),
            into = request.Text(RequestPage.IntoField, MaxKeyChars);
        await RequestFinder.GetAsync(book, key, request.Cancellation);
        await RequestFinder.GetAsync(book, into, request.Cancellation);
        if (key == into)
            throw ApiRefusal.BadParameter(RequestPage.IntoField, into, "another request");
        var now = clock.GetUtcNow();
        await book.DecideAsync(new RequestDecision(key, into, null, request.Who, "", now), request.Cancellation);
        await audit.WriteAsync(new AuditEntry(now, request.Who, "request.merged", key, into), request.Cancellation);
        return new FormAnswer(RequestsPage.Address(into), request.Reader.Say("They are one request now."));
    }
}
