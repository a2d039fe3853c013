using Signals.Core.Processing.DeadLetters;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Gives a dead letter back to its queue.</summary>
internal sealed class ReplayForm(DeadLetterDesk desk, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        string queue = DeadLetterFields.QueueOf(request),
            id = DeadLetterFields.IdOf(request);
        var reader = request.Reader;
        string back = request.ReturnTo(PipelineAddresses.DeadLettersOf(queue));
        switch (await desk.ReplayAsync(queue, id, request.Cancellation))
        {
            case ReplayResult.Replayed:
                await audit.WriteAsync(
                    new AuditEntry(clock.GetUtcNow(), request.Who, "dead-letter.replayed", DeadLetterFields.Subject(queue, id)),
                    request.Cancellation
                );
                return new FormAnswer(back, reader.Say("The message is back in its queue."));
            case ReplayResult.TooOld:
                return new FormAnswer(back, reader.Say("It is too old: some of its events might count twice.")) { IsProblem = true };
            default:
                return new FormAnswer(back, reader.Say("It was replayed or discarded already.")) { IsProblem = true };
        }
    }
}
