using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;

namespace Signals.Web.Dashboard.Account;

/// <summary>What happens next, and when.</summary>
internal static class NextSection
{
    public static Html Of(Reader reader, AccountFile file)
    {
        var coming = Coming(reader, file).OrderBy(entry => entry.At).ToList();
        var rows = coming.Select(entry => Html.Of($"""<li><p class="when">{reader.TimeDay(entry.At)}</p><p>{entry.What}</p></li>"""));
        string events = reader.Say("New events bring the next review forward.");
        return $"""
            <section><h2>{reader.Say("What happens next")}</h2>
            {(coming.Count == 0 ? Html.Empty : Html.Of($"""<ul class="list next">{rows}</ul>"""))}
            <p class="line quiet">{events}</p></section>
            """;
    }

    private static IEnumerable<(DateTimeOffset At, Html What)> Coming(Reader reader, AccountFile file)
    {
        foreach (var record in file.Outreach.Where(record => record.State == OutreachState.Planned))
        {
            yield return (
                record.NotBefore ?? reader.Now,
                reader.SayHtml(
                    $"{OutreachWords.Kind(reader, record.Kind)}: {CauseWords.Name(reader, record.Cause)}, to {Html.Isolated(record.To)}"
                )
            );
        }
        if (file.Account.Hold is { } hold && hold.StandsAt(reader.Now))
            yield return (hold.Until, $"{reader.Say("Messages are no longer held")}");
        if (file.Alert is { State: AlertState.Snoozed, SnoozedUntil: { } until })
            yield return (until, $"{reader.Say("The alert speaks again")}");
        if (file.Alert is { State: AlertState.Open, AnswerBy: { } by, EscalatedAt: null } && by > reader.Now)
            yield return (by, $"{reader.Say("The alert is passed on if nobody has answered")}");
        if (file.Review?.NextReviewAt is { } next)
            yield return (next, $"{reader.Say("Next review, by time alone")}");
        if (file.Facts.RenewalAt is { } renewal && renewal > reader.Now)
            yield return (renewal, $"{reader.Say("The contract renews")}");
        if (file.Facts.TrialEndsAt is { } trial && trial > reader.Now)
            yield return (trial, $"{reader.Say("The trial ends")}");
    }
}
