using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>
/// What those who wrote are called and where mail reaches them. It is read when a page is shown and kept nowhere, so that a new name and an
/// erasure show at once.
/// </summary>
internal sealed class Authors(IEntityStore store)
{
    private const int ReadsAtOnce = 8;

    private readonly AccountRows _rows = new(store);

    /// <summary>Each author: an id where the person is not known any more; null where nobody is said to have written.</summary>
    /// <param name="authors">The account's id, and the person's as it stands in keys.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<Author?>> OfAsync(
        IReadOnlyList<(string Account, string? Person)> authors,
        CancellationToken cancellationToken
    )
    {
        var found = new Author?[authors.Count];
        await Parallel.ForAsync(
            0,
            authors.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, token) => found[i] = authors[i].Person is { } id ? await OfAsync(authors[i].Account, id, token) : null
        );
        return found;
    }

    private async Task<Author> OfAsync(string account, string id, CancellationToken cancellationToken)
    {
        var person = PersonKey.User(StorageKey.Decode(id));
        foreach (var key in new[] { AccountKey.Group(account), AccountKey.Own(person) })
        {
            if (await _rows.GetPersonAsync(key, person, cancellationToken) is { } state)
                return new Author(
                    PersonName.Of(state),
                    Mailbox.Parse(state.Profile[Traits.Email]) is { IsPlain: true } mailbox ? mailbox.Address : null
                );
        }
        return new Author(StorageKey.Decode(id), null);
    }
}

/// <summary>Somebody who wrote.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="Email">Where mail reaches them; null where it is not known.</param>
internal sealed record Author(string Name, string? Email);
