using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Messages;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Response.Alerts;

/// <summary>
/// Whom to talk to about an alert, by name: the people its first cause is about, then who decides, then who uses it most, then who has
/// trouble. Who left is nobody to talk to: where it is they whom the cause is about, first comes who could take over.
/// </summary>
public sealed class AlertContacts(IEntityStore store)
{
    private const int Most = 2;

    /// <summary>People that are read for it, at most.</summary>
    private const int MostRead = 4;

    private readonly AccountRows _accounts = new(store);

    public async Task<IReadOnlyList<MessageContact>> OfAsync(AccountState account, Alert alert, CancellationToken cancellationToken)
    {
        var found = new List<MessageContact>();
        foreach (string person in Candidates(account, alert).Distinct(StringComparer.Ordinal).Take(MostRead))
        {
            if (
                await _accounts.GetPersonAsync(account.Key, new PersonKey(person), cancellationToken) is { } state
                && Name(state) is { } name
            )
                found.Add(new MessageContact(person, name));
            if (found.Count == Most)
                break;
        }
        return found;
    }

    private static IEnumerable<string> Candidates(AccountState account, Alert alert)
    {
        if (account.Review is not { } review)
            return [];
        var causes = review.Assessment.Causes;
        var primary = causes.FirstOrDefault(cause => alert.Causes.Count > 0 && cause.Id == alert.Causes[0].Id);
        var departures = causes.Where(cause => cause.Id == CauseIds.ChampionLeft).ToList();
        HashSet<string> gone =
        [
            .. departures.SelectMany(cause => cause.People ?? []),
            .. review.People.Carriers.Where(carrier => carrier.Departure is not null).Select(carrier => carrier.Person),
        ];
        string[] candidates =
        [
            .. departures.Where(cause => cause == primary).SelectMany(cause => cause.Evidence).Select(line => line.Person).OfType<string>(),
            .. primary?.People ?? [],
            .. review.People.Deciders,
            .. review.People.Leaders.Select(leader => leader.Person),
            .. review.People.Telling.Select(telling => telling.Person),
        ];
        return candidates.Where(person => !gone.Contains(person));
    }

    /// <summary>"Noah Reyes, owner (noah@acme.example)"; null for whom neither name nor address is known.</summary>
    private static string? Name(PersonState person)
    {
        string? name = person.Profile[Traits.Name]?.Trim();
        string called = string.IsNullOrEmpty(name) ? person.Email ?? "" : name;
        if (called.Length == 0)
            return null;
        string role = person.Profile[Traits.Role] is { Length: > 0 } known ? $", {known}" : "";
        return person.Email is { } email && email != called ? $"{called}{role} ({email})" : called + role;
    }
}
