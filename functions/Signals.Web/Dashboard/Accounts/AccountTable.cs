using Signals.Core.Model;
using Signals.Core.State.Indexes;
using Signals.Web.Api;
using Signals.Web.Charts;
using Signals.Web.Dashboard.Bulk;

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
            {Head(reader.Say("Account"), sort, AccountOrder.Name, "ascending")}
            {Head(reader.Say("Risk"), sort, AccountOrder.Risk, "descending")}
            {Head(reader.Say("What holds it back"))}
            {Head(reader.Say("Active"))}
            {Head(reader.Say("Health"), sort, AccountOrder.Health, "ascending")}
            {LastHead(reader, sort)}
            </tr></thead>
            <tbody>{accounts.Select(account => Row(reader, account, sort))}</tbody></table>
            """;

    private static Html Head(string name, AccountSort? sort = null, AccountOrder? order = null, string direction = "")
    {
        Html text = sort is null || order is null ? Html.Of($"{name}") : Html.Of($"""<a href="{sort.Address(order.Value)}">{name}</a>""");
        bool isIn = sort is not null && sort.Order == order;
        return $"""<th scope="col"{Html.When(isIn, $" aria-sort=\"{direction}\"")}>{text}</th>""";
    }

    /// <summary>The last column tells what the order goes by, where no other does.</summary>
    private static Html LastHead(Reader reader, AccountSort? sort) =>
        sort?.Order switch
        {
            AccountOrder.Renewal => Head(reader.Say("Renews"), sort, AccountOrder.Renewal, "ascending"),
            AccountOrder.Seen => Head(reader.Say("Last seen"), sort, AccountOrder.Seen, "ascending"),
            _ => Head(reader.Say("Since")),
        };

    private static Html Last(Reader reader, AccountSummary account, AccountSort? sort) =>
        sort?.Order switch
        {
            AccountOrder.Renewal when account.RenewalAt is { } renewal => Html.Of(
                $"""<span class="label">{reader.Say("renews")} </span>{reader.TimeDay(renewal)}"""
            ),
            AccountOrder.Seen when account.Seen is { } seen => Html.Of(
                $"""<span class="label">{reader.Say("seen")} </span>{reader.Day(seen)}"""
            ),
            _ => Html.Of($"""<span class="label">{reader.Say("since")} </span>{reader.TimeDay(account.Since)}"""),
        };

    private Html Row(Reader reader, AccountSummary account, AccountSort? sort) =>
        $"""
            <tr><th scope="row" class="who">{(sort is null ? Html.Empty : BulkBar.Box(reader, account.Id, account.Name))}
            <a href="{Links.Account(account.Id)}">{Html.Isolated(account.Name)}</a>{Strategic(reader, account.Strategic)}
            <span class="under">{Facts(reader, account)}</span></th>
            <td class="risk">{Levels.Badge(reader, account.Level)} <span class="score">{account.Score}</span></td>
            <td class="why">{Why(reader, account)}</td>
            <td class="active"><span>{Share(reader, account)}</span>{Sparks.Share(account.Active, account.People)}</td>
            <td class="health"><span class="label">{reader.Say("Health")} </span>{account.Health}</td>
            <td class="since">{Last(reader, account, sort)}</td></tr>
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

/// <summary>The order of a list, and where the others are.</summary>
internal sealed record AccountSort(AccountFilters Filters, AccountOrder Order)
{
    public string Address(AccountOrder order) =>
        (Filters with { Order = order, Search = order == AccountOrder.Name ? Filters.Search : null }).Address();
}
