using Signals.Core.Model;
using Signals.Core.State.Audit;
using Signals.Core.State.Work;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Undo;

namespace Signals.Web.Dashboard.Work;

/// <summary>Writes down a next step with a day; a colleague whom it is for is told by mail.</summary>
internal sealed class StepForm(
    AccountFinder finder,
    WorkBook work,
    UndoBook undos,
    AuditLog audit,
    WorkLetters letters,
    ValueModel model,
    TimeProvider clock
) : WorkForm(finder, work, undos, audit, model, clock)
{
    protected override async Task<FormAnswer> PostAsync(FormRequest request, AccountOfWork account)
    {
        var reader = request.Reader;
        string text = WorkFields.LineOf(request);
        if (text.Length == 0)
            return Problem(request, account, reader.Say("Nothing was written down: say what is to be done."));
        var due = WorkFields.DayOf(request);
        var owner = WorkFields.ColleagueOf(request);
        var by = WorkFields.WriterOf(request);
        var step = new WorkStep(NewId(), text, due, owner?.Address ?? "", by.Who, Now);
        return await ChangeAsync(
            request,
            account,
            new WorkChange(
                "step.added",
                known =>
                    known.Steps.Count(one => one.DoneAt is null) < AccountWork.MaxSteps
                        ? known with
                        {
                            Steps = [.. known.Steps, step],
                        }
                        : known,
                reader.Say($"The next step is written down for {reader.Day(due)}."),
                reader.Say($"Nothing was written down: {AccountWork.MaxSteps} steps are open already.")
            )
            {
                Detail = $"{step.Id}; {due:yyyy-MM-dd}; {step.Owner}",
                Tell = owner is null ? null : () => letters.StepAsync(account, by, owner, text, due, request.Cancellation),
            }
        );
    }
}

/// <summary>Says that a step is done.</summary>
internal sealed class StepDoneForm(
    AccountFinder finder,
    WorkBook work,
    UndoBook undos,
    AuditLog audit,
    ValueModel model,
    TimeProvider clock
) : WorkForm(finder, work, undos, audit, model, clock)
{
    protected override async Task<FormAnswer> PostAsync(FormRequest request, AccountOfWork account)
    {
        var reader = request.Reader;
        string id = request.Id;
        var step = (await ReadAsync(request, account)).Steps.FirstOrDefault(step => step.Id == id);
        return await ChangeAsync(
            request,
            account,
            new WorkChange(
                "step.done",
                known =>
                    known with
                    {
                        Steps =
                        [
                            .. known.Steps.Select(step =>
                                step.Id == id && step.DoneAt is null ? step with { DoneAt = Now, DoneBy = request.Who } : step
                            ),
                        ],
                    },
                reader.Say($"Done: {step?.Text ?? id}"),
                reader.Say("That step is done already.")
            )
            {
                Detail = id,
            }
        );
    }
}
