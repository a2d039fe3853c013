using Signals.Core.Daily.PersonFiles;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Daily.Erasure;

/// <summary>
/// Of whom nothing was heard since a moment, by the times of their events. Some stay whatever their silence: whoever has part in an
/// experiment that is not over, and an account that pays, whose contract or trial goes on, or whose messages somebody holds.
/// </summary>
public sealed class Silence(IEntityStore store, PersonFinder finder, ValueModel model, TimeProvider clock)
{
    private const int PageSize = 100;

    private readonly AccountRows _rows = new(store);

    /// <summary>True for a person who may go: silent in every account that they are in.</summary>
    public async Task<bool> IsSilentAsync(PersonKey person, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // An id that turned out to be somebody else's is theirs, and goes with them.
        if (await finder.FollowAsync(person, cancellationToken) is not { } found || found.Key != person)
            return false;
        foreach (var account in found.Accounts)
        {
            if (await _rows.GetPersonAsync(account, person, cancellationToken) is { } state && !IsSilent(state, since))
                return false;
        }
        var entry = await _rows.GetAccountAsync(AccountKey.Own(person), cancellationToken);
        return entry is not null && !IsBroken(entry, since) && (model.Accounts == AccountsMode.Group || !Stays(entry));
    }

    /// <summary>True for a group that may go, with all its people silent.</summary>
    public async Task<bool> IsSilentAsync(AccountKey group, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (await _rows.GetAccountAsync(group, cancellationToken) is not { } account || IsBroken(account, since) || Stays(account))
            return false;
        string? after = null;
        while (await _rows.GetPeopleAsync(group, after, PageSize, cancellationToken) is { Count: > 0 } people)
        {
            if (!people.All(person => IsSilent(person, since)))
                return false;
            after = people[^1].Key.Value;
        }
        return true;
    }

    /// <summary>True when something was heard of a person since; false where nobody has to be silent.</summary>
    public static bool IsBroken(PersonState person, DateTimeOffset? since) => person.HeardOfAt >= since;

    public static bool IsBroken(AccountState account, DateTimeOffset since) => account.HeardOfAt >= since;

    /// <summary>
    /// True when something new was heard of whom a request takes for silent: they are back, and nothing more of them goes.
    /// </summary>
    internal async Task<bool> IsBrokenAsync(ErasureSubject subject, CancellationToken cancellationToken)
    {
        if (subject.SilentSince is not { } since)
            return false;
        foreach (string person in subject.People)
            subject.CameBack = subject.CameBack || await IsHeardOfAsync(new PersonKey(person), subject, since, cancellationToken);
        foreach (string group in subject.Accounts)
        {
            subject.CameBack =
                subject.CameBack
                || (await _rows.GetAccountAsync(new AccountKey(group), cancellationToken) is { } account && IsBroken(account, since));
        }
        return subject.CameBack;
    }

    private async Task<bool> IsHeardOfAsync(
        PersonKey person,
        ErasureSubject subject,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var own = AccountKey.Own(person);
        var entry = await _rows.GetAccountAsync(own, cancellationToken);
        if (entry is not null && IsBroken(entry, since))
            return true;
        var places = subject.Places.Concat(entry?.Groups ?? []).Select(place => new AccountKey(place)).Append(own).Distinct();
        foreach (var place in places)
        {
            if (await _rows.GetPersonAsync(place, person, cancellationToken) is { } state && IsBroken(state, since))
                return true;
        }
        return false;
    }

    private bool IsSilent(PersonState person, DateTimeOffset since) =>
        !IsBroken(person, since)
        && person.Outreach.TrueForAll(message =>
            CauseCatalogue.Find(message.Cause) is null
            || message.PlannedAt.AddDays(model.PlaybookFor(message.Cause).GoalDays) <= clock.GetUtcNow()
        );

    private bool Stays(AccountState account)
    {
        var now = clock.GetUtcNow();
        var facts = AccountFacts.Of(account, model);
        return facts.RenewalAt > now
            || facts.TrialEndsAt > now
            || account.Hold?.StandsAt(now) == true
            || (facts.Price > 0 && account.Review?.Left != true);
    }
}
