using Signals.Core.Causes;
using Signals.Core.Lists;
using Signals.Core.Model;
using Signals.Web.Api;

namespace Signals.Web.Dashboard;

/// <summary>The flagged accounts, worst first, each with its cause and the first line of evidence.</summary>
internal sealed class AccountsPage(ValueModel model)
{
    private readonly Words _words = new(model);

    public DashboardPage Render(Page<AccountSummary> page, RiskLevel? only, bool isContinued, PipelineView pipeline)
    {
        var body = Html.Of(
            $"""
            {Masthead.Of(model.Product)}
            <main>
            <h1>Accounts that need you</h1>
            <p class="lead">Who is not getting the value they pay for, and why. Active means {_words.Floor}.</p>
            {Levels(only)}
            {List(page, only, isContinued)}
            {More(page, only, isContinued)}
            </main>
            <footer>{Events(pipeline)}</footer>
            """);
        return new DashboardPage($"Accounts – Signals for {model.Product}", body);
    }

    private static Html Levels(RiskLevel? only)
    {
        var links = AccountQuery.FlaggedLevels.Select(level => Link($"/?risk={level.Name()}", Words.Level(level.Name()), only == level));
        return Html.Of($"<nav class=\"levels\" aria-label=\"Risk level\">{Link("/", "All flagged", only is null)}{links}</nav>");
    }

    private static Html Link(string address, string text, bool isCurrent) =>
        isCurrent ? Html.Of($"<a href=\"{address}\" aria-current=\"page\">{text}</a>") : Html.Of($"<a href=\"{address}\">{text}</a>");

    private Html List(Page<AccountSummary> page, RiskLevel? only, bool isContinued)
    {
        if (page.Items.Count > 0)
            return Html.Of($"<ol class=\"accounts\">{page.Items.Select(Row)}</ol>");
        if (page.Next is not null)
            return Html.Of($"<p class=\"empty\">None of these yet; the list goes on.</p>");
        if (isContinued)
            return Html.Of($"<p class=\"empty\">That was the last one.</p>");
        return only is { } level
            ? Html.Of($"<p class=\"empty\"><strong>No account is at the level “{Words.Level(level.Name())}”.</strong></p>")
            : Html.Of($"<p class=\"empty\"><strong>No account is flagged.</strong> Accounts appear here once they were reviewed and something holds them back.</p>");
    }

    private Html Row(AccountSummary account)
    {
        string level = account.Level.Name();
        string meta = Words.Line(account.Plan, _words.Price(account.Price), account.Csm);
        return Html.Of(
            $"""
            <li class="{level}">
            <div class="risk"><span class="score">{account.Score}</span>{Words.Badge(level)}</div>
            <div class="who"><h2><a href="{AddressOf(account.Id)}">{Html.Isolated(account.Name)}</a></h2><p class="meta">{Html.Isolated(meta)}{Strategic(account.Strategic)}</p></div>
            <div class="why">{Cause(account)}</div>
            <div class="people"><p>{account.Active} of {account.People} active</p>{Bars.Share(account.Active, account.People)}</div>
            <p class="since">since {_words.Day(account.Since)}</p>
            </li>
            """);
    }

    private Html Cause(AccountSummary account)
    {
        if (account.Causes.Count == 0)
            return Html.Of($"<p class=\"meta\">Too few people reach the floor; no cause is sure yet.</p>");
        var cause = account.Causes[0];
        string others = account.Causes.Count == 1 ? "" : $" +{account.Causes.Count - 1}";
        string kind = _words.Kind(cause.Detail) is { } name ? $": {name}" : "";
        return Html.Of($"<p class=\"cause\">{CauseNames.Of(cause.Id).En}{kind}<span class=\"meta\">{others}</span></p><p class=\"evidence\">{Html.Isolated(cause.Evidence.En)}</p>");
    }

    private static Html More(Page<AccountSummary> page, RiskLevel? only, bool isContinued)
    {
        string risk = only is { } level ? $"risk={level.Name()}&" : "";
        var first = isContinued ? Html.Of($"<a href=\"{(only is { } one ? $"/?risk={one.Name()}" : "/")}\">Back to the worst</a>") : Html.Empty;
        var next = page.Next is { } cursor ? Html.Of($"<a href=\"/?{risk}cursor={cursor}\" rel=\"next\">Show more</a>") : Html.Empty;
        return isContinued || page.Next is not null ? Html.Of($"<nav class=\"more\" aria-label=\"Pages\">{first}{next}</nav>") : Html.Empty;
    }

    private static string Events(PipelineView pipeline)
    {
        string more = pipeline.AtLeast ? " or more" : "";
        string dead = pipeline.DeadLettered > 0 ? $", {pipeline.DeadLettered:#,##0} of them put aside" : "";
        return $"{pipeline.Folded:#,##0} events folded · {pipeline.Queued:#,##0}{more} waiting{dead} · {pipeline.Quarantined:#,##0} not understood";
    }

    internal static Html Strategic(bool strategic) => strategic ? Html.Of($" <span class=\"tag\">strategic</span>") : Html.Empty;

    internal static string AddressOf(string account) => "/accounts/" + Uri.EscapeDataString(account);
}
