using Signals.Core.State.Work;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Account;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Work;

/// <summary>What the team wrote about an account and its people, the newest first.</summary>
internal static class NotesSection
{
    public const string CursorParameter = "notes";

    public static Html Of(Reader reader, AccountFile file, WorkFile work)
    {
        Html write = reader.May(DashboardRole.Manager) ? Write(reader, file) : Html.Empty;
        Html list =
            work.Notes.Count == 0
                ? Html.Of($"""<p class="line quiet">{reader.Say("Nobody wrote a note yet.")}</p>""")
                : Html.Of($"""<ul class="list notes">{work.Notes.Select(note => Row(reader, file, note))}</ul>""");
        Html more = work.HasMoreNotes
            ? $"""
              <p class="more"><a href="{Links.With(Links.Account(file.Facts.Id), (CursorParameter, work.Notes[^1].Id))}#notes">{reader.Say(
                  "Older notes")}</a></p>
              """
            : Html.Empty;
        return $"""<section id="notes"><h2>{reader.Say("Notes")}</h2>{write}{list}{more}</section>""";
    }

    private static Html Write(Reader reader, AccountFile file)
    {
        var people = file
            .People.Where(person => person.Id.Length > 0)
            .Select(person => (person.Id, person.Name ?? person.Email ?? person.Id));
        string hint = reader.Team.Active.Count > 1 ? reader.Say("Note; @ and a colleague’s name tells them by mail") : reader.Say("Note");
        return Form.Post(
            reader,
            WorkAddresses.Of(WorkAddresses.AddNote, file.Facts.Id),
            $"""
            <label class="field"><span>{hint}</span>
            <textarea name="{WorkFields.Text}" rows="3" required maxlength="{AccountNote.MaxChars}"></textarea></label>
            <div class="filters">
            {Form.Select(WorkFields.Person, reader.Say("About"), "", [("", reader.Say("the account")), .. people])}
            {Form.Button(reader.Say("Save the note"))}</div>
            """
        );
    }

    private static Html Row(Reader reader, AccountFile file, AccountNote note)
    {
        Html about = note.Person is { Length: > 0 } person
            ? Html.Of($" · {reader.SayHtml($"about {Html.Isolated(NameOf(file, person))}")}")
            : Html.Empty;
        Html edited = note.EditedAt is { } at ? Html.Of($" · {reader.SayHtml($"changed {reader.TimeAgo(at)}")}") : Html.Empty;
        Html told =
            note.Mentions.Count > 0
                ? Html.Of($" · {reader.SayHtml($"told {Html.Join(", ", [.. note.Mentions.Select(reader.Who)])}")}")
                : Html.Empty;
        bool isOwn = note.By == reader.Name && reader.May(DashboardRole.Manager);
        Html actions = isOwn ? Actions(reader, file, note) : Html.Empty;
        return $"""
            <li><div class="what"><p class="text">{Html.Isolated(note.Text)}</p>
            <p class="line quiet">{reader.Who(note.By)} · {reader.TimeAgo(note.At)}{about}{told}{edited}</p></div>
            <div class="actions">{actions}</div></li>
            """;
    }

    private static Html Actions(Reader reader, AccountFile file, AccountNote note) =>
        $"""
            <details class="act"><summary>{reader.Say("Change")}<span class="unseen"> {reader.Say("the note")}</span></summary>
            {Form.Post(reader, WorkAddresses.Of(WorkAddresses.ChangeNote, file.Facts.Id), $"""
            {Form.Hidden(FormRequest.IdField, note.Id)}
            <label class="field"><span>{reader.Say("Note")}</span>
            <textarea name="{WorkFields.Text}" rows="4" required maxlength="{AccountNote.MaxChars}">{note.Text}</textarea></label>
            {Form.Button(reader.Say("Save the note"))}
            """)}</details>
            {Form.Post(reader, WorkAddresses.Of(WorkAddresses.DeleteNote, file.Facts.Id), $"""
            {Form.Hidden(FormRequest.IdField, note.Id)}
            <button type="submit" class="second">{reader.Say("Delete")}<span class="unseen"> {reader.Say("the note")}</span></button>
            """)}
            """;

    private static string NameOf(AccountFile file, string id) =>
        file.People.FirstOrDefault(person => person.Id == id) is { } person ? person.Name ?? person.Email ?? id : id;
}
