using Signals.Core.Model;
using Signals.Core.State.Indexes;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Accounts;

/// <summary>Accounts as a table: how they are, why, and who uses it.</summary>
internal sealed class AccountTable(CauseWords causes)
{
    /// <param name="reader">Who looks at it.</param>
    /// <param name="accounts">Its rows.</param>
    /// <param name="caption">What they are, for screen readers.</param>
    /// <param name="sort">The order they are in, when it can be changed.</param>
    public Html Of(Reader reader, IReadOnlyList<AccountSummary> accounts, string caption, AccountSort? sort = null) =>
        $"""
            <table class="accounts"><caption class="unseen">{caption}</caption>
            <thead><tr>
            {Head(reader.Say("Account"), sort?.Address(byName: true), sort?.ByName == true ? "ascending" : null)}
            {Head(reader.Say("Risk"), sort?.Address(byName: false), sort?.ByName == false ? "descending" : null)}
            {Head(reader.Say("What holds it back"))}
            {Head(reader.Say("Active"))}
            {Head(reader.Say("Health"))}
            {Head(reader.Say("Since"))}
            </tr></thead>
            <tbody>{accounts.Select(account => Row(reader, account))}</tbody></table>
            """;

    private static Html Head(string name, string? address = null, string? order = null)
    {
        Html text = address is null ? Html.Of($"{name}") : Html.Of($"""<a href="{address}">{name}</a>""");
        return $"""<th scope="col"{Html.When(order is not null, $" aria-sort=\"{order}\"")}>{text}</th>""";
    }

    private Html Row(Reader reader, AccountSummary account) =>
        $"""
            <tr><th scope="row" class="who">
            <a href="{Links.Account(account.Id)}">{Html.Isolated(account.Name)}</a>{Strategic(reader, account.Strategic)}
            <span class="under">{Facts(reader, account)}</span></th>
            <td class="risk">{Levels.Badge(reader, account.Level)} <span class="score">{account.Score}</span></td>
            <td class="why">{Why(reader, account)}</td>
            <td class="active"><span>{Share(reader, account)}</span>{Sparks.Share(account.Active, account.People)}</td>
            <td class="health"><span class="label">{reader.Say("Health")} </span>{account.Health}</td>
            <td class="since"><span class="label">{reader.Say("since")} </span>{reader.TimeDay(account.Since)}</td></tr>
            """;

    /// <summary>The first cause with its first line of evidence, and how many others there are.</summary>
    public Html Why(Reader reader, AccountSummary account)
    {
        if (account.Left)
            return $"""<span class="under">{reader.Say("The customer has left")}</span>""";
        if (account.Causes.Count == 0)
        {
            string why = account.Level == RiskLevel.Healthy ? reader.Say("Nothing") : reader.Say("No cause is sure yet");
            return $"""<span class="under">{why}</span>""";
        }
        var cause = account.Causes[0];
        Html others =
            account.Causes.Count == 1
                ? Html.Empty
                : $""" <span class="tag">{reader.Count(account.Causes.Count - 1, "{0} more", "{0} more")}</span>""";
        return $"""
            <strong>{causes.NameWithKind(reader, cause.Id, cause.Detail)}</strong>{others}
            <span class="under">{Html.Isolated(reader.Say(cause.Evidence))}</span>
            """;
    }

    public static Html Strategic(Reader reader, bool strategic) =>
        strategic ? $""" <span class="tag">{reader.Say("strategic")}</span>""" : Html.Empty;

    private static string Share(Reader reader, AccountSummary account)
    {
        string active = reader.Whole(account.Active),
            people = reader.Whole(account.People);
        return reader.Say($"{active} of {people}");
    }

    /// <summary>Plan, price and manager; a plan that is called free is not called so twice.</summary>
    private static Html Facts(Reader reader, AccountSummary account) =>
        Html.Join(
            " · ",
            new[] { account.Plan, reader.Price(account.Price), account.Csm }
                .OfType<string>()
                .Where(fact => fact.Length > 0)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(Html.Isolated)
        );
}

/// <summary>The order of a list that has two, and where the other one is.</summary>
internal sealed record AccountSort(AccountFilters Filters, bool ByName)
{
    public string Address(bool byName) => (Filters with { ByName = byName, Search = byName ? Filters.Search : null }).Address();
}
