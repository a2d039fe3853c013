using Signals.Core.Model;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;
using Signals.Core.State.Work;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Undo;

namespace Signals.Web.Dashboard.Work;

/// <summary>Writes a note about an account or one of its people, and tells whom it mentions.</summary>
internal sealed class NoteForm(
    AccountFinder finder,
    AccountNotes notes,
    WorkLetters letters,
    UndoBook undos,
    AuditLog audit,
    ValueModel model,
    TimeProvider clock
) : IDashboardForm
{
    private const int MaxPersonChars = 500;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        var account = await finder.GetAsync(request.Route("id"), request.Cancellation);
        string address = request.ReturnTo(Links.Account(account.Id) + "#notes");
        string text = NoteText.Of(request),
            person = request.Text(WorkFields.Person, MaxPersonChars);
        if (text.Length == 0)
            return new FormAnswer(address, reader.Say("No note was saved: it is empty.")) { IsProblem = true };
        var mentioned = Mentions.Of(text, reader.Team);
        var by = WorkFields.WriterOf(request);
        var about = new AccountOfWork(account.Key.Value, account.Id, AccountFacts.Of(account, model).Name);
        var note = await notes.AddAsync(
            account.Key,
            request.Who,
            text,
            person.Length == 0 ? null : person,
            [.. mentioned.Select(user => user.Address)],
            request.Cancellation
        );
        var keys = await letters.MentionAsync(about, by, text, mentioned, request.Cancellation);
        // What was written stands in the note alone: it can be deleted, and the trail is kept for good.
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), request.Who, "note.added", account.Id, string.Join(", ", note.Mentions)),
            request.Cancellation
        );
        string undo = await undos.KeepAsync(
            request.Who,
            new UndoEntry { Notes = [new NoteDone(account.Key.Value, null, note)], Letters = keys },
            request.Cancellation
        );
        string names = string.Join(", ", mentioned.Where(user => !by.Is(user.Address)).Select(user => user.Name));
        string told = keys.Count > 0 ? reader.Say($"The note is saved, and {names} is told.") : reader.Say("The note is saved.");
        return new FormAnswer(address, told) { Undo = undo };
    }
}

/// <summary>Changes a note that its sender wrote; whom it newly mentions is told.</summary>
internal sealed class NoteChangeForm(
    AccountFinder finder,
    AccountNotes notes,
    WorkLetters letters,
    UndoBook undos,
    AuditLog audit,
    ValueModel model,
    TimeProvider clock
) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        var account = await finder.GetAsync(request.Route("id"), request.Cancellation);
        string address = request.ReturnTo(Links.Account(account.Id) + "#notes");
        var before = await NoteText.OwnAsync(request, notes, account.Key);
        string text = NoteText.Of(request);
        if (text.Length == 0)
            return new FormAnswer(address, reader.Say("No note was saved: it is empty.")) { IsProblem = true };
        var mentioned = Mentions.Of(text, reader.Team);
        var note = before with { Text = text, EditedAt = clock.GetUtcNow(), Mentions = [.. mentioned.Select(user => user.Address)] };
        await notes.PutAsync(account.Key, note, request.Cancellation);
        var about = new AccountOfWork(account.Key.Value, account.Id, AccountFacts.Of(account, model).Name);
        var keys = await letters.MentionAsync(
            about,
            WorkFields.WriterOf(request),
            text,
            mentioned.Where(user => !before.Mentions.Contains(user.Address, StringComparer.OrdinalIgnoreCase)),
            request.Cancellation
        );
        await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), request.Who, "note.changed", account.Id), request.Cancellation);
        string undo = await undos.KeepAsync(
            request.Who,
            new UndoEntry { Notes = [new NoteDone(account.Key.Value, before, note)], Letters = keys },
            request.Cancellation
        );
        return new FormAnswer(address, reader.Say("The note is changed.")) { Undo = undo };
    }
}

/// <summary>Deletes a note that its sender wrote.</summary>
internal sealed class NoteDeleteForm(AccountFinder finder, AccountNotes notes, UndoBook undos, AuditLog audit, TimeProvider clock)
    : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var account = await finder.GetAsync(request.Route("id"), request.Cancellation);
        var note = await NoteText.OwnAsync(request, notes, account.Key);
        await notes.RemoveAsync(account.Key, note.Id, request.Cancellation);
        await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), request.Who, "note.deleted", account.Id), request.Cancellation);
        string undo = await undos.KeepAsync(
            request.Who,
            new UndoEntry { Notes = [new NoteDone(account.Key.Value, note, null)] },
            request.Cancellation
        );
        return new FormAnswer(request.ReturnTo(Links.Account(account.Id) + "#notes"), request.Reader.Say("The note is deleted."))
        {
            Undo = undo,
        };
    }
}

/// <summary>What a form says of a note.</summary>
internal static class NoteText
{
    /// <summary>The text, its lines ended by a line feed alone.</summary>
    public static string Of(FormRequest request) => request.Text(WorkFields.Text, AccountNote.MaxChars);

    /// <summary>A note that the sender wrote; anybody else's is none of theirs.</summary>
    public static async Task<AccountNote> OwnAsync(FormRequest request, AccountNotes notes, AccountKey account)
    {
        string id = request.Id;
        return await notes.GetAsync(account, id, request.Cancellation) is { } note && note.By == request.Who
            ? note
            : throw ApiRefusal.NotFound("note of yours", id);
    }
}
