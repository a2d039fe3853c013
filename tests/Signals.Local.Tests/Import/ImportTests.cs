using System.Diagnostics;
using System.Globalization;
using Signals.Core.Daily.Figures;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Local.Storage;
using Signals.Local.Tests.EndToEnd;
using Signals.Local.Tests.Storage;

namespace Signals.Local.Tests.Import;

/// <summary><c>signals import</c>, as a process of its own: into a resting folder, into a running app, killed, and gone on with.</summary>
public sealed class ImportTests : IDisposable
{
    private const int People = 300;
    private const int EventsOfPerson = 40;
    private const string Model = """
        { "product": "Door", "accounts": "group",
          "value": { "unit": "minutes", "from": [{ "event": "Video Watched", "property": "seconds", "scale": 0.0166667 }], "floor": { "amount": 15, "days": 30 } },
          "plans": { "pro": { "price": 20 } } }
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_ten_times_it_counts_every_event_once()
    {
        var (events, lines) = await GivenEventsAsync();
        var random = new Random(11);
        int kills = 0;
        for (int attempt = 0; attempt < 60 && kills < 10; attempt++)
        {
            // Where it is killed moves through the whole import, however fast the machine is: by what it left on the disk, and by chance.
            if (await KilledAsync(TimeSpan.FromMilliseconds(random.Next(250, 2_500)), events))
                kills++;
            else
                break;
        }

        var (code, output) = await RunAsync("import", events, "--data", Data, "--model", ModelFile());

        Assert.True(kills > 0, "It was never killed.");
        // Whoever was not killed in time has ended: then the file is known.
        Assert.True(code == 0 || output.Contains("was imported on", StringComparison.Ordinal), output);
        var (folded, people, counts) = await StateAsync();
        Assert.Equal(lines, folded);
        Assert.Equal(People, people);
        Assert.All(counts, count => Assert.Equal(EventsOfPerson, count));
        Assert.False(Directory.Exists(Path.Combine(Data, "import")));
    }

    [Fact]
    public async Task What_was_imported_is_there_as_if_it_had_always_been_and_nobody_is_written_to()
    {
        var (events, lines) = await GivenEventsAsync();

        var (code, output) = await RunAsync("import", events, "--data", Data, "--model", ModelFile());

        Assert.True(code == 0, output);
        Assert.Contains($"{lines:#,##0} folded, 0 known before", output, StringComparison.Ordinal);
        Assert.Contains("Next: signals serve", output, StringComparison.Ordinal);
        await ShouldBeThereAsync();

        var (again, refusal) = await RunAsync("import", events, "--data", Data, "--model", ModelFile());
        Assert.Equal(2, again);
        Assert.Contains("--again imports it all the same", refusal, StringComparison.Ordinal);
    }

    private async Task ShouldBeThereAsync()
    {
        using var database = SqliteDatabase.Open(Data);
        var store = new SqliteEntityStore(database);
        int today = Days.Of(DateTimeOffset.UtcNow);
        var days = await new FigureBook(store, TimeProvider.System).ReadAsync(today - 100, today, Cancel);
        Assert.True(days.Count >= 60, $"{days.Count} days");
        Assert.Equal(30, days[^1].Customers);
        Assert.NotEmpty((await new AccountRows(store).GetAccountAsync(AccountKey.Group("g3"), Cancel))!.Review!.Trail.Points);
        Assert.Empty(await new OutreachLists(new ShardedList(store)).ReadAsync(null, null, 10, Cancel).ToListAsync(Cancel));
        Assert.Empty(Directory.EnumerateFiles(Data, "*.eml", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Faults_are_listed_with_file_and_line_and_the_rest_is_taken()
    {
        string path = _folder.File("odd.ndjson");
        await File.WriteAllTextAsync(
            path,
            """
            {"type":"track","userId":"ann","event":"Video Watched","timestamp":"2026-01-05T10:00:00Z","properties":{"seconds":60}}
            {"type":"track","event":"Video Watched","timestamp":"2026-01-05T10:00:00Z"}
            {"type":"track","userId":"ann","event":"Video Watched"}
            {"type":"tr
            """,
            Cancel
        );

        var (code, output) = await RunAsync("import", path, "--data", Data, "--model", ModelFile());

        Assert.Equal(1, code);
        Assert.Contains($"{path}:2: userId: found nothing, expected a userId or an anonymousId", output, StringComparison.Ordinal);
        Assert.Contains(
            $"{path}:3: timestamp: found none, or one still to come, expected when it happened",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains($"{path}:4: event: found JSON that cannot be read", output, StringComparison.Ordinal);
        Assert.Equal(3, (await File.ReadAllLinesAsync(Directory.EnumerateFiles(Data, "import-faults-*.txt").Single(), Cancel)).Length);
        Assert.Equal(1, (await StateAsync()).Folded);
    }

    [Fact]
    public async Task A_table_is_guessed_and_shown_and_taken_when_somebody_says_so()
    {
        string path = _folder.File("use.csv");
        await File.WriteAllTextAsync(path, "User ID;Action;When;Company;seconds\nann;Video Watched;2026-01-05 10:00;acme;600\n", Cancel);

        var (asked, output) = await RunAsync("import", path, "--data", Data, "--model", ModelFile());
        Assert.Equal(2, asked);
        Assert.Contains("--map \"userId=User ID,groupId=Company,event=Action,timestamp=When\"", output, StringComparison.Ordinal);
        Assert.Contains("give --yes", output, StringComparison.Ordinal);

        (int code, output) = await RunAsync("import", path, "--data", Data, "--model", ModelFile(), "--yes");
        Assert.True(code == 0, output);
        Assert.Equal(1, (await StateAsync()).Folded);
    }

    [Fact]
    public async Task An_app_that_runs_takes_it_in_through_its_door()
    {
        var (events, lines) = await GivenEventsAsync();
        await using var app = await SignalsProcess.ServeAsync(Data, ModelFile(), Cancel);

        var (code, output) = await RunAsync("import", events, "--data", Data, "--key", SignalsProcess.WriteKey);

        Assert.True(code == 0, output);
        Assert.Contains($"runs at {app.Address}", output, StringComparison.Ordinal);
        Assert.Equal(new PipelineCounts(lines, lines, 0, 0, 0, 0), await app.DrainedAsync(Cancel));

        (code, output) = await RunAsync(
            "import",
            events,
            "--to",
            app.Address.ToString(),
            "--key",
            SignalsProcess.WriteKey,
            "--work",
            _folder.File("work")
        );
        Assert.True(code == 0, output);
        Assert.Equal((lines, lines), await app.DrainedAsync(Cancel) is var counts ? (counts.Folded, counts.Duplicates) : default);

        (code, output) = await RunAsync(
            "import",
            events,
            "--to",
            app.Address.ToString(),
            "--key",
            "wrong",
            "--work",
            _folder.File("other")
        );
        Assert.Equal(2, code);
        Assert.Contains("does not know the write key", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_alone_changes_nothing()
    {
        var (events, _) = await GivenEventsAsync();

        var (code, output) = await RunAsync("import", events, "--data", Data, "--model", ModelFile(), "--check");

        Assert.True(code == 0, output);
        Assert.Contains("Nothing was imported", output, StringComparison.Ordinal);
        Assert.Equal(0, (await StateAsync()).Folded);
    }

    private async Task<(string Path, long Lines)> GivenEventsAsync()
    {
        string path = _folder.File("events.ndjson");
        var random = new Random(5);
        var start = new DateTimeOffset(DateTime.UtcNow.Date.AddDays(-90), TimeSpan.Zero);
        var lines = new List<string>();
        for (int person = 0; person < People; person++)
        {
            lines.Add(Line($"g{person}", "group", person, start, $"\"groupId\":\"g{person % 30}\",\"traits\":{{\"plan\":\"pro\"}}"));
            for (int i = 0; i < EventsOfPerson; i++)
            {
                var at = start.AddMinutes(random.Next(60 * 24 * 85) + 60);
                lines.Add(
                    Line(
                        $"m{person}-{i}",
                        "track",
                        person,
                        at,
                        $"\"event\":\"Video Watched\",\"properties\":{{\"seconds\":{random.Next(900)}}}"
                    )
                );
            }
        }
        string[] mixed = [.. lines];
        random.Shuffle(mixed);
        await File.WriteAllLinesAsync(path, mixed, Cancel);
        return (path, mixed.Length);

        static string Line(string id, string type, int person, DateTimeOffset at, string more) =>
            $$"""{"type":"{{type}}","messageId":"{{id}}","userId":"u{{person}}","timestamp":"{{at.ToString("O", CultureInfo.InvariantCulture)}}",{{more}}}""";
    }

    private string ModelFile()
    {
        string path = _folder.File("model.json");
        File.WriteAllText(path, Model);
        return path;
    }

    /// <summary>Events folded, people with events, and how many events each of them has.</summary>
    private async Task<(long Folded, int People, List<long> Counts)> StateAsync()
    {
        using var database = SqliteDatabase.Open(Data);
        var store = new SqliteEntityStore(database);
        var rows = new AccountRows(store);
        var counts = new List<long>();
        for (int group = 0; group < 30; group++)
        {
            foreach (var person in await rows.GetPeopleAsync(AccountKey.Group($"g{group}"), null, 1_000, Cancel))
                counts.Add(person.History.Names.Sum(name => name.Count));
        }
        return ((await new PipelineCounters(store, TimeProvider.System).GetAsync(Cancel)).Folded, counts.Count, counts);
    }

    /// <summary>True when it was killed; false when it had ended before.</summary>
    private async Task<bool> KilledAsync(TimeSpan after, string events)
    {
        using var process = Start("import", events, "--data", Data, "--model", ModelFile());
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(after);
        await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (process.HasExited)
            return false;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(Cancel);
        await output;
        return true;
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output + await errors);
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "signals.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The command did not start.");
        process.StandardInput.Close();
        return process;
    }
}
