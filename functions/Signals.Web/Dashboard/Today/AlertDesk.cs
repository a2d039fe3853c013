using Signals.Core.Diagnosis.Causes;
using Signals.Core.Response.Alerts;
using Signals.Web.Api;
using Signals.Web.Dashboard.Accounts;
using Signals.Web.Dashboard.Alerts;
using Signals.Web.Dashboard.Bulk;

namespace Signals.Web.Dashboard.Today;

/// <summary>The alerts that stand: those that wait for an answer, and those that somebody is at.</summary>
internal sealed class AlertDesk(AlertBook alerts, CauseWords causes)
{
    /// <summary>Alerts that wait, on one page.</summary>
    private const int Shown = 20;

    /// <summary>Rows read for them at most: strategic ones that somebody is at come before.</summary>
    private const int MaxRead = 200;

    public async Task<StandingAlerts> ReadAsync(TodayFilter filter, string? after, CancellationToken cancellationToken)
    {
        var waiting = new List<Alert>();
        var inHand = new List<Alert>();
        string? last = after;
        int read = 0;
        await foreach (var (alert, cursor) in alerts.ReadAsync(filter.Csm, filter.Segment, after, Shown, cancellationToken))
        {
            if (waiting.Count == Shown || read == MaxRead)
                return new StandingAlerts(waiting, inHand, Cursor.Alerts.Write(last!), after is not null);
            read++;
            last = cursor;
            (alert.State == AlertState.Open ? waiting : inHand).Add(alert);
        }
        return new StandingAlerts(waiting, inHand, null, after is not null);
    }

    public Html Of(Reader reader, StandingAlerts standing, TodayFilter filter, string address)
    {
        string more = standing.Next is null ? "" : "+";
        Html count = standing.Waiting.Count == 0 ? Html.Empty : $""" <span class="quiet">{standing.Waiting.Count}{more}</span>""";
        return $"""
            <section class="waiting"><h2>{reader.Say("Waiting for an answer")}{count}</h2>
            {(standing.Waiting.Count == 0
                ? Nothing(reader, standing)
                : Html.Of($"""<ul class="list alerts">{standing.Waiting.Select(alert => Row(reader, alert, address))}</ul>"""))}
            {Pager(reader, standing, filter)}</section>
            {InHand(reader, standing, address)}
            {(standing.Waiting.Count + standing.InHand.Count > 0 ? BulkBar.OfAlerts(reader, address) : Html.Empty)}
            """;
    }

    private static Html Nothing(Reader reader, StandingAlerts standing) =>
        $"""
        <p class="empty">{(standing.Next is null
            ? reader.Say("Nothing waits. Every alert has an answer.")
            : reader.Say("None on this page; the list goes on."))}</p>
        """;

    private static Html Pager(Reader reader, StandingAlerts standing, TodayFilter filter)
    {
        Html first = standing.IsContinued ? $"""<a href="{filter.Address()}">{reader.Say("alerts|Back to the first")}</a>""" : Html.Empty;
        Html next = standing.Next is { } cursor
            ? $"""
                <a href="{filter.Address(cursor)}" rel="next">{reader.Say("Show more alerts")}</a>
                """
            : Html.Empty;
        return first.IsEmpty && next.IsEmpty
            ? Html.Empty
            : $"""<nav class="more" aria-label="{reader.Say("More alerts")}">{first}{next}</nav>""";
    }

    private Html InHand(Reader reader, StandingAlerts standing, string address) =>
        standing.InHand.Count == 0
            ? Html.Empty
            : $"""
                <section class="in-hand"><details><summary>
                <h2>{reader.Say("In hand")} <span class="quiet">{standing.InHand.Count}</span></h2></summary>
                <ul class="list alerts">{standing.InHand.Select(alert => Row(reader, alert, address))}</ul></details></section>
                """;

    private Html Row(Reader reader, Alert alert, string address)
    {
        Html answer = alert.Answer is { } given ? $"""<p class="line quiet">{AlertWords.Answered(reader, given)}</p>""" : Html.Empty;
        Html name = $"""<a href="{Links.Account(alert.AccountId)}">{Html.Isolated(alert.AccountName)}</a>""";
        return $"""
            <li><div class="what">
            <h3>{BulkBar.Box(reader, alert.Id, alert.AccountName)}{name}{AccountTable.Strategic(reader, alert.Strategic)}</h3>
            <p class="line">{Levels.Badge(reader, alert.Level)} <span class="score">{alert.Score}</span> {Why(reader, alert)}</p>
            <p class="line quiet">{Facts(reader, alert)}</p>{Next(reader, alert)}{answer}</div>
            {AlertActions.Of(reader, alert, address)}</li>
            """;
    }

    private Html Why(Reader reader, Alert alert)
    {
        if (alert.Causes.Count == 0)
            return Html.Empty;
        var cause = alert.Causes[0];
        Html evidence = cause.Evidence is { } line ? $"{reader.Colon}{Html.Isolated(reader.Say(line.Text))}" : Html.Empty;
        return $"<span><strong>{causes.NameWithKind(reader, cause.Id, cause.Detail)}</strong>{evidence}</span>";
    }

    /// <summary>Whom to talk to, and what to ask first; nothing once somebody is at it.</summary>
    private static Html Next(Reader reader, Alert alert)
    {
        if (alert.State != AlertState.Open)
            return Html.Empty;
        Html who =
            alert.Contacts.Count > 0
                ? reader.SayHtml($"Talk to {Html.Join("; ", [.. alert.Contacts.Select(contact => Html.Isolated(contact.Name))])}")
                : Html.Empty;
        Html ask =
            alert.Causes.Count > 0 && CauseQuestions.Of(alert.Causes[0].Id) is [var first, ..]
                ? reader.SayHtml($"ask: {Html.Of($"{reader.Say(first)}")}")
                : Html.Empty;
        Html both = Html.Join(" · ", who, ask);
        return both.IsEmpty ? Html.Empty : $"""<p class="line">{both}</p>""";
    }

    private static Html Facts(Reader reader, Alert alert)
    {
        Html raised = reader.SayHtml($"raised {reader.TimeAgo(alert.RaisedAt)}");
        Html due = alert switch
        {
            { State: not AlertState.Open, SnoozedUntil: { } until } => reader.SayHtml($"back on {reader.TimeDay(until)}"),
            { State: AlertState.Open, EscalatedAt: not null } => Html.Of($"""<span class="tag bad">{reader.Say("unanswered")}</span>"""),
            { State: AlertState.Open, AnswerBy: { } by } => reader.SayHtml($"answer expected {reader.TimeAgo(by)}"),
            _ => Html.Empty,
        };
        Html renewal =
            alert.RenewalAt is { } renews && renews > reader.Now ? reader.SayHtml($"renews {reader.TimeAgo(renews)}") : Html.Empty;
        Html price = alert.Price > 0 ? Html.Of($"<strong>{reader.Price(alert.Price)}</strong>") : Html.Empty;
        Html plan = alert.Plan is { Length: > 0 } known ? Html.Isolated(known) : Html.Empty;
        return Html.Join(" · ", price, plan, raised, due, renewal, alert.Csm is { } csm ? Html.Isolated(csm) : Html.Empty);
    }
}

/// <summary>A page of the alerts that stand.</summary>
internal sealed record StandingAlerts(IReadOnlyList<Alert> Waiting, IReadOnlyList<Alert> InHand, string? Next, bool IsContinued);
