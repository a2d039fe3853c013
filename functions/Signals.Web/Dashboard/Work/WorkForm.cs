using System.Security.Cryptography;
using Signals.Core.Model;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;
using Signals.Core.State.Work;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Undo;

namespace Signals.Web.Dashboard.Work;

/// <summary>What forms about the work on an account share: they find it, change it, write the audit trail, and can be undone.</summary>
internal abstract class WorkForm(AccountFinder finder, WorkBook work, UndoBook undos, AuditLog audit, ValueModel model, TimeProvider clock)
    : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var account = await finder.GetAsync(request.Route("id"), request.Cancellation);
        var facts = AccountFacts.Of(account, model);
        return await PostAsync(request, new AccountOfWork(account.Key.Value, account.Id, facts.Name));
    }

    protected DateTimeOffset Now => clock.GetUtcNow();

    protected abstract Task<FormAnswer> PostAsync(FormRequest request, AccountOfWork account);

    protected Task<AccountWork> ReadAsync(FormRequest request, AccountOfWork account) =>
        work.GetAsync(new AccountKey(account.Key), request.Cancellation);

    /// <summary>Changes the account's work, and tells whom it concerns what was really changed; where nothing was, it says so.</summary>
    protected async Task<FormAnswer> ChangeAsync(FormRequest request, AccountOfWork account, WorkChange change)
    {
        var (before, after) = await work.ChangeAsync(
            new AccountKey(account.Key),
            account.Id,
            account.Name,
            change.Of,
            request.Cancellation
        );
        if (after == before)
            return Problem(request, account, change.Nothing);
        await audit.WriteAsync(new AuditEntry(Now, request.Who, change.Action, account.Id, change.Detail), request.Cancellation);
        var letters = change.Tell is { } tell ? await tell() : [];
        string undo = await undos.KeepAsync(
            request.Who,
            new UndoEntry { Works = [new WorkDone(account.Key, account.Id, account.Name, before, after)], Letters = letters },
            request.Cancellation
        );
        return new FormAnswer(AddressOf(request, account), change.Done) { Undo = undo };
    }

    protected static FormAnswer Problem(FormRequest request, AccountOfWork account, string text) =>
        new(AddressOf(request, account), text) { IsProblem = true };

    protected static string NewId() => RandomNumberGenerator.GetHexString(10, lowercase: true);

    private static string AddressOf(FormRequest request, AccountOfWork account) => request.ReturnTo($"{Links.Account(account.Id)}#work");
}

/// <summary>One change of an account's work.</summary>
/// <param name="Action">As the audit trail calls it.</param>
/// <param name="Of">The change; it returns what it was given where there is nothing to change.</param>
/// <param name="Done">What is said once it is done.</param>
/// <param name="Nothing">What is said where nothing was to be changed.</param>
internal sealed record WorkChange(string Action, Func<AccountWork, AccountWork> Of, string Done, string Nothing)
{
    /// <summary>
    /// What was done, for the audit trail: ids, days and colleagues, and never the words. Those stand with the account, and go with it.
    /// </summary>
    public string Detail { get; init; } = "";

    /// <summary>Writes letters about it; returns their keys. Null for a change that nobody is told of.</summary>
    public Func<Task<IReadOnlyList<string>>>? Tell { get; init; }
}
