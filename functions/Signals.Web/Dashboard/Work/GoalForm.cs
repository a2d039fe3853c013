using Signals.Core.Model;
using Signals.Core.State.Audit;
using Signals.Core.State.Work;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Undo;

namespace Signals.Web.Dashboard.Work;

/// <summary>Writes a goal into the plan, in the customer's words.</summary>
internal sealed class GoalForm(AccountFinder finder, WorkBook work, UndoBook undos, AuditLog audit, ValueModel model, TimeProvider clock)
    : WorkForm(finder, work, undos, audit, model, clock)
{
    private const int MaxSignalChars = 200;

    private readonly ValueModel _model = model;

    protected override async Task<FormAnswer> PostAsync(FormRequest request, AccountOfWork account)
    {
        var reader = request.Reader;
        string text = WorkFields.LineOf(request),
            signal = request.Text(WorkFields.Signal, MaxSignalChars),
            seen = request.Text(WorkFields.Event, PlanGoal.MaxEventChars);
        if (text.Length == 0)
            return Problem(request, account, reader.Say("Nothing was written down: say what they want to have reached."));
        if (signal.Length > 0 && _model.Features.All(feature => feature.Id != signal))
            throw ApiRefusal.BadParameter(WorkFields.Signal, signal, "a feature of the model");
        if (signal.Length > 0 && seen.Length > 0)
            return Problem(request, account, reader.Say("Nothing was written down: a feature shows it, or an event, not both."));
        var times = WorkFields.TimesOf(request);
        var due = WorkFields.DayOf(request);
        var goal = new PlanGoal(NewId(), text, due, signal.Length == 0 ? null : signal, request.Who, Now)
        {
            Event = seen.Length == 0 ? null : seen,
            Times = signal.Length + seen.Length == 0 ? null : times,
        };
        return await ChangeAsync(
            request,
            account,
            new WorkChange(
                "goal.added",
                known => known.Goals.Count < AccountWork.MaxGoals ? known with { Goals = [.. known.Goals, goal] } : known,
                reader.Say("The goal is in the plan."),
                reader.Say($"Nothing was written down: the plan has {AccountWork.MaxGoals} goals already.")
            )
            {
                Detail = $"{goal.Id}; {due:yyyy-MM-dd}; {signal}",
            }
        );
    }
}

/// <summary>Says that a goal is reached, where only a person can tell.</summary>
internal sealed class GoalDoneForm(
    AccountFinder finder,
    WorkBook work,
    UndoBook undos,
    AuditLog audit,
    ValueModel model,
    TimeProvider clock
) : WorkForm(finder, work, undos, audit, model, clock)
{
    protected override Task<FormAnswer> PostAsync(FormRequest request, AccountOfWork account)
    {
        string id = request.Id;
        return ChangeAsync(
            request,
            account,
            new WorkChange(
                "goal.reached",
                known =>
                    known with
                    {
                        Goals =
                        [
                            .. known.Goals.Select(goal =>
                                goal.Id == id && goal.DoneAt is null ? goal with { DoneAt = Now, DoneBy = request.Who } : goal
                            ),
                        ],
                    },
                request.Reader.Say("The goal is reached."),
                request.Reader.Say("That goal is reached already, or out of the plan.")
            )
            {
                Detail = id,
            }
        );
    }
}

/// <summary>Takes a goal out of the plan.</summary>
internal sealed class GoalRemoveForm(
    AccountFinder finder,
    WorkBook work,
    UndoBook undos,
    AuditLog audit,
    ValueModel model,
    TimeProvider clock
) : WorkForm(finder, work, undos, audit, model, clock)
{
    protected override Task<FormAnswer> PostAsync(FormRequest request, AccountOfWork account)
    {
        string id = request.Id;
        return ChangeAsync(
            request,
            account,
            new WorkChange(
                "goal.removed",
                known => known with { Goals = [.. known.Goals.Where(goal => goal.Id != id)] },
                request.Reader.Say("The goal is out of the plan."),
                request.Reader.Say("That goal is out of the plan already.")
            )
            {
                Detail = id,
            }
        );
    }
}
