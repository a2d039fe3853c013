using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;

namespace Signals.Web.Dashboard.Messages;

/// <summary>One message or alert: to whom, why, how far it came, and the mail itself.</summary>
internal sealed class MailPage(MailReader mails, CauseWords causes, ValueModel model) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var record = await mails.FindAsync(request);
        var mail = mails.MailOf(record);
        string about = causes.NameWithKind(reader, record.Cause, record.Detail);
        string title = mail?.Subject is { Length: > 0 } subject ? subject : about;
        return new DashboardPage(
            title,
            $"""
            {Heading.Back("/messages", reader.Say("All messages"))}
            {Heading.Of(Html.Isolated(title), $"{OutreachWords.Kind(reader, record.Kind)} · {Html.Isolated(about)}")}
            {Why(reader, record)}
            {Facts(reader, record)}
            {Mail(reader, record, mail)}
            """
        )
        {
            HasFrame = mail is not null,
        };
    }

    private static Html Why(Reader reader, OutreachRecord record)
    {
        string? why = record.State switch
        {
            OutreachState.HeldOut => reader.Say(
                "By lot, this person was not written to, so that the effect of the message can be measured."
            ),
            OutreachState.Suppressed => reader.Say("It was not sent."),
            OutreachState.Uncertain => reader.Say("It left, and nobody knows whether it arrived. It is never sent again."),
            OutreachState.Expired => reader.Say("It could not be sent in time, and would help nobody any more."),
            _ => null,
        };
        if (why is null && record.Reason is null)
            return Html.Empty;
        Html reason = record.Reason is { } given ? $""" <span lang="en">{Html.Isolated(given)}</span>""" : Html.Empty;
        return $"""<p class="note">{why}{reason}</p>""";
    }

    private Html Facts(Reader reader, OutreachRecord record)
    {
        Html account =
            record.AccountId.Length == 0
                ? Html.Empty
                : $"""
              <a href="{Links.Account(record.AccountId)}">{Html.Isolated(
                  record.AccountName.Length > 0 ? record.AccountName : record.AccountId)}</a>
              """;
        (string Name, Html Value)[] facts =
        [
            (reader.Say("To"), Html.Isolated(record.To)),
            (reader.Say("Account"), account),
            (reader.Say("State"), $"{OutreachWords.State(reader, record.State)}{SentTable.Goal(reader, record.GoalReached)}"),
            (reader.Say("Planned"), reader.TimeAgo(record.PlannedAt)),
            (reader.Say("Not before"), record.NotBefore is { } later ? Moment(reader, later) : Html.Empty),
            (reader.Say("Sent"), record.SentAt is { } sent ? Moment(reader, sent) : Html.Empty),
            (reader.Say("Last heard of"), record.ReportedAt is { } reported ? Moment(reader, reported) : Html.Empty),
            (reader.Say("Goal"), Goal(reader, record)),
            (reader.Say("Language"), Html.Isolated(record.Locale)),
            (reader.Say("Template"), Html.Isolated(record.Template)),
        ];
        return $"""
            <dl class="facts">{facts.Where(fact => !fact.Value.IsEmpty)
                .Select(fact => Html.Of($"<dt>{fact.Name}</dt><dd>{fact.Value}</dd>"))}</dl>
            """;
    }

    private Html Goal(Reader reader, OutreachRecord record)
    {
        if (
            record.Kind != OutreachKind.Message
            || !CauseCatalogue.Ids.Contains(record.Cause)
            || model.PlaybookFor(record.Cause) is not { Goal: not null } playbook
        )
            return Html.Empty;
        return record.GoalReached is null ? reader.SayHtml($"told by {reader.TimeDay(record.PlannedAt.AddDays(playbook.GoalDays))}")
            : record.GoalReached.Value ? Html.Of($"{reader.Say("reached in time")}")
            : Html.Of($"{reader.Say("not reached in time")}");
    }

    private static Html Mail(Reader reader, OutreachRecord record, RenderedMessage? mail)
    {
        string title = record.Message is null ? reader.Say("As it would leave now") : reader.Say("As it was sent");
        if (mail is null)
            return $"""
                <section><h2>{title}</h2>
                <p class="empty">{reader.Say(
                    "Its template can’t be rendered; the app’s log says why.")}</p></section>
                """;
        return $"""
            <section><h2>{title}</h2>
            <p class="lead">{reader.Say(
                "Links are shown, and lead nowhere from here.")}</p>
            <iframe class="mail" sandbox="" src="{Links.Message(record.Id)}/html"
                title="{reader.Say("The mail")}" loading="lazy"></iframe></section>
            <section><h2>{reader.Say("In plain text")}</h2>
            <pre class="mail" dir="auto" lang="{mail.Locale}" tabindex="0">{mail.Text}</pre></section>
            """;
    }

    private static Html Moment(Reader reader, DateTimeOffset moment) => $"{reader.Moment(moment)}";
}
