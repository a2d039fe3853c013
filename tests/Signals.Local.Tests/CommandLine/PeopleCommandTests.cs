using System.CommandLine;
using System.Text.Json;
using Signals.Core.Daily.Erasure;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Erasure;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;
using Signals.Local.CommandLine;
using Signals.Local.Storage;
using Signals.Local.Tests.Storage;
using Signals.Testing.Folding;

namespace Signals.Local.Tests.CommandLine;

/// <summary><c>signals people</c> and <c>signals accounts</c> on a data folder whose app is stopped.</summary>
public sealed class PeopleCommandTests : IDisposable
{
    private const string Model = """
        { "product": "Nimbus", "accounts": "group", "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "amount": 5 }] } }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private string Data => _folder.File("data");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_person_is_exported_erased_and_let_in_again()
    {
        await GivenAnnAndBobAsync();
        string path = _folder.File("ann.json");

        await RunAsync(PeopleCommand.Create(_clock), "export", "ANN@customer.example", "-o", path);
        using (var file = JsonDocument.Parse(await File.ReadAllBytesAsync(path, Cancel)))
            Assert.Equal(
                ("ann", "acme"),
                (
                    file.RootElement.GetProperty("id").GetString(),
                    file.RootElement.GetProperty("accounts")[0].GetProperty("account").GetString()
                )
            );
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));

        var unsure = await Assert.ThrowsAsync<UsageException>(() => RunAsync(PeopleCommand.Create(_clock), "erase", "ann"));
        Assert.Equal("found 1 person to forget, and no --yes: nothing was done", unsure.Message);
        await LookAsync(async app => Assert.NotNull(await PersonAsync(app, "ann")));

        Assert.StartsWith("1 person forgotten: ", await RunAsync(PeopleCommand.Create(_clock), "erase", "ann", "--yes"));
        await LookAsync(async app =>
        {
            Assert.Null(await PersonAsync(app, "ann"));
            Assert.NotNull(await PersonAsync(app, "bob"));
            var request = Assert.Single(await app.Get<ErasureBook>().ReadAsync(Cancel).ToListAsync(Cancel));
            Assert.Equal((ErasureState.Erasing, 1, "command-line"), (request.State, request.Walks, request.AskedBy));
            await app.Get<ErasedIds>().RefreshAsync(Cancel);
            Assert.True(app.Get<ErasedIds>().Contains(PersonKey.User("ann")));
        });

        string restored = await RunAsync(PeopleCommand.Create(_clock), "restore", "ann", "ann@customer.example");
        Assert.StartsWith("2 ids and addresses may come back", restored);
        await LookAsync(async app =>
            Assert.Equal(
                ["person.erased", "person.exported", "person.restored"],
                (await app.Get<AuditLog>().ReadAsync(null, 10, Cancel)).Entries.Select(entry => entry.Action).Order(StringComparer.Ordinal)
            )
        );
    }

    [Fact]
    public async Task An_account_is_exported_and_erased_with_its_people_and_many_come_from_a_file()
    {
        await GivenAnnAndBobAsync();
        Assert.Contains("\"acme\"", await RunAsync(AccountsCommand.Create(_clock), "export", "acme"), StringComparison.Ordinal);
        string csv = _folder.File("leavers.csv");
        await File.WriteAllTextAsync(csv, "email\nann@customer.example\n", Cancel);

        await RunAsync(PeopleCommand.Create(_clock), "erase", "--file", csv, "--yes");
        await LookAsync(async app => Assert.Null(await PersonAsync(app, "ann")));
        await RunAsync(AccountsCommand.Create(_clock), "erase", "acme", "--yes");

        await LookAsync(async app =>
        {
            Assert.Null(await PersonAsync(app, "bob"));
            Assert.Null(await Rows(app).GetAccountAsync(AccountKey.Group("acme"), Cancel));
        });
    }

    [Fact]
    public async Task What_cannot_be_is_told_in_one_line()
    {
        await GivenAnnAndBobAsync();
        string odd = _folder.File("odd.csv");
        await File.WriteAllTextAsync(odd, "shoe_size\n43\n", Cancel);

        foreach (
            var (expected, args) in new (string, string[])[]
            {
                ("found nobody that is called zoe", ["export", "zoe"]),
                ("found nobody that is called zoe", ["erase", "ann", "zoe", "--yes"]),
                ("found nobody to look for, or ids and --file: expected one of the two", ["erase", "--yes"]),
                (
                    $"{odd}: found no column that is known, expected user_id, anonymous_id, email or account",
                    ["erase", "--file", odd, "--yes"]
                ),
            }
        )
        {
            var refusal = await Assert.ThrowsAsync<UsageException>(() => RunAsync(PeopleCommand.Create(_clock), args));
            Assert.Equal(expected, refusal.Message);
        }
        await LookAsync(async app => Assert.NotNull(await PersonAsync(app, "ann")));
        File.Delete(Path.Combine(Data, "model.json"));
        var noModel = await Assert.ThrowsAsync<UsageException>(() => RunAsync(PeopleCommand.Create(_clock), "export", "ann"));
        Assert.EndsWith("expected the app's value model", noModel.Message);
    }

    private static AccountRows Rows(StoppedApp app) => new(app.Get<Core.Platform.Storage.IEntityStore>());

    private static Task<Core.State.People.PersonState?> PersonAsync(StoppedApp app, string id) =>
        Rows(app).GetPersonAsync(AccountKey.Group("acme"), PersonKey.User(id), Cancel).AsTask();

    private async Task GivenAnnAndBobAsync()
    {
        PrivateFiles.Folder(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "model.json"), Model, Cancel);
        await LookAsync(async app =>
        {
            var now = _clock.GetUtcNow();
            var fold = app.Get<IEnumerable<IMessageHandler>>().Single(handler => handler.Queue == QueueNames.Usage);
            var batch = new EventBatch(
                [
                    EventOf.Identify("ann", now, new { email = "ann@customer.example" }, group: "acme"),
                    EventOf.Track("ann", "Report Shared", now, group: "acme"),
                    EventOf.Track("bob", "Report Shared", now, group: "acme"),
                ],
                []
            );
            var queue = app.Get<IMessageQueue>();
            await queue.SendAsync(QueueNames.Usage, EventBatchCodec.Pack(batch, now), Cancel);
            var received = await queue.ReceiveAsync(QueueNames.Usage, 10, TimeSpan.FromMinutes(1), Cancel);
            var settled = await fold.HandleAsync(received, Cancel);
            await queue.SettleAsync([.. received.Zip(settled, (message, settlement) => new SettledMessage(message, settlement))], Cancel);
        });
    }

    private async Task LookAsync(Func<StoppedApp, Task> look)
    {
        await using var app = await StoppedApp.OpenAsync(Data, null, _clock, Cancel);
        await look(app);
    }

    private Task<string> RunAsync(Command command, params string[] args) => command.OutputOfAsync([.. args, "--data", Data]);
}
