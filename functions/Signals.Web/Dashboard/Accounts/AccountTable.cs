using Signals.Core.Lists;
using Signals.Web.Dashboard.Charts;

namespace Signals.Web.Dashboard.Accounts;

/// <summary>Accounts as a table: how they are, why, and who uses it.</summary>
internal sealed class AccountTable(CauseWords causes)
{
    public Html Of(Reader reader, IReadOnlyList<AccountSummary> accounts, string caption)
    {
        (string Name, string Style)[] heads =
        [
            (reader.Say("Account", "Compte"), ""), (reader.Say("Risk", "Risque"), ""), (reader.Say("What holds it back", "Ce qui le freine"), ""),
            (reader.Say("Active", "Actifs"), ""), (reader.Say("Health", "Santé"), "number"), (reader.Say("Since", "Depuis"), ""),
        ];
        return Html.Of(
            $"""
            <table class="accounts"><caption class="unseen">{caption}</caption>
            <thead><tr>{heads.Select(head => Html.Of($"<th scope=\"col\" class=\"{head.Style}\">{head.Name}</th>"))}</tr></thead>
            <tbody>{accounts.Select(account => Row(reader, account))}</tbody></table>
            """);
    }

    private Html Row(Reader reader, AccountSummary account) => Html.Of(
        $"""
        <tr><th scope="row" class="who"><a href="{Links.Account(account.Id)}">{Html.Isolated(account.Name)}</a>{Strategic(reader, account.Strategic)}
        <span class="quiet">{Facts(reader, account)}</span></th>
        <td class="risk">{Levels.Badge(reader, account.Level)} <span class="score">{account.Score}</span></td>
        <td class="why">{Why(reader, account)}</td>
        <td class="active"><span>{reader.Say($"{reader.Whole(account.Active)} of {reader.Whole(account.People)}", $"{reader.Whole(account.Active)} sur {reader.Whole(account.People)}")}</span>{Sparks.Share(account.Active, account.People)}</td>
        <td class="number health">{account.Health}</td>
        <td class="since">{reader.TimeDay(account.Since)}</td></tr>
        """);

    private Html Why(Reader reader, AccountSummary account)
    {
        if (account.Causes.Count == 0)
            return Html.Of($"<span class=\"quiet\">{reader.Say("No cause is sure yet", "Aucune cause n’est encore sûre")}</span>");
        var cause = account.Causes[0];
        var others = account.Causes.Count == 1 ? Html.Empty : Html.Of($" <span class=\"quiet\">+{account.Causes.Count - 1}</span>");
        return Html.Of($"<strong>{causes.NameWithKind(reader, cause.Id, cause.Detail)}</strong>{others}<span class=\"quiet\">{Html.Isolated(reader.Say(cause.Evidence))}</span>");
    }

    private static Html Facts(Reader reader, AccountSummary account) => Html.Join(
        " · ", new[] { account.Plan, reader.Price(account.Price), account.Csm }.OfType<string>().Where(fact => fact.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase).Select(Html.Isolated));

    public static Html Strategic(Reader reader, bool strategic) =>
        strategic ? Html.Of($" <span class=\"tag\">{reader.Say("strategic", "stratégique")}</span>") : Html.Empty;
}
