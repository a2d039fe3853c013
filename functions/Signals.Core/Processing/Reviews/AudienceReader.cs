using Signals.Core.Response.Planning;
using Signals.Core.Response.Reviews;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Processing.Reviews;

/// <summary>
/// Reads the people of an account that a message could be for. Who administers an account need not use it much: where none of those read
/// does, some more are read, up to a limit.
/// </summary>
internal sealed class AudienceReader(AccountRows rows)
{
    private const int PageSize = 50;
    private const int MaxPages = 4;

    /// <param name="found">What may be written about; nobody is read for nothing.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<PersonState>> ReadAsync(AccountFindings found, CancellationToken cancellationToken)
    {
        if (found.Writable.Count == 0 && !found.IsUnblocked)
            return [];
        var account = found.People.Scope.Input.Account.Key;
        var people = new List<PersonState>();
        foreach (string key in found.Candidates)
        {
            if (found.Known.GetValueOrDefault(key) is { } known)
                people.Add(known);
            else if (await rows.GetPersonAsync(account, new PersonKey(key), cancellationToken) is { } person)
                people.Add(person);
        }
        string? after = null;
        for (int page = 0; page < MaxPages && account.IsGroup && found.Writable.Count > 0 && !people.Exists(Suits); page++)
        {
            var more = await rows.GetPeopleAsync(account, after, PageSize, cancellationToken);
            people.AddRange(
                more.Where(person => !people.Exists(known => known.Key == person.Key))
                    .Select(person => found.Known.GetValueOrDefault(person.Key.Value) ?? person)
            );
            if (more.Count < PageSize)
                break;
            after = more[^1].Key.Value;
        }
        return people;

        bool Suits(PersonState person) =>
            person.Email is not null
            && (!found.MayNeedAdmin || Audiences.IsAdmin(person))
            && NoCustomers.RuleOf(person, found.Whole.Model) is null;
    }
}
