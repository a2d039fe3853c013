using Signals.Core.Accounts;
using Signals.Core.Causes;
using Signals.Core.Model;
using Signals.Web.Api;

namespace Signals.Web.Dashboard;

/// <summary>One account: how it is, why with all evidence, its people against the floor, and what was written.</summary>
internal sealed class AccountPage(ValueModel model, TimeProvider clock)
{
    private readonly Words _words = new(model);

    public DashboardPage Render(AccountView account)
    {
        var body = Html.Of(
            $"""
            {Masthead.Of(model.Product)}
            <main>
            <p class="back"><a href="/">All flagged accounts</a></p>
            <div class="title"><h1>{Html.Isolated(account.Name)}</h1>{Risk(account.Risk)}</div>
            <p class="meta">{Facts(account)}{AccountsPage.Strategic(account.Strategic)}</p>
            {Health(account.Health)}
            {KnownSince(account.KnownSince)}
            <section><h2>Why</h2>{Causes(account)}</section>
            <section><h2>People</h2><p class="meta">Value in the last {Words.Count(model.Value.Floor.Days, "day", "days")}, against {_words.Floor}. The most telling come first.</p>{People(account.People)}</section>
            <section><h2>Outreach</h2>{Outreach(account.Outreach)}</section>
            </main>
            <footer>{Next(account.NextReviewAt)}</footer>
            """);
        return new DashboardPage($"{account.Name} – Signals for {model.Product}", body);
    }

    private Html Risk(RiskView? risk) => risk is null
        ? Html.Of($"<p class=\"meta\">not reviewed yet</p>")
        : Html.Of($"<p class=\"verdict {risk.Level}\">{Words.Badge(risk.Level)} <span class=\"score\">{risk.Score}</span> <span class=\"meta\">since {_words.Day(risk.Since)}</span></p>");

    private Html Facts(AccountView account) => Html.Isolated(Words.Line(
        account.Id == account.Name ? null : account.Id, account.Plan, _words.Price(account.Price), account.Stage, account.Csm,
        account.RenewalAt is { } renewal ? $"renews {_words.Day(renewal)}" : null,
        account.TrialEndsAt is { } trial ? $"trial ends {_words.Day(trial)}" : null));

    private static Html Health(HealthView? health)
    {
        if (health is null)
            return Html.Empty;
        (string Name, string Value, string Meaning)[] parts =
        [
            ("Health", health.Score.ToString(), "of 100"),
            ("Depth", Words.Percent(health.Depth), "of paid key features used"),
            ("Breadth", Words.Percent(health.Breadth), "of seats active"),
            ("Reach", health.Reach is { } reach ? Words.Amount(reach) : "–", "of their customers"),
            ("Trend", health.Trend is { } trend ? $"{trend * 100:+0;−0;0}%" : "–", "value, last 14 days"),
        ];
        var raise = health.Raise is { } advice
            ? Html.Of($"<p class=\"note\">Most to gain, {advice.Points} points: {Html.Isolated(advice.Text.En)}</p>")
            : Html.Empty;
        return Html.Of($"<dl class=\"health\">{parts.Select(part => Html.Of($"<div><dt>{part.Name}</dt><dd><strong>{part.Value}</strong> <span class=\"meta\">{part.Meaning}</span></dd></div>"))}</dl>{raise}");
    }

    private static Html KnownSince(DateOnly? day) => day is { } known
        ? Html.Of($"<p class=\"note\">Value is wholly known since {Words.Day(known)}: what counts as value was extended that day.</p>")
        : Html.Empty;

    private Html Causes(AccountView account) => account.Causes.Count == 0
        ? Html.Of($"<p class=\"empty\">Nothing seems to hold this account back.</p>")
        : Html.Of($"{account.Causes.Select(Cause)}");

    private Html Cause(CauseView cause)
    {
        string kind = _words.Kind(cause.Kind) is { } name ? $": {name}" : "";
        string who = cause.Subject == "account" ? "the whole account" : Words.Count(cause.Affected, "person", "people");
        return Html.Of(
            $"""
            <article class="card">
            <h3>{CauseNames.Of(cause.Id).En}{kind}</h3><p class="meta">{Words.Percent(cause.Confidence)} sure · {who}</p>
            <ul class="lines">{cause.Evidence.Select(Line)}</ul>
            </article>
            """);
    }

    private static Html Line(Evidence line)
    {
        string since = line.Since is { } day ? $" · since {Words.Day(day)}" : "";
        return Html.Of($"<li><p>{Html.Isolated(line.Text.En)}</p><p class=\"meta\">found {Html.Isolated(line.Value.En)} · expected {Html.Isolated(line.Expected.En)}{since}</p></li>");
    }

    private Html People(IReadOnlyList<PersonView> people) => people.Count == 0
        ? Html.Of($"<p class=\"empty\">Nobody is known by a user id yet.</p>")
        : Html.Of($"<ul class=\"people card\">{people.Select(Person)}</ul>");

    private Html Person(PersonView person)
    {
        string meta = Words.Line(person.Email is null ? null : person.Id, person.Role);
        string state = person.Active ? "active" : "under the floor";
        return Html.Of(
            $"""
            <li>
            <div class="who"><p>{Html.Isolated(person.Email ?? person.Id)}</p><p class="meta">{Html.Isolated(meta)}</p></div>
            {Bars.Days(person.Value.Days, Days.Of(clock.GetUtcNow()), model.Value.Floor.Days)}
            <div class="value"><p><strong>{Words.Amount(person.Value.Window)}</strong> {model.Value.Unit} <span class="meta">{state}</span></p>{Bars.Value(person.Value.Window, person.Value.Floor)}</div>
            </li>
            """);
    }

    private Html Outreach(IReadOnlyList<OutreachItem> outreach) => outreach.Count == 0
        ? Html.Of($"<p class=\"empty\">Nothing was written: silence is the default.</p>")
        : Html.Of($"<ul class=\"outreach card\">{outreach.Select(Message)}</ul>");

    private Html Message(OutreachItem item)
    {
        string what = item.Kind == "alert" ? "Alert to CS" : "Message";
        var subject = item.Subject is { } text ? Html.Of($"<p>{Html.Isolated(text)}</p>") : Html.Empty;
        var reason = item.Reason is { } why ? Html.Of($" · {Html.Isolated(why)}") : Html.Empty;
        return Html.Of(
            $"""
            <li>
            <p class="when">{_words.Day(item.SentAt ?? item.PlannedAt)}</p>
            <div>{subject}<p class="meta">{what} · {CauseNames.Of(item.Cause).En} · {Html.Isolated(item.To)}{reason}</p></div>
            <span class="tag {item.State}">{item.State}</span>
            </li>
            """);
    }

    private string Next(DateTimeOffset? next) =>
        next is { } at ? $"The next review by time alone is on {_words.Day(at)}; new events bring it forward." : "The next review comes with the next event.";
}
