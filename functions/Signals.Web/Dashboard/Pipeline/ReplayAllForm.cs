using Signals.Core.Processing.DeadLetters;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Gives all dead letters of a queue back to it, those that are not too old.</summary>
internal sealed class ReplayAllForm(DeadLetterDesk desk, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        string queue = DeadLetterFields.QueueOf(request);
        var reader = request.Reader;
        string back = request.ReturnTo(PipelineAddresses.DeadLettersOf(queue));
        int replayed = await desk.ReplayAllAsync(queue, request.Cancellation);
        if (replayed == 0)
            return new FormAnswer(back, reader.Say("There was nothing to replay.")) { IsProblem = true };
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), request.Who, "dead-letter.replayed", queue, $"{replayed} messages"),
            request.Cancellation
        );
        string messages = reader.Count(replayed, "{0} message is back in the queue.", "{0} messages are back in the queue.");
        return new FormAnswer(back, messages);
    }
}
