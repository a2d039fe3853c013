using Signals.Core.Model;
using Signals.Core.State.Audit;
using Signals.Core.State.Work;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Undo;

namespace Signals.Web.Dashboard.Work;

/// <summary>Says that a person answered what a customer said in a survey: the loop is closed.</summary>
internal sealed class AnswerClosedForm(
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
        string answer = request.Id;
        bool isKey = ClosedAnswer.IsKey(answer);
        return ChangeAsync(
            request,
            account,
            new WorkChange(
                "answer.closed",
                known =>
                    isKey && known.Closed.All(closed => closed.Answer != answer)
                        ? known with
                        {
                            Closed = [.. known.Closed, new ClosedAnswer(answer, request.Who, Now)],
                        }
                        : known,
                request.Reader.Say("It is marked as answered."),
                request.Reader.Say("That was marked as answered already.")
            )
            {
                Detail = answer,
            }
        );
    }
}
