using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;
using Signals.Core.State.Work;
using Signals.Web.Dashboard.Account;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Undo;
using Signals.Web.Dashboard.Work;

namespace Signals.Web.Dashboard.Bulk;

/// <summary>
/// Does one thing to accounts or alerts, one after the other, and keeps how each was, so that all of it is undone at once. A store that
/// stops answering ends it there: what was done until then is told of, and can be undone.
/// </summary>
internal sealed class BulkDesk(
    AlertBook alerts,
    MessageHolds holds,
    WorkBook work,
    WorkLetters letters,
    UndoBook undos,
    AuditLog audit,
    ValueModel model,
    TimeProvider clock
)
{
    private const int SnoozeDays = 3;

    /// <summary>Hands accounts to a colleague, who gets one mail about all of them.</summary>
    public async Task<FormAnswer> HandAsync(FormRequest request, IReadOnlyList<AccountState> accounts, string address)
    {
        var reader = request.Reader;
        if (WorkFields.ColleagueOf(request) is not { } to)
            return Problem(address, reader.Say("Nothing was handed over: choose a colleague."));
        var by = WorkFields.WriterOf(request);
        var now = clock.GetUtcNow();
        var handed = new List<AccountOfWork>();
        var done = new List<WorkDone>();
        bool all = await DoEachAsync(
            accounts,
            done,
            async state =>
            {
                var account = new AccountOfWork(state.Key.Value, state.Id, AccountFacts.Of(state, model).Name);
                var (before, after) = await work.ChangeAsync(
                    new AccountKey(account.Key),
                    account.Id,
                    account.Name,
                    known => known with { Handed = new HandedOver(to.Address, by.Who, now, "") },
                    request.Cancellation
                );
                handed.Add(account);
                done.Add(new WorkDone(account.Key, account.Id, account.Name, before, after));
                await audit.WriteAsync(new AuditEntry(now, by.Who, "account.handed", account.Id, to.Address), request.Cancellation);
            }
        );
        if (done.Count == 0)
            return NoneThere(reader, address);
        var keys = await letters.HandAsync(handed, by, to, "", request.Cancellation);
        string undo = await undos.KeepAsync(by.Who, new UndoEntry { Works = done, Letters = keys }, request.Cancellation);
        string count = reader.Count(done.Count, "{0} account", "{0} accounts");
        return Done(reader, address, reader.Say($"In {to.Name}’s hands: {count}."), all, undo);
    }

    /// <summary>Holds the messages of accounts until the end of a day, where the sender is.</summary>
    public async Task<FormAnswer> HoldAsync(FormRequest request, IReadOnlyList<AccountState> accounts, int days, string address)
    {
        var reader = request.Reader;
        string reason = request.Text(HoldBox.ReasonField, MessageHold.MaxReasonChars);
        if (reason.Length == 0)
            return Problem(address, reader.Say("Nothing was held: a reason is needed."));
        var until = reader.EndOf(reader.Today.AddDays(days));
        var done = new List<HoldDone>();
        bool all = await DoEachAsync(
            accounts,
            done,
            async account =>
            {
                if (await holds.HoldAsync(account.Key, until, request.Who, reason, request.Cancellation) is { } hold)
                    done.Add(new HoldDone(account.Key.Value, account.Hold, hold.At));
            }
        );
        if (done.Count == 0)
            return NoneThere(reader, address);
        string undo = await undos.KeepAsync(request.Who, new UndoEntry { Holds = done }, request.Cancellation);
        string count = reader.Count(done.Count, "{0} account", "{0} accounts");
        string told =
            accounts.Count == 1
                ? reader.Say($"Messages are held until {reader.Day(until)}.")
                : reader.Say($"Messages are held until {reader.Day(until)}: {count}.");
        return Done(reader, address, told, all, undo);
    }

    /// <summary>Takes alerts on, or puts them off.</summary>
    public async Task<FormAnswer> AnswerAsync(FormRequest request, IReadOnlyList<Alert> standing, bool snooze, string address)
    {
        var reader = request.Reader;
        var done = new List<AnswerDone>();
        bool all = await DoEachAsync(
            standing,
            done,
            async alert =>
            {
                var id = AlertId.Parse(alert.Id)!.Value;
                var change = snooze
                    ? await alerts.SnoozeAsync(id, request.Who, clock.GetUtcNow().AddDays(SnoozeDays), null, request.Cancellation)
                    : await alerts.AcknowledgeAsync(id, request.Who, null, request.Cancellation);
                if (change is { Before: { } before, Alert.Answer: { } answer })
                    done.Add(new AnswerDone(before, answer));
            }
        );
        if (done.Count == 0)
            return Problem(address, reader.Say("There was no alert to answer among those."));
        string undo = await undos.KeepAsync(request.Who, new UndoEntry { Answers = done }, request.Cancellation);
        string count = reader.Count(done.Count, "{0} alert", "{0} alerts");
        string told = snooze ? reader.Say($"Put off for 3 days: {count}.") : reader.Say($"You took on {count}.");
        return Done(reader, address, told, all, undo);
    }

    public static FormAnswer Problem(string address, string text) => new(address, text) { IsProblem = true };

    private static FormAnswer NoneThere(Reader reader, string address) =>
        Problem(address, reader.Say("Nothing was done: none of those accounts is there any more."));

    private static FormAnswer Done(Reader reader, string address, string told, bool all, string undo) =>
        new(address, all ? told : $"{told} {reader.Say("The rest was not done, for the data could not be reached: try again.")}")
        {
            Undo = undo,
        };

    /// <summary>True when it was done to each; false where the store failed after some were.</summary>
    private static async Task<bool> DoEachAsync<T, TDone>(IEnumerable<T> each, List<TDone> done, Func<T, Task> act)
    {
        try
        {
            foreach (var one in each)
                await act(one);
            return true;
        }
        catch (TransientStoreException) when (done.Count > 0)
        {
            return false;
        }
    }
}
