using System.CommandLine;
using System.Text.Json;
using Signals.Core.Daily.Erasure;
using Signals.Core.Daily.PersonFiles;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>signals accounts export ID</c>, <c>erase ID...</c> and <c>restore ID...</c>: the same for whole accounts, with whoever is in
/// no other.
/// </summary>
public static class AccountsCommand
{
    public static Command Create(TimeProvider clock)
    {
        var verbs = new ErasureVerbs(clock);
        var account = new Argument<string>("id") { Description = "A group id; where everybody is an account, a user id." };
        var export = new Command("export", "Writes all that is known of an account and everybody in it, as JSON.") { account };
        verbs.SetExport(
            export,
            (app, parsed, cancellationToken) => FileOfAsync(app, parsed.GetValue(account)!, verbs.Clock, cancellationToken)
        );
        var accounts = new Argument<string[]>("ids") { Description = "Group ids, or user ids.", Arity = ArgumentArity.ZeroOrMore };
        var erase = new Command("erase", "Forgets accounts with whoever is in no other, and keeps them out.") { accounts };
        verbs.SetErase(erase, accounts, WishAsync);
        var restore = new Command("restore", "Lets accounts that were erased come back.") { accounts };
        verbs.SetRestore(restore, accounts, ids => new ErasureWish { Groups = ids, UserIds = ids });
        return new Command("accounts", "Exports, erases and restores accounts.") { export, erase, restore };
    }

    private static async Task<byte[]> FileOfAsync(StoppedApp app, string id, TimeProvider clock, CancellationToken cancellationToken)
    {
        var account = await FindAsync(app, id, cancellationToken);
        var file = await app.Get<PersonFileReader>().ReadAsync(account, cancellationToken);
        await app.Get<AuditLog>()
            .WriteAsync(new AuditEntry(clock.GetUtcNow(), ErasureVerbs.Who, "account.exported", account.Id), cancellationToken);
        return JsonSerializer.SerializeToUtf8Bytes(file, PersonFileJson.Default.AccountFile);
    }

    private static async Task<ErasureWish> WishAsync(StoppedApp app, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new List<AccountState>();
        foreach (string id in ids)
            found.Add(await FindAsync(app, id, cancellationToken));
        return new ErasureWish
        {
            Groups = [.. found.Where(account => account.Key.IsGroup).Select(account => account.Id)],
            UserIds = [.. found.Where(account => !account.Key.IsGroup).Select(account => account.Id)],
        };
    }

    private static async Task<AccountState> FindAsync(StoppedApp app, string id, CancellationToken cancellationToken)
    {
        var rows = new AccountRows(app.Get<IEntityStore>());
        if (await rows.GetAccountAsync(AccountKey.Group(id), cancellationToken) is { } group)
            return group;
        return
            await app.Get<PersonFinder>().FollowAsync(PersonKey.User(id), cancellationToken) is { } person
            && await rows.GetAccountAsync(AccountKey.Own(person.Key), cancellationToken) is { IsHome: true } own
            ? own
            : throw ErasureVerbs.Nobody(id);
    }
}
