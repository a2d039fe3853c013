using Signals.Core.Accounts;
using Signals.Core.Events;
using Signals.Core.Model;

namespace Signals.Core.Folding;

/// <summary>Finds the account and person of each event, after noting what the batch itself says about who is who.</summary>
public sealed class EventRouter(PersonDirectory directory, ValueModel model)
{
    /// <summary>
    /// Enters the batch's identities into the directory before any event is folded, so that an anonymous event and the identify that
    /// names it may come in one batch without a move.
    /// </summary>
    public async Task LearnAsync(IEnumerable<UsageEvent> events, CancellationToken cancellationToken)
    {
        var learnt = new HashSet<(EventType, string, string)>();
        foreach (var usageEvent in events)
        {
            switch (usageEvent)
            {
                case { Type: EventType.Identify, UserId: { } user, AnonymousId: { } anonymous } when learnt.Add((EventType.Identify, anonymous, user)):
                    await directory.NameAsync(PersonKey.Anonymous(anonymous), anonymous, PersonKey.User(user), cancellationToken).ConfigureAwait(false);
                    break;
                case { Type: EventType.Alias, UserId: { } user, PreviousId: { } previous } when learnt.Add((EventType.Alias, previous, user)):
                    await directory.NameAsync(PersonKey.Anonymous(previous), previous, PersonKey.User(user), cancellationToken).ConfigureAwait(false);
                    await directory.NameAsync(PersonKey.User(previous), previous, PersonKey.User(user), cancellationToken).ConfigureAwait(false);
                    break;
                case { Type: EventType.Group, UserId: { } user, GroupId: { } group } when model.Accounts == AccountsMode.Group:
                    await directory.JoinAsync(
                        PersonKey.User(user), user, AccountKey.Group(group), usageEvent.Timestamp, MessageHash.Of(usageEvent.MessageId), onlyFirst: false,
                        cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    /// <summary>Where one event goes. <paramref name="known"/> collects the own-account rows read on the way.</summary>
    public async ValueTask<(PersonKey Person, AccountKey Account)> RouteAsync(
        UsageEvent usageEvent, IDictionary<AccountKey, AccountState?> known, CancellationToken cancellationToken)
    {
        var person = usageEvent.UserId is { } user ? PersonKey.User(user) : PersonKey.Anonymous(usageEvent.AnonymousId!);
        if (model.Accounts == AccountsMode.Person || usageEvent.GroupId is null)
            return await directory.ResolveAsync(person, usageEvent.Timestamp, known, cancellationToken).ConfigureAwait(false);
        var group = AccountKey.Group(usageEvent.GroupId);
        if (!person.IsAnonymous)
            return (person, group);
        var (named, _) = await directory.ResolveAsync(person, usageEvent.Timestamp, known, cancellationToken).ConfigureAwait(false);
        return (named, group);
    }
}
