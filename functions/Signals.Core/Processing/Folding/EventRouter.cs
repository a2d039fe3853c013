using Signals.Core.Intake.Doors;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Processing.Folding;

/// <summary>Finds the account and person of each event, after noting what the batch itself says of who is who.</summary>
public sealed class EventRouter(PersonDirectory directory, ValueModel model)
{
    /// <summary>
    /// Enters what an event says of who is who into the directory. Done for a whole batch before any of it is folded, so that an anonymous
    /// event and the identify that names it may come in one batch without a move. <paramref name="learnt"/> holds what the batch said
    /// before.
    /// </summary>
    public async Task LearnAsync(UsageEvent usageEvent, ISet<(EventType, string, string)> learnt, CancellationToken cancellationToken)
    {
        await LearnAddressAsync(usageEvent, learnt, cancellationToken);
        switch (usageEvent)
        {
            case { FromBrowser: true, AnonymousId: { } claimed } when DoorIds.Is(claimed):
                // Ids of other services can be guessed.
                break;
            case { Type: EventType.Identify, UserId: { } user, AnonymousId: { } anonymous }
                when learnt.Add((EventType.Identify, anonymous, user)):
                await directory.NameAsync(
                    PersonKey.Anonymous(anonymous),
                    anonymous,
                    PersonKey.User(user),
                    cancellationToken,
                    keepsGroup: usageEvent.FromService
                );
                break;
            case { FromService: true, Type: EventType.Alias, UserId: null, AnonymousId: { } mail, PreviousId: { } link }
                when learnt.Add((EventType.Alias, link, mail)):
                await directory.NameAsync(PersonKey.Anonymous(link), link, PersonKey.Anonymous(mail), cancellationToken, keepsGroup: true);
                break;
            case { FromService: true, Type: EventType.Group, UserId: null, AnonymousId: { } link, GroupId: { } group }
                when model.Accounts == AccountsMode.Group:
                await directory.LinkAsync(
                    PersonKey.Anonymous(link),
                    link,
                    AccountKey.Group(group),
                    usageEvent.Timestamp,
                    MessageHash.Of(usageEvent.MessageId),
                    cancellationToken
                );
                break;
            case { Type: EventType.Alias, UserId: { } user, PreviousId: { } previous } when learnt.Add((EventType.Alias, previous, user)):
                await directory.NameAsync(PersonKey.Anonymous(previous), previous, PersonKey.User(user), cancellationToken);
                // An anonymous id is known to the browser that made it; a user's id to many: with a public key nobody becomes somebody
                // else.
                if (!usageEvent.FromBrowser)
                    await directory.NameAsync(PersonKey.User(previous), previous, PersonKey.User(user), cancellationToken);
                break;
            case { Type: EventType.Group, UserId: { } user, GroupId: { } group } when model.Accounts == AccountsMode.Group:
                await directory.JoinAsync(
                    PersonKey.User(user),
                    AccountKey.Group(group),
                    usageEvent.Timestamp,
                    MessageHash.Of(usageEvent.MessageId),
                    usageEvent.FromBrowser,
                    cancellationToken
                );
                break;
        }
    }

    /// <summary>
    /// Whose an address is, by what the product's servers call a user: what other services tell of the address is theirs. Nobody asks where
    /// no other service tells anything.
    /// </summary>
    private async Task LearnAddressAsync(
        UsageEvent usageEvent,
        ISet<(EventType, string, string)> learnt,
        CancellationToken cancellationToken
    )
    {
        if (
            model.Doors.Count == 0
            || usageEvent is not { Type: EventType.Identify, UserId: { } user, FromBrowser: false, FromService: false }
            || Mailbox.Parse(AddressIn(usageEvent) ?? user) is not { } mailbox
        )
            return;
        string mail = DoorIds.OfMail(mailbox);
        if (learnt.Add((EventType.Identify, mail, user)))
            await directory.NameAsync(PersonKey.Anonymous(mail), mail, PersonKey.User(user), cancellationToken);
    }

    private static string? AddressIn(UsageEvent usageEvent)
    {
        var reader = new PayloadReader(usageEvent.Payload);
        while (reader.Next())
        {
            if (reader.Is(Traits.Email))
                return reader.Text();
        }
        return null;
    }

    /// <summary>
    /// Where one event goes. A user's event that names its group goes there unasked, unless <paramref name="resolveUsers"/>: the fold finds
    /// out by itself that a user was aliased. <paramref name="known"/> collects the own-account rows read on the way.
    /// </summary>
    public async ValueTask<(PersonKey Person, AccountKey Account)> RouteAsync(
        UsageEvent usageEvent,
        bool resolveUsers,
        IDictionary<AccountKey, AccountState?> known,
        CancellationToken cancellationToken
    )
    {
        var person = usageEvent.UserId is { } user ? PersonKey.User(user) : PersonKey.Anonymous(usageEvent.AnonymousId!);
        if (model.Accounts == AccountsMode.Person || usageEvent.GroupId is null)
            return await directory.ResolveAsync(person, usageEvent.Timestamp, known, cancellationToken);
        var group = AccountKey.Group(usageEvent.GroupId);
        if (!person.IsAnonymous && !resolveUsers)
            return (person, group);
        var (named, _) = await directory.ResolveAsync(person, usageEvent.Timestamp, known, cancellationToken);
        return (named, group);
    }
}
