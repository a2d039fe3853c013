using Signals.Core.Daily.Revenue;
using Signals.Core.State.Indexes;
using Signals.Web.Api;
using Signals.Web.Dashboard.Accounts;

namespace Signals.Web.Dashboard.Revenue;

/// <summary>What renews within the next months, and how sure it is.</summary>
internal sealed class RenewalTable(AccountTable accounts)
{
    public Html Of(Reader reader, RevenueMeasures revenue, Page<AccountSummary> next, RevenueView view)
    {
        Html windows = view.Csm is null ? Windows(reader, revenue) : Html.Empty;
        Html list =
            next.Items.Count == 0
                ? Html.Of($"""<p class="empty">{Nothing(reader, next)}</p>""")
                : Html.Of($"""<ul class="list renewals">{next.Items.Select(account => Row(reader, account))}</ul>""");
        Html more = next.Next is { } cursor
            ? $"""
                <nav class="more" aria-label="{reader.Say("More renewals")}">
                <a href="{view.Address(cursor)}#renewals" rel="next">{reader.Say(
                    "Show more")}</a></nav>
                """
            : Html.Empty;
        return $"""
            <section id="renewals"><h2>{reader.Say($"Renewals of the next {RevenueSurvey.RenewalDays} days")}</h2>
            {windows}{list}{more}<p class="more">{Downloads.Csv(reader, RevenueView.Csv("renewals", view.Csm))}</p></section>
            """;
    }

    private static string Nothing(Reader reader, Page<AccountSummary> next) =>
        next.Next is null
            ? reader.Say("Nothing renews by then. The trait renewalAt, or a fact of an event, says when a contract does.")
            : reader.Say("None of these yet; the list goes on.");

    private static Html Windows(Reader reader, RevenueMeasures revenue)
    {
        bool tells = revenue.Expected is not null;
        Html expected = tells ? Html.Of($"""<th scope="col" class="number">{reader.Say("Likely to go")}</th>""") : Html.Empty;
        var rows = revenue.Renewals.Select(window =>
            Html.Of(
                $"""
                <tr><th scope="row">{reader.Say($"{window.FromDay} to {window.ToDay} days")}</th>
                <td class="number">{reader.Whole(window.All.Accounts)}</td>
                <td class="number">{reader.Money(Math.Round(window.All.Price))}</td>
                <td class="number">{reader.Whole(window.AtRisk.Accounts)}</td>
                <td class="number"><strong>{reader.Money(Math.Round(window.AtRisk.Price))}</strong></td>{(tells
                    ? Html.Of($"""<td class="number">{reader.Money(Math.Round(window.Expected ?? 0))}</td>""")
                    : Html.Empty)}</tr>
                """
            )
        );
        string title = reader.Say("Renewals by when");
        return $"""
            <div class="scroll" role="region" aria-label="{title}" tabindex="0">
            <table class="money"><caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("renewals|In")}</th>
            <th scope="col" class="number">{reader.Say("Contracts")}</th>
            <th scope="col" class="number">{reader.Say("Paid a month")}</th>
            <th scope="col" class="number">{reader.Say("At risk")}</th>
            <th scope="col" class="number">{reader.Say("Of it at risk")}</th>{expected}</tr></thead>
            <tbody>{rows}</tbody></table></div>
            """;
    }

    private Html Row(Reader reader, AccountSummary account) =>
        $"""
            <li><p><strong>{reader.TimeDay(account.RenewalAt!.Value)}</strong> · <a href="{Links.Account(account.Id)}">{Html.Isolated(
                account.Name)}</a>{AccountTable.Strategic(reader, account.Strategic)}
            · {reader.Price(account.Price)}{(account.Csm is { } csm
                ? Html.Of($" · {Html.Isolated(csm)}")
                : Html.Empty)}</p>
            <div class="line">{Levels.Badge(reader, account.Level)} <span class="score">{account.Score}</span>
            {accounts.Why(reader, account)}</div></li>
            """;
}
