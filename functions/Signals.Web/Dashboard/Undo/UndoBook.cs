using System.Security.Cryptography;
using System.Text.Json;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Letters;
using Signals.Core.Response.Planning;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;
using Signals.Core.State.Team;
using Signals.Core.State.Work;

namespace Signals.Web.Dashboard.Undo;

/// <summary>
/// What can still be undone: table system, partition <c>undo</c>, row <c>{time of its end}:{random}</c>. Who did it undoes it, once, and
/// only what nobody changed since. Letters that it sent wait longer than it can be undone.
/// </summary>
internal sealed class UndoBook(
    IEntityStore store,
    AlertBook alerts,
    WorkBook work,
    AccountNotes notes,
    MessageHolds holds,
    LetterBox letters,
    AuditLog audit,
    TimeProvider clock
)
{
    private const string Column = "entry";
    private const string WhoColumn = "who";
    private const int MaxIdChars = 80;

    /// <summary>So long before a letter leaves it can no longer be taken back: undoing takes a moment.</summary>
    private static readonly TimeSpan LetterLead = TimeSpan.FromSeconds(5);

    private readonly AccountRows _rows = new(store);

    /// <summary>Ten seconds are promised; a slow page has some more.</summary>
    public static TimeSpan Life => LetterBox.Wait - LetterLead;

    /// <summary>Keeps how it was; returns the id to undo it by. What is over is removed once a day (<see cref="PassingRows"/>).</summary>
    public Task<string> KeepAsync(string who, UndoEntry entry, CancellationToken cancellationToken)
    {
        byte[] kept = JsonSerializer.SerializeToUtf8Bytes(entry, UndoJson.Default.UndoEntry);
        return Optimistic.ChangeAsync<string>(
            "keep how it was",
            clock,
            async () =>
            {
                string id = $"{StorageKey.Time(clock.GetUtcNow() + Life)}:{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
                var row = new Entity(PassingRows.Undo, id) { [WhoColumn] = who };
                BlobColumns.Write(row, Column, kept);
                return await IsCommittedAsync(EntityOperation.Insert(row), cancellationToken) ? id : Attempt.Conflict;
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Undoes it; how much of it was undone. The entry goes last: whoever is broken off asks again, and what is undone already stays so.
    /// </summary>
    public async Task<UndoOutcome> UndoAsync(string id, string who, CancellationToken cancellationToken)
    {
        bool isId = id.Length <= MaxIdChars && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == ':');
        if (
            !isId
            || await store.GetAsync(PipelineCounters.Table, PassingRows.Undo, id, cancellationToken) is not { } row
            || row.GetString(WhoColumn) != who
            || StorageKey.ParseTime(id.AsSpan(0, 17)) < clock.GetUtcNow()
            || JsonSerializer.Deserialize(BlobColumns.Read(row, Column), UndoJson.Default.UndoEntry) is not { } entry
        )
            return UndoOutcome.TooLate;
        bool all = true;
        foreach (var done in entry.Answers)
            all &= await UndoAsync(done, who, cancellationToken);
        foreach (var done in entry.Works)
            all &= await UndoAsync(done, cancellationToken) && await IsAuditedAsync(who, done.Id, cancellationToken);
        foreach (var done in entry.Notes)
            all &= await UndoAsync(done, cancellationToken) && await IsAuditedAsync(who, IdOf(done.Account), cancellationToken);
        foreach (var done in entry.Holds)
            all &= await UndoAsync(done, who, cancellationToken);
        // A letter about what stands in part still has something to tell.
        if (all)
            await letters.TakeBackAsync(entry.Letters, cancellationToken);
        await IsCommittedAsync(EntityOperation.Delete(id), cancellationToken);
        return all ? UndoOutcome.Undone : UndoOutcome.Partly;
    }

    private async Task<bool> UndoAsync(AnswerDone done, string who, CancellationToken cancellationToken) =>
        (await alerts.TakeBackAsync(done.Before, done.Answer, who, cancellationToken)).Status
            is AlertChangeStatus.Changed
                or AlertChangeStatus.Unchanged;

    private async Task<bool> UndoAsync(WorkDone done, CancellationToken cancellationToken)
    {
        var (_, after) = await work.ChangeAsync(
            new AccountKey(done.Account),
            done.Id,
            done.Name,
            now => now == done.After ? done.Before : now,
            cancellationToken
        );
        return after == done.Before;
    }

    private async Task<bool> UndoAsync(NoteDone done, CancellationToken cancellationToken)
    {
        var account = new AccountKey(done.Account);
        string id = (done.Before ?? done.After)!.Id;
        var now = await notes.GetAsync(account, id, cancellationToken);
        if (AreSame(now, done.Before))
            return true;
        if (!AreSame(now, done.After))
            return false;
        if (done.Before is { } before)
            await notes.PutAsync(account, before, cancellationToken);
        else
            await notes.RemoveAsync(account, id, cancellationToken);
        return true;
    }

    private async Task<bool> UndoAsync(HoldDone done, string who, CancellationToken cancellationToken)
    {
        var account = new AccountKey(done.Account);
        if (await _rows.GetAccountAsync(account, cancellationToken) is not { } state)
            return false;
        var before = done.Before is { } hold && hold.StandsAt(clock.GetUtcNow()) ? hold : null;
        return state.Hold?.At == done.At ? await holds.PutBackAsync(account, before, who, cancellationToken) : state.Hold == before;
    }

    /// <summary>Says in the audit trail that something was undone; true, so that it can follow what it tells of.</summary>
    private async Task<bool> IsAuditedAsync(string who, string account, CancellationToken cancellationToken)
    {
        await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), who, "work.undone", account), cancellationToken);
        return true;
    }

    private async Task<bool> IsCommittedAsync(EntityOperation operation, CancellationToken cancellationToken) =>
        (await store.CommitAsync(PipelineCounters.Table, PassingRows.Undo, [operation], cancellationToken)).Committed;

    private static bool AreSame(AccountNote? one, AccountNote? other) => one?.Text == other?.Text && one?.EditedAt == other?.EditedAt;

    private static string IdOf(string account) => StorageKey.Decode(account[2..]);
}

/// <summary>How much was undone.</summary>
internal enum UndoOutcome
{
    Undone,

    /// <summary>Somebody changed a part of it since.</summary>
    Partly,

    /// <summary>There is nothing of that id any more, or it is somebody else's.</summary>
    TooLate,
}
