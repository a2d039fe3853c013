using Signals.Core.Response.Outreach;

namespace Signals.Web.Dashboard.Account;

/// <summary>Everything that was written about the account, to its people and to CS managers, and what it achieved.</summary>
internal sealed class SentSection(CauseWords causes)
{
    public Html Of(Reader reader, AccountFile file)
    {
        Html rows =
            file.Outreach.Count == 0
                ? Html.Of(
                    $"""
              <p class="empty">{reader.Say(
                  "Nothing was written: silence is the default.")}</p>
              """
                )
                : Html.Of($"""<ul class="list sent">{file.Outreach.Select(record => Row(reader, record))}</ul>""");
        return $"<section><h2>{reader.Say("What was sent")}</h2>{rows}</section>";
    }

    private Html Row(Reader reader, OutreachRecord record)
    {
        Html subject = record.Message?.Subject is { Length: > 0 } text
            ? Html.Isolated(text)
            : $"{causes.NameWithKind(reader, record.Cause, record.Detail)}";
        Html reason = record.Reason is { } why ? $""" · <span lang="en">{Html.Isolated(why)}</span>""" : Html.Empty;
        return $"""
            <li><p class="when">{reader.TimeDay(record.SentAt ?? record.PlannedAt)}</p>
            <div><p><a href="{Links.Message(record.Id)}">{subject}</a></p>
            <p class="line quiet">{OutreachWords.Kind(reader, record.Kind)} · {causes.NameWithKind(reader, record.Cause, record.Detail)}
            · {Html.Isolated(record.To)}{reason}</p></div>
            <p class="state">{OutreachWords.State(reader, record.State)} {Goal(reader, record)}</p></li>
            """;
    }

    private static Html Goal(Reader reader, OutreachRecord record) =>
        record switch
        {
            { Kind: not OutreachKind.Message } => Html.Empty,
            { GoalReached: true } => $"""<span class="tag good">{reader.Say("goal reached")}</span>""",
            { GoalReached: false } => $"""<span class="tag">{reader.Say("goal not reached")}</span>""",
            _ => Html.Empty,
        };
}
