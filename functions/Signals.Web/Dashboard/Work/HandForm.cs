using Signals.Core.Model;
using Signals.Core.State.Audit;
using Signals.Core.State.Work;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Undo;

namespace Signals.Web.Dashboard.Work;

/// <summary>Hands an account to a colleague, who is told by mail.</summary>
internal sealed class HandForm(
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
        if (WorkFields.ColleagueOf(request) is not { } to)
            return Problem(request, account, reader.Say("Nothing was handed over: choose a colleague."));
        string words = WorkFields.LineOf(request);
        var by = WorkFields.WriterOf(request);
        var handed = new HandedOver(to.Address, by.Who, Now, words);
        return await ChangeAsync(
            request,
            account,
            new WorkChange(
                "account.handed",
                known => known with { Handed = handed },
                reader.Say($"{account.Name} is in {to.Name}’s hands."),
                ""
            )
            {
                Detail = to.Address,
                Tell = () => letters.HandAsync([account], by, to, words, request.Cancellation),
            }
        );
    }
}

/// <summary>Says that what an account was handed over for is dealt with.</summary>
internal sealed class HandEndForm(AccountFinder finder, WorkBook work, UndoBook undos, AuditLog audit, ValueModel model, TimeProvider clock)
    : WorkForm(finder, work, undos, audit, model, clock)
{
    protected override Task<FormAnswer> PostAsync(FormRequest request, AccountOfWork account) =>
        ChangeAsync(
            request,
            account,
            new WorkChange(
                "account.hand-over-ended",
                known => known with { Handed = null },
                request.Reader.Say($"{account.Name} is dealt with."),
                request.Reader.Say($"{account.Name} is in nobody’s hands any more.")
            )
        );
}
