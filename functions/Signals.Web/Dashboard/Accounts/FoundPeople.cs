using Signals.Core.Daily.PersonFiles;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Core.State.People;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.People;

namespace Signals.Web.Dashboard.Accounts;

/// <summary>
/// People whose name or address begins as what is searched for, with the accounts that they are in. Managers look people up, readers do
/// not; what an account's page shows of its people it shows to both.
/// </summary>
internal sealed class FoundPeople(PeopleList list, PersonFinder people, IEntityStore store, ValueModel model)
{
    private const int MostShown = 10;
    private const int MostRead = 30;
    private const int MostPlaces = 5;
    private const int RowsPerShard = 8;

    /// <summary>Fewer letters begin too many names.</summary>
    private const int LeastChars = 2;

    private readonly AccountRows _rows = new(store);

    public async Task<Html> OfAsync(Reader reader, string? search, CancellationToken cancellationToken)
    {
        if (search is null || search.Trim().Length < LeastChars || !reader.May(DashboardRole.Manager))
            return Html.Empty;
        var (found, isAll) = await FindAsync(search, cancellationToken);
        if (found.Count == 0)
            return isAll
                ? $"""
                    <p class="line quiet" id="people-none">{reader.SayHtml(
                        $"No person’s name or address begins with “{Html.Isolated(search.Trim())}”.")}</p>
                    """
                : Html.Empty;
        Html more = isAll
            ? Html.Empty
            : Html.Of($"""<p class="line quiet">{reader.Say("There are more: write more of the name or address.")}</p>""");
        return $"""
            <section id="people-found"><h2>{reader.Say("People")}</h2>
            <ul class="list">{found.Select(one => Row(reader, one))}</ul>{more}</section>
            """;
    }

    private async Task<(IReadOnlyList<Found> Found, bool IsAll)> FindAsync(string search, CancellationToken cancellationToken)
    {
        var found = new List<Found>();
        var met = new HashSet<PersonKey>();
        int read = 0;
        await foreach (var (person, key) in list.ReadAsync(search, RowsPerShard, cancellationToken))
        {
            if (found.Count == MostShown || read == MostRead)
                return (found, false);
            read++;
            if (met.Contains(person))
                continue;
            if (await LookUpAsync(person, key, cancellationToken) is { } one && met.Add(person))
                found.Add(one);
        }
        return (found, true);
    }

    /// <summary>Null for who is called so no more; a row that leads nowhere is removed.</summary>
    private async Task<Found?> LookUpAsync(PersonKey person, string key, CancellationToken cancellationToken)
    {
        var known = await people.FollowAsync(person, cancellationToken);
        var places = known?.Key == person ? known.Accounts.Where(IsReviewed).ToList() : [];
        var standing = new List<(AccountState Account, PersonState Person)>();
        foreach (var place in places.Take(MostPlaces))
        {
            if (
                await _rows.GetPersonAsync(place, person, cancellationToken) is { } state
                && PeopleList.KeysOf(state).Contains(key)
                && await _rows.GetAccountAsync(place, cancellationToken) is { } account
            )
                standing.Add((account, state));
        }
        if (standing.Count > 0)
            return new Found(standing[0].Person, [.. standing.Select(one => AccountFacts.Of(one.Account, model))]);
        if (places.Count <= MostPlaces)
            await list.RemoveAsync([(person, key)], cancellationToken);
        return null;
    }

    private bool IsReviewed(AccountKey account) => account.IsGroup == (model.Accounts == AccountsMode.Group);

    private static Html Row(Reader reader, Found found)
    {
        string name = PersonName.Of(found.Person),
            id = found.Person.UserId ?? StorageKey.Decode(found.Person.Key.ProvisionalId);
        Html called = reader.May(DashboardRole.Admin)
            ? Html.Of($"""<a href="{PersonPage.Of(id)}">{Html.Isolated(name)}</a>""")
            : Html.Isolated(name);
        Html address = found.Person.Email is { } email && email != name ? Html.Of($" · {Html.Isolated(email)}") : Html.Empty;
        var places = found.Accounts.Select(account =>
            Html.Of($"""<a href="{Links.Account(account.Id)}">{Html.Isolated(account.Name)}</a>""")
        );
        return $"""
            <li><p>{called}<span class="quiet">{address}</span></p><p class="line">{Html.Join(", ", places)}</p></li>
            """;
    }

    private sealed record Found(PersonState Person, IReadOnlyList<AccountFacts> Accounts);
}
