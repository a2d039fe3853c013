using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;

namespace Signals.Web.Api;

/// <summary>Finds an account by its id as the customer sent it: a group id or a user id.</summary>
internal sealed class AccountFinder(IEntityStore store, ValueModel model)
{
    private const int MaxHops = 4;

    private readonly AccountRows _rows = new(store);

    /// <summary>Throws <see cref="ApiRefusal"/> when there is no such account.</summary>
    public async Task<AccountState> GetAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw ApiRefusal.NotFound("account", id);

    public async Task<AccountState?> FindAsync(string id, CancellationToken cancellationToken)
    {
        AccountKey group = AccountKey.Group(id),
            own = AccountKey.Own(PersonKey.User(id));
        foreach (var key in model.Accounts == AccountsMode.Group ? [group, own] : new[] { own, group })
        {
            if (await FollowAsync(key, cancellationToken) is { } account)
                return account;
        }
        return null;
    }

    /// <summary>
    /// A person who was renamed is found under the new id; one whose history moved to a group has no account of their own any more.
    /// </summary>
    private async Task<AccountState?> FollowAsync(AccountKey key, CancellationToken cancellationToken)
    {
        for (int hop = 0; hop < MaxHops; hop++)
        {
            if (await _rows.GetAccountAsync(key, cancellationToken) is not { } account)
                return null;
            if (account.Key.IsGroup || account.IsHome)
                return account;
            if (account.NamedAs is not { } named)
                return null;
            key = AccountKey.Own(named);
        }
        return null;
    }
}
