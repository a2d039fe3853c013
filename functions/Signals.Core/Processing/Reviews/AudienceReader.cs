using Signals.Core.Response.Planning;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Processing.Reviews;

/// <summary>
/// Reads the people of an account that a message could be for. Who administers an account need not use it much: where none of those read does, some
/// more are read, up to a limit.
/// </summary>
internal sealed class AudienceReader(AccountRows rows)
{
    private const int PageSize = 50;
    private const int MaxPages = 4;

    /// <param name="step">The review.</param>
    /// <param name="causes">What may be written about; nobody is read for nothing.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<PersonState>> ReadAsync(ReviewStep step, IReadOnlyList<FoundCause> causes, CancellationToken cancellationToken)
    {
        if (causes.Count == 0)
            return [];
        var people = new List<PersonState>();
        foreach (string key in step.PeopleToWrite(causes))
        {
            if (step.Loaded(key) is { } loaded)
                people.Add(loaded);
            else if (await rows.GetPersonAsync(step.Account.Key, new PersonKey(key), cancellationToken).ConfigureAwait(false) is { } person)
                people.Add(person);
        }
        bool wantsAdmin = step.MayNeedAdmin(causes);
        string? after = null;
        for (int page = 0; page < MaxPages && step.Account.Key.IsGroup && !people.Exists(Suits); page++)
        {
            var more = await rows.GetPeopleAsync(step.Account.Key, after, PageSize, cancellationToken).ConfigureAwait(false);
            people.AddRange(more.Where(person => !people.Exists(known => known.Key == person.Key)).Select(person => step.Loaded(person.Key.Value) ?? person));
            if (more.Count < PageSize)
                break;
            after = more[^1].Key.Value;
        }
        return people;

        bool Suits(PersonState person) => person.Email is not null && (!wantsAdmin || Audiences.IsAdmin(person));
    }
}
