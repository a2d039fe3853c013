using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Audit;
using Signals.Core.State.Team;
using Signals.Local.CommandLine;
using Signals.Local.Hosting;
using Signals.Local.Storage;
using Signals.Local.Tests.Storage;

namespace Signals.Local.Tests.CommandLine;

/// <summary><c>signals users</c> on a data folder whose app is stopped.</summary>
public sealed class UsersCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public UsersCommandTests()
    {
        PrivateFiles.Folder(Data);
        LocalKeys.Open(Data);
    }

    private string Data => _folder.File("data");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Somebody_is_added_listed_given_another_role_and_ended()
    {
        await RunAsync("add", "Amelie@Nimbus.example", "--name", "Amélie Durand", "--csm", "amelie");
        Assert.Equal(
            "amelie@nimbus.example\tAmélie Durand\tmanager\tnever seen\tactive\n",
            (await RunAsync("list")).ReplaceLineEndings("\n")
        );
        await RunAsync("role", "amelie@nimbus.example", "admin");
        string links = TeamUsers.LinksPrefix + TeamUsers.IdOf("amelie@nimbus.example");
        using (var before = SqliteDatabase.Open(Data))
            await new SqliteEntityStore(before).CommitAsync(
                PipelineCounters.Table,
                links,
                [EntityOperation.Insert(new Entity(links, "waits"))],
                Cancellation
            );
        await RunAsync("end", "amelie@nimbus.example");
        Assert.EndsWith(
            "admin\tnever seen\tended 2026-03-02\n",
            (await RunAsync("list")).ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
        await RunAsync("add", "amelie@nimbus.example", "--role", "reader");

        using var database = SqliteDatabase.Open(Data);
        var store = new SqliteEntityStore(database);
        Assert.Null(await store.GetAsync(PipelineCounters.Table, links, "waits", Cancellation));
        var user = await new TeamUsers(store, _clock).FindAsync("amelie@nimbus.example", Cancellation);
        Assert.Equal(("amelie@nimbus.example", "reader", true), (user!.Name, user.Role, user.IsActive));
        var entries = (await new AuditLog(store).ReadAsync(null, 10, Cancellation)).Entries;
        Assert.Equal(["user.changed", "user.ended", "user.invited", "user.invited"], entries.Select(entry => entry.Action).Order());
        Assert.All(entries, entry => Assert.Equal(("command-line", "amelie@nimbus.example"), (entry.Who, entry.Subject)));
    }

    [Theory]
    [InlineData("--role: found 'owner', expected reader, manager or admin", "add", "a@nimbus.example", "--role", "owner")]
    [InlineData("address: found 'amelie', expected a mail address such as amelie@company.example", "add", "amelie")]
    [InlineData("found nobody with the address 'a@nimbus.example'; signals users list names those there are", "end", "a@nimbus.example")]
    public async Task What_cannot_be_is_told_in_one_line(string expected, params string[] args)
    {
        var refusal = await Assert.ThrowsAsync<UsageException>(() => RunAsync(args));
        Assert.Equal(expected, refusal.Message);
    }

    private Task<string> RunAsync(params string[] args) => UsersCommand.Create(_clock).OutputOfAsync([.. args, "--data", Data]);
}
