using Signals.Core.Daily.CustomerVoice;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>Closes a request with a note for those who asked.</summary>
internal sealed class CloseRequestForm(RequestBook book, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string key = request.Route("key"),
            note = request.Text(RequestPage.NoteField, RequestPage.MaxNoteChars).Trim(),
            back = RequestsPage.Address(key);
        await RequestFinder.GetAsync(book, key, request.Cancellation);
        if (note.Length == 0)
            return new FormAnswer(back, reader.Say("Nothing was closed: those who asked want to know what became of it."))
            {
                IsProblem = true,
            };
        var now = clock.GetUtcNow();
        await book.DecideAsync(new RequestDecision(key, null, now, request.Who, note, now), request.Cancellation);
        await audit.WriteAsync(new AuditEntry(now, request.Who, "request.closed", key), request.Cancellation);
        return new FormAnswer(back, reader.Say("It is closed. Tell those who asked."));
    }
}
