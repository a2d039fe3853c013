using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>
/// One request: who asks for it and in which words, what it is the same as, and closing it with a note that those who asked are told.
/// </summary>
internal sealed class RequestPage(RequestBook book, IEntityStore store) : IDashboardPage
{
    public const string IntoField = "into";
    public const string NoteField = "note";
    public const int MaxNoteChars = 600;

    private const int MaxTitleChars = 90;

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        string key = request.Route("key");
        var decisions = await book.ReadDecisionsAsync(request.Cancellation);
        var asked = await book.ReadAsync(request.Cancellation);
        var requests = RequestBook.Merged(asked, decisions);
        var one = RequestFinder.Get(requests, key);
        var decision = decisions.GetValueOrDefault(key);
        var people = await new Authors(store).OfAsync([.. one.Voices.Select(voice => (voice.Account, voice.Person))], request.Cancellation);
        var parts = asked.Where(part => part.Key != key && decisions.GetValueOrDefault(part.Key)?.MergedInto == key);
        string title = reader.Say("Request");
        return new DashboardPage(
            $"{title}: {one.Title}",
            $"""
            {Heading.Back(RequestsPage.Path, reader.Say("What customers ask for"))}
            {Heading.Of(
                Html.Isolated(one.Title),
                Html.Of(
                    $"{reader.Price(one.Price)} · {reader.Count(one.Accounts, "{0} account", "{0} accounts")} · {reader.SayHtml(
                        $"asked first {reader.TimeAgo(one.First)}")}"))}
            {Standing(reader, decision)}
            <section><h2>{reader.Say("Who asks")}</h2>
            <ul class="list voices">{one.Voices.Zip(people, (voice, person) => Voice(reader, voice, person, decision))}</ul></section>
            {Parts(reader, [.. parts])}
            {Decide(reader, one, requests, decision)}
            """
        );
    }

    private static Html Standing(Reader reader, RequestDecision? decision) =>
        decision?.ClosedAt is not { } at
            ? Html.Empty
            : $"""
                <p class="note">{reader.SayHtml($"closed by {reader.Who(decision.By)} {reader.TimeAgo(at)}")}{reader.Colon}
                <q>{Html.Isolated(decision.Note)}</q></p>
                """;

    private static Html Voice(Reader reader, RequestVoice voice, Author? person, RequestDecision? decision)
    {
        Html name = person is null ? Html.Empty : $" · {Html.Isolated(person.Name)}";
        Html tell =
            decision is { ClosedAt: not null } && person is { Email: { } email }
                ? $"""
                     · <a href="{Mail(reader, email, voice, decision)}">{reader.Say("Tell them")}<span class="unseen"> {Html.Isolated(
                        person.Name)}</span></a>
                    """
                : Html.Empty;
        return $"""
            <li><blockquote dir="auto">{voice.Sentence}</blockquote>
            <p class="line quiet"><a href="{Links.Account(voice.Account)}">{Html.Isolated(voice.AccountName)}</a> · {reader.Price(
                voice.Price)}{name} · {reader.TimeDay(voice.At)}{tell}</p></li>
            """;
    }

    /// <summary>A mail of the reader's own, with the note in it: they send it, and the customer answers them.</summary>
    private static string Mail(Reader reader, string email, RequestVoice voice, RequestDecision decision)
    {
        string subject = Uri.EscapeDataString(reader.Say("You asked, and here is our answer")),
            body = Uri.EscapeDataString(reader.Say($"You wrote: “{voice.Sentence}”") + "\n\n" + decision.Note + "\n");
        return $"mailto:{Uri.EscapeDataString(email)}?subject={subject}&body={body}";
    }

    /// <summary>What was put together with it, each to be taken out again.</summary>
    private static Html Parts(Reader reader, IReadOnlyList<FeatureRequest> parts)
    {
        if (parts.Count == 0)
            return Html.Empty;
        var rows = parts.Select(part =>
        {
            Html split = reader.May(DashboardRole.Manager)
                ? Forms.Form.Post(
                    reader,
                    RequestsPage.Address(part.Key) + "/reopen",
                    $"""
                    <button type="submit" class="second">{reader.Say("Take it out again")}<span class="unseen"> {Html.Isolated(
                        part.Title)}</span></button>
                    """
                )
                : Html.Empty;
            return Html.Of($"<li><p>{Html.Isolated(part.Title)}</p>{split}</li>");
        });
        return $"""
            <section><h2>{reader.Say("Put together with it")}</h2><ul class="list">{rows}</ul></section>
            """;
    }

    private static Html Decide(Reader reader, FeatureRequest one, IReadOnlyList<FeatureRequest> all, RequestDecision? decision)
    {
        if (!reader.May(DashboardRole.Manager))
            return Html.Empty;
        string address = RequestsPage.Address(one.Key);
        if (decision?.ClosedAt is not null)
            return $"""
                <section><h2>{reader.Say("Decide")}</h2>{Forms.Form.Post(
                    reader, address + "/reopen", Forms.Form.Button(reader.Say("Open it again")))}</section>
                """;
        var others = all.Where(other => other.Key != one.Key).Select(other => (other.Key, Excerpt.Of(other.Title, MaxTitleChars))).ToList();
        Html merge =
            others.Count == 0
                ? Html.Empty
                : Forms.Form.Post(
                    reader,
                    address + "/merge",
                    $"""
                    {Forms.Form.Select(IntoField, reader.Say("It is the same as"), null, others)}
                    {Forms.Form.Button(reader.Say("Put them together"))}
                    """
                );
        Html close = Forms.Form.Post(
            reader,
            address + "/close",
            $"""
            <label class="field"><span>{reader.Say("What those who asked are told")}</span>
            <textarea name="{NoteField}" required maxlength="{MaxNoteChars}"></textarea></label>{Forms.Form.Button(reader.Say("Close it"))}
            """
        );
        return $"""
            <section class="approve"><h2>{reader.Say("Decide")}</h2>
            <p class="lead">{reader.Say("Once it is closed, everybody who asked stands here with a mail to send, your note in it.")}</p>
            {close}{merge}</section>
            """;
    }
}
