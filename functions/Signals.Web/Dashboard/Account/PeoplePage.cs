using Signals.Core.Model;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Account;

/// <summary>All people of an account, a page at a time.</summary>
internal sealed class PeoplePage(AccountFinder finder, AccountReader accounts, PeopleTable people, ValueModel model) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        string? after = Cursor.People.Read(request.Http);
        var account = await finder.GetAsync(request.Route("id"), request.Cancellation);
        var page = await accounts.PeopleAsync(account, after, request.Cancellation);
        string name = Core.State.Accounts.AccountFacts.Of(account, model).Name,
            address = Links.Account(account.Id);
        Html first = after is null ? Html.Empty : $"""<a href="{address}/people">{reader.Say("Back to the beginning")}</a>""";
        Html next = page.Next is { } cursor
            ? $"""
                <a href="{Links.With(address + "/people", ("cursor", cursor))}" rel="next">{reader.Say(
                    "Show more"                )}</a>
                """
            : Html.Empty;
        string title = reader.Say($"People of {name}");
        return new DashboardPage(
            title,
            $"""
            {Heading.Back(address, name)}
            {Heading.Of(
                $"{reader.Say("People of")} {Html.Isolated(name)}",
                $"{reader.Count(account.People, "{0} person", "{0} people")}")}
            {people.Of(reader, page.Items)}
            <nav class="more" aria-label="{reader.Say("More people")}">{first}{next}</nav>
            """
        );
    }
}
