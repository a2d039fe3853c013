using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>
/// What those who wrote are called. It is read when a page is shown and kept nowhere, so that a new name and an erasure show at once.
/// </summary>
internal sealed class VerbatimNames(IEntityStore store)
{
    private const int ReadsAtOnce = 8;

    private readonly AccountRows _rows = new(store);

    /// <summary>A name for each text: an id where the person is not known any more; null where nobody is said to have written it.</summary>
    public async Task<IReadOnlyList<string?>> OfAsync(IReadOnlyList<Verbatim> texts, CancellationToken cancellationToken)
    {
        string?[] names = new string?[texts.Count];
        await Parallel.ForAsync(
            0,
            texts.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, token) => names[i] = texts[i].Person is { } id ? await OfAsync(texts[i].Account, id, token) : null
        );
        return names;
    }

    private async Task<string> OfAsync(string account, string id, CancellationToken cancellationToken)
    {
        var person = PersonKey.User(StorageKey.Decode(id));
        foreach (var key in new[] { AccountKey.Group(account), AccountKey.Own(person) })
        {
            if (await _rows.GetPersonAsync(key, person, cancellationToken) is { } state)
                return PersonName.Of(state);
        }
        return StorageKey.Decode(id);
    }
}
