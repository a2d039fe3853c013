using System.CommandLine;
using System.Text.Json;
using Signals.Core.Daily.Erasure;
using Signals.Core.Daily.PersonFiles;
using Signals.Core.Platform.Addresses;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>signals people export ID</c>, <c>erase ID...</c> and <c>restore ID...</c>: what is known of somebody, their erasure and their return,
/// on a data folder whose app is stopped.
/// </summary>
public static class PeopleCommand
{
    public static Command Create(TimeProvider clock)
    {
        var verbs = new ErasureVerbs(clock);
        var person = new Argument<string>("id") { Description = "A user id, an anonymous id or a mail address." };
        var export = new Command("export", "Writes all that is known of a person, as JSON.") { person };
        verbs.SetExport(
            export,
            (app, parsed, cancellationToken) => FileOfAsync(app, parsed.GetValue(person)!, verbs.Clock, cancellationToken)
        );
        var people = new Argument<string[]>("ids")
        {
            Description = "User ids, anonymous ids or mail addresses.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var erase = new Command("erase", "Forgets people, and keeps them out.") { people };
        verbs.SetErase(erase, people, WishAsync);
        var restore = new Command("restore", "Lets people who were erased come back.") { people };
        verbs.SetRestore(restore, people, ids => new ErasureWish { UserIds = ids, AnonymousIds = ids });
        return new Command("people", "Exports, erases and restores people.") { export, erase, restore };
    }

    private static async Task<byte[]> FileOfAsync(StoppedApp app, string id, TimeProvider clock, CancellationToken cancellationToken)
    {
        var found = await app.Get<PersonFinder>().FindAsync(id, cancellationToken) switch
        {
            [] => throw ErasureVerbs.Nobody(id),
            [var one] => one,
            var several => throw new UsageException(
                $"found {several.Count} people at {id}, expected one: "
                    + string.Join(", ", several.Take(10).Select(person => person.Key.ProvisionalId))
            ),
        };
        var file = await app.Get<PersonFileReader>().ReadAsync(found, cancellationToken);
        await app.Get<AuditLog>()
            .WriteAsync(new AuditEntry(clock.GetUtcNow(), ErasureVerbs.Who, "person.exported", file.Id), cancellationToken);
        return JsonSerializer.SerializeToUtf8Bytes(file, PersonFileJson.Default.PersonFile);
    }

    /// <summary>As the API finds them: an address that nobody is found at is erased all the same, for it may stand anywhere.</summary>
    private static async Task<ErasureWish> WishAsync(StoppedApp app, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        List<string> users = [],
            anonymous = [],
            addresses = [];
        foreach (string id in ids)
        {
            var list =
                await app.Get<PersonFinder>().FollowAsync(PersonKey.User(id), cancellationToken) is not null ? users
                : await app.Get<PersonFinder>().FollowAsync(PersonKey.Anonymous(id), cancellationToken) is not null ? anonymous
                : Mailbox.Parse(id) is not null ? addresses
                : throw ErasureVerbs.Nobody(id);
            list.Add(id);
        }
        return new ErasureWish
        {
            UserIds = users,
            AnonymousIds = anonymous,
            Addresses = addresses,
        };
    }
}
