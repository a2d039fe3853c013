using Signals.Core.Daily.PersonFiles;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;
using Signals.Web.Api;
using Signals.Web.Dashboard.Accounts;

namespace Signals.Web.Dashboard.People;

/// <summary>All that is known of one person, for an admin to read to them, to hand over, or to erase.</summary>
internal sealed class PersonPage(PersonDesk desk) : IDashboardPage
{
    public const string Path = "/people";
    public const string ErasePath = "/people/erase";
    public const string IdField = "id";
    public const string ConfirmField = "confirm";
    public const int MaxIdChars = 1000;

    /// <summary>Days that the page shows; the file has all of them.</summary>
    private const int DaysShown = 30;

    public static string Of(string id) => Links.With(Path, (IdField, id));

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        string id =
            request.One(IdField) ?? throw ApiRefusal.BadParameter(IdField, "nothing", "a user id, an anonymous id or a mail address");
        var file = await desk.ReadAsync(id, reader.Name, request.Cancellation);
        return new DashboardPage(
            NameOf(file),
            $"""
            {Heading.Back(AccountFilters.Path, reader.Say("Accounts"))}
            {Heading.Of(
                $"{Html.Isolated(NameOf(file))}",
                $"{reader.Say("All that is known of this person. That it was looked at is in the audit trail.")}",
                Actions(reader, file))}
            {Facts(reader, file)}
            {file.Accounts.Select(account => Account(reader, account))}
            {Traces(reader, reader.Say("Quarantine"), file.Quarantine)}
            {Traces(reader, reader.Say("Audit trail"), file.Audit)}
            """
        );
    }

    private static Html Actions(Reader reader, PersonFile file) =>
        $"""
            <a class="button second" href="{Links.With("/people.json", (IdField, file.Id))}">{reader.Say("Save as a file")}</a>
            {EraseBox.Of(reader, ErasePath, IdField, file.Id, reader.Say("Erase this person"))}
            """;

    private static Html Facts(Reader reader, PersonFile file)
    {
        var ids = file.Ids.Select(id => Html.Of($"<div><dt>{KindOf(reader, id)}</dt><dd>{Html.Isolated(id.Id)}</dd></div>"));
        var addresses = file.Addresses.Select(address =>
            Html.Of($"<div><dt>{reader.Say("Address")}</dt><dd>{Html.Isolated(address.Address)} {Wish(reader, address)}</dd></div>")
        );
        return $"""<dl class="facts">{ids}{addresses}</dl>""";
    }

    /// <summary>What the accounts call them; else their id.</summary>
    private static string NameOf(PersonFile file) =>
        file.Accounts.SelectMany(account => account.Traits).FirstOrDefault(trait => trait.Name == Traits.Name)?.Value ?? file.Id;

    private static string KindOf(Reader reader, PersonId id) => id.Kind == "user" ? reader.Say("User id") : reader.Say("Anonymous id");

    private static Html Wish(Reader reader, PersonAddress address) =>
        address.NoMailSince is not null || address.RefusedByProduct
            ? Html.Of($"""<span class="tag warn">{reader.Say("wants no mail")}</span>""")
            : Html.Empty;

    private static Html Account(Reader reader, PersonInAccount account) =>
        $"""
            <section><h2>{Html.Isolated(account.AccountName)}</h2>
            {Table(reader.Say("Traits"), account.Traits.Select(trait => Row(trait.Name, $"{trait.Value}", reader.TimeDay(trait.ToldAt))))}
            {Table(
                reader.Say("What they did"),
                account.Days.TakeLast(DaysShown).Reverse().Select(day => Row(
                    reader.Day(day.Date),
                    string.Join(", ", day.Events.Select(done => $"{done.Key} × {done.Value}")),
                    $"{string.Join(", ", day.ActiveAt)} UTC")))}
            {Table(
                reader.Say("What they answered"),
                account.Answers.Select(answer => Row(
                    answer.Kind.ToUpperInvariant(), $"{answer.Score} {answer.Comment}", reader.TimeDay(answer.At))))}
            {Table(
                reader.Say("Tickets"),
                account.Tickets.Select(ticket => Row(
                    ticket.Id, ticket.Text ?? "", ticket.OpenedAt is { } at ? reader.TimeDay(at) : Html.Empty)))}
            {Table(
                reader.Say("Notes"),
                account.Notes.Select(note => Row(reader.WhoText(note.By), note.Text, reader.TimeDay(note.At))))}
            {Table(
                reader.Say("What the last review found"),
                account.Assessment.Causes.Select(cause => Row(
                    CauseWords.Name(reader, cause.Cause), cause.Detail ?? "", $"{reader.Percent(cause.Confidence)}"))
                    .Concat(account.Assessment.Found.Select(line => Why(reader, line))))}
            {Table(
                reader.Say("Messages to them, and alerts that name them"),
                account.Messages.Concat(account.NamedIn).Select(message => Row(
                    OutreachWords.Kind(reader, Enum.Parse<OutreachKind>(message.Kind, ignoreCase: true)), message.Subject ?? message.State,
                    $"<a href=\"{Links.Message(message.Id)}\">{reader.TimeDay(message.PlannedAt)}</a>")))}
            </section>
            """;

    private static Html Why(Reader reader, Evidence line) =>
        Row(
            reader.Say("Why"),
            $"{reader.Say(line.Text)} · {reader.Say(line.Value)}",
            line.Since is { } since ? Html.Isolated(reader.Day(since)) : Html.Empty
        );

    private static Html Traces(Reader reader, string title, PersonTrace trace) =>
        Table(title, trace.Entries.Select(entry => Row(entry.What, entry.Text, reader.TimeDay(entry.At))));

    private static Html Table(string title, IEnumerable<Html> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return Html.Empty;
        return $"""
            <h3>{title}</h3>
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table><caption class="unseen">{title}</caption>
            <tbody>{all}</tbody></table></div>
            """;
    }

    private static Html Row(string head, string text, Html when) =>
        $"""<tr><th scope="row">{Html.Isolated(head)}</th><td class="words"><bdi>{text}</bdi></td><td>{when}</td></tr>""";
}
