using Signals.Core.Processing.DeadLetters;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Removes a dead letter for good.</summary>
internal sealed class DiscardForm(DeadLetterDesk desk, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        string queue = DeadLetterFields.QueueOf(request),
            id = DeadLetterFields.IdOf(request);
        var reader = request.Reader;
        string back = request.ReturnTo(PipelineAddresses.DeadLettersOf(queue));
        if (!await desk.DiscardAsync(queue, id, request.Cancellation))
            return new FormAnswer(back, reader.Say("It was replayed or discarded already.")) { IsProblem = true };
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), request.Who, "dead-letter.discarded", DeadLetterFields.Subject(queue, id)),
            request.Cancellation
        );
        return new FormAnswer(back, reader.Say("The message is gone for good."));
    }
}
