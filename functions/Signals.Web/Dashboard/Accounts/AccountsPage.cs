using Signals.Core.Daily.PersonFiles;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Web.Api;
using Signals.Web.Dashboard.Bulk;
using Signals.Web.Dashboard.Views;

namespace Signals.Web.Dashboard.Accounts;

/// <summary>All accounts, the worst level and most at stake first or by name, and those of them that somebody asks for.</summary>
internal sealed class AccountsPage(
    AccountPages pages,
    AccountFinder finder,
    AccountFacets facets,
    AccountTable table,
    SavedViews views,
    PersonFinder people,
    FoundPeople named,
    OwnSegments segments
) : IDashboardPage
{
    /// <summary>Rows that one look passes over at most; the reader goes on from there.</summary>
    private const int MaxScanned = 1500;

    private const int MaxPlaces = 5;

    private readonly AccountPages _pages = pages.Reading(MaxScanned);

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var (filters, query) = AccountFilters.Of(request);
        var page = await _pages.ReadAsync(query, request.Cancellation);
        if (page is { Items.Count: 0, Next: null } && query is { NamePrefix: not null, After: null })
        {
            // No name begins so: perhaps it stands within one.
            (filters, query) = (filters with { Inside = true }, query with { NamePrefix = null, Text = query.NamePrefix });
            page = await _pages.ReadAsync(query, request.Cancellation);
        }
        var saved = await views.ListAsync(reader, request.Cancellation);
        CameFrom.Leave(request, page.Items.Select(account => account.Id));
        var choices = await FilterChoices.ReadAsync(facets, request.Cancellation);
        var exact = await ExactAsync(reader, filters, request.Cancellation);
        var persons = query.After is null ? await named.OfAsync(reader, filters.Search, request.Cancellation) : Html.Empty;
        string title = reader.Say("Accounts");
        return new DashboardPage(
            title,
            $"""
            {Heading.Of(title, Lead(reader, query), Csv(reader, filters))}
            {ViewBar.Of(reader, saved, filters)}
            {filters.Form(reader, choices, segments)}
            {filters.Choice.Unknown(reader, choices.Csms)}{segments.Unknown(reader, filters.Segment)}
            {exact}
            {persons}
            {List(reader, page, filters, query)}
            {(page.Items.Count > 0 ? BulkBar.OfAccounts(reader, request.Address) : Html.Empty)}
            {Pager(reader, page, filters, query)}
            """
        );
    }

    private static string Lead(Reader reader, AccountQuery query) =>
        query.IsInOrderOfNames
            ? reader.Say("In the order of their names.")
            : query.Order switch
            {
                AccountOrder.Stake => reader.Say(
                    "Where most money is at stake first: the price times the chance to leave. Former customers are left out."
                ),
                AccountOrder.Price => reader.Say("Who pays most first."),
                AccountOrder.Renewal => reader.Say("By their next renewal; accounts without a date are left out."),
                AccountOrder.Health => reader.Say("The lowest health first. Former customers are left out."),
                AccountOrder.Seen => reader.Say("Who was not seen for longest first. Former customers are left out."),
                _ => reader.Say("The worst level first, and in it where most money is at stake."),
            };

    private static Html Csv(Reader reader, AccountFilters filters) =>
        $"""
        <a class="button second" href="{filters.Address(AccountFilters.CsvPath)}" download>{reader.Say(
            "Save as CSV")}</a>
        """;

    /// <summary>Who knows the id of an account, or the user id of a person, types that.</summary>
    private async Task<Html> ExactAsync(Reader reader, AccountFilters filters, CancellationToken cancellationToken)
    {
        if (filters.Search is not { } id)
            return Html.Empty;
        if (await finder.FindAsync(id, cancellationToken) is { } account)
            return $"""
                <p class="note">{reader.Say(
                    "An account has this id:")} <a href="{Links.Account(account.Id)}">{Html.Isolated(account.Id)}</a></p>
                """;
        var found = await people.FollowAsync(PersonKey.User(id), cancellationToken);
        var places = (found?.Accounts ?? [])
            .Where(key => key.IsGroup)
            .Take(MaxPlaces)
            .Select(key => StorageKey.Decode(key.Value[2..]))
            .Select(place => Html.Of($"""<a href="{Links.Account(place)}">{Html.Isolated(place)}</a>"""))
            .ToList();
        return places.Count == 0
            ? Html.Empty
            : $"""<p class="note">{reader.SayHtml($"A person has this id, in {Html.Join(", ", places)}")}</p>""";
    }

    private Html List(Reader reader, Page<AccountSummary> page, AccountFilters filters, AccountQuery query)
    {
        if (page.Items.Count > 0)
            return table.Of(
                reader,
                page.Items,
                reader.Say("Accounts"),
                new AccountSort(filters, query.IsInOrderOfNames ? AccountOrder.Name : query.Order)
            );
        string empty =
            page.Next is not null ? reader.Say("None of these yet; the list goes on.")
            : query.After is not null ? reader.Say("That was the last one.")
            : filters.Any ? reader.Say("No account is like that.")
            : reader.Say("No account was reviewed yet. Accounts appear here once events have arrived.");
        return $"""<p class="empty">{empty}</p>""";
    }

    private static Html Pager(Reader reader, Page<AccountSummary> page, AccountFilters filters, AccountQuery query)
    {
        Html clear = filters.Any ? $"""<a href="{AccountFilters.Path}">{reader.Say("All accounts")}</a>""" : Html.Empty;
        Html first = query.After is null ? Html.Empty : $"""<a href="{filters.Address()}">{reader.Say("Back to the beginning")}</a>""";
        Html next = page.Next is { } cursor
            ? $"""
              <a href="{filters.Address(cursor: cursor)}" rel="next">{(page.Items.Count == 0
                  ? reader.Say("Go on looking")
                  : reader.Say("Show more"))}</a>
              """
            : Html.Empty;
        var inside = filters is { Search: not null, Inside: false }
            ? $"""
              <a href="{(filters with { Inside = true }).Address()}">{reader.Say(
                  "Search within names too")}</a>
              """
            : Html.Empty;
        return clear.IsEmpty && first.IsEmpty && next.IsEmpty && inside.IsEmpty
            ? Html.Empty
            : $"""<nav class="more" aria-label="{reader.Say("More accounts")}">{first}{next}{inside}{clear}</nav>""";
    }
}
