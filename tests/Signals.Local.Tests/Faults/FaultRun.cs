using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Signals.Local.Storage;
using Signals.Testing;

namespace Signals.Local.Tests.Faults;

/// <summary>
/// The built app in a process of its own, while senders send, and what a seed has happen to it: killed, killed with a torn end of the log,
/// paused, stopped, started twice on one folder, its clock set ahead, its disk filled. At the end everything it said it had must be folded,
/// once, and nothing that was never sent.
/// </summary>
internal sealed class FaultRun : IDisposable
{
    private const string WriteKey = "faults";
    private const string Token = "faults-faults-faults";

    /// <summary>More than the log grows to before it is written back; a full log leaves no room to do so.</summary>
    private const string DiskSize = "192m";
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    /// <summary>Shorter than a lease: what a fault kept from being settled does not wait for the lease's end.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(50);

    private static readonly Lazy<bool> MayMount = new(TryMount);

    private readonly int _seed;
    private readonly Random _random;
    private readonly string _folder = Directory.CreateTempSubdirectory("signals-faults-").FullName;
    private readonly string?[] _address = [null];
    private readonly FaultSender _sender;
    private readonly StringBuilder _story = new();
    private readonly bool _hasOwnDisk;
    private BuiltApp? _app;

    public FaultRun(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        _sender = new FaultSender(seed, WriteKey, _address);
        Directory.CreateDirectory(Data);
        _hasOwnDisk = _random.Next(4) == 0 && MayMount.Value;
        if (_hasOwnDisk)
            Run("mount", "-t", "tmpfs", "-o", "size=" + DiskSize, "tmpfs", Data);
        File.WriteAllText(
            Model,
            """{ "product": "Faults", "value": { "unit": "minutes", "from": [{ "event": "Watched", "property": "seconds", "scale": 0.0166667 }] } }"""
        );
    }

    /// <summary>What happened, line by line.</summary>
    public string Story => _story.ToString();

    private string Data => Path.Combine(_folder, "data");

    private string Model => Path.Combine(_folder, "model.json");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task PlayAsync()
    {
        await StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var sending = _sender.SendAsync(stop.Token);
        int faults = _random.Next(2, 6);
        for (int i = 0; i < faults; i++)
        {
            await Task.Delay(_random.Next(20, 500), Cancel);
            await HappenAsync(_random.Next(_hasOwnDisk ? 8 : 7));
        }
        await Task.Delay(_random.Next(20, 300), Cancel);
        await stop.CancelAsync();
        await sending;
        if (_app is null)
            await StartAsync();
        await CheckAsync();
        await StopAsync();
    }

    public void Dispose()
    {
        _sender.Dispose();
        if (_app is not null)
            _app.KillAsync().GetAwaiter().GetResult();
        if (_hasOwnDisk)
            Run("umount", Data);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task HappenAsync(int what)
    {
        switch (what)
        {
            case 0 or 1:
                await KillAsync();
                await StartAsync();
                break;
            case 2:
                await KillAsync();
                TearLog();
                await StartAsync();
                break;
            case 3:
                await PauseAsync();
                break;
            case 4:
                await StopAsync();
                await StartAsync();
                break;
            case 5:
                await StartAgainAsync();
                break;
            case 6:
                await LiveAheadAsync();
                break;
            default:
                await FillDiskAsync();
                break;
        }
    }

    private async Task StartAsync(IReadOnlyDictionary<string, string>? more = null)
    {
        string address = $"http://127.0.0.1:{FreePort.Find()}";
        var settings = new Dictionary<string, string>(more ?? new Dictionary<string, string>())
        {
            ["SIGNALS_WRITE_KEY"] = WriteKey,
            ["SIGNALS_API_TOKEN"] = Token,
        };
        _app = await BuiltApp.StartAsync(["serve", "--model", Model, "--data", Data, "--urls", address], settings, StartLimit, Cancel);
        Volatile.Write(ref _address[0], address);
        Tell("started");
    }

    private async Task KillAsync()
    {
        await _app!.KillAsync();
        await LeaveAsync();
        Tell("killed");
    }

    private async Task LeaveAsync()
    {
        Volatile.Write(ref _address[0], null);
        await _app!.DisposeAsync();
        _app = null;
    }

    /// <summary>A power cut in the middle of a write: some bytes that never became a transaction stand at the end of the log.</summary>
    private void TearLog()
    {
        string log = Path.Combine(Data, SqliteDatabase.FileName + "-wal");
        if (!File.Exists(log))
            return;
        byte[] torn = new byte[_random.Next(1, 9_000)];
        _random.NextBytes(torn);
        using var file = new FileStream(log, FileMode.Append);
        file.Write(torn);
        Tell($"{torn.Length} bytes at the end of the log");
    }

    private async Task PauseAsync()
    {
        int milliseconds = _random.Next(50, 1500);
        _app!.Signal("STOP");
        await Task.Delay(milliseconds, Cancel);
        _app.Signal("CONT");
        Tell($"paused for {milliseconds} ms");
    }

    private async Task StopAsync()
    {
        _app!.Signal("TERM");
        int code = await _app.EndAsync(StartLimit, Cancel);
        string said = _app.Said;
        await LeaveAsync();
        Tell($"stopped, code {code}");
        Insist(code == 0, $"an app that was asked to stop ended with {code}: {said}");
    }

    /// <summary>A second app on one folder must refuse to start and leave the first alone.</summary>
    private async Task StartAgainAsync()
    {
        try
        {
            await using var second = await BuiltApp.StartAsync(
                ["serve", "--model", Model, "--data", Data, "--urls", $"http://127.0.0.1:{FreePort.Find()}"],
                new Dictionary<string, string> { ["SIGNALS_WRITE_KEY"] = WriteKey, ["SIGNALS_API_TOKEN"] = Token },
                StartLimit,
                Cancel
            );
        }
        catch (InvalidOperationException refused)
        {
            Tell("a second one refused");
            Insist(
                refused.Message.Contains("another process", StringComparison.Ordinal),
                $"a second app refused, but said: {refused.Message}"
            );
            return;
        }
        Insist(false, "two apps ran on one folder");
    }

    /// <summary>A clock that is 40 days ahead for a while, and put right.</summary>
    private async Task LiveAheadAsync()
    {
        if (!File.Exists(Library))
            return;
        await KillAsync();
        await StartAsync(
            new Dictionary<string, string>
            {
                ["LD_PRELOAD"] = Library,
                ["FAKETIME"] = "+40d",
                ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            }
        );
        Tell("its clock is 40 days ahead");
        await Task.Delay(_random.Next(100, 600), Cancel);
        await KillAsync();
        await StartAsync();
    }

    private async Task FillDiskAsync()
    {
        string ballast = Path.Combine(Data, "ballast");
        try
        {
            await using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
            byte[] block = new byte[64 * 1024];
            while (true)
                await file.WriteAsync(block, Cancel);
        }
        catch (IOException)
        {
            Tell("the disk is full");
        }
        await Task.Delay(_random.Next(100, 1200), Cancel);
        bool isDead = _app!.HasExited;
        File.Delete(ballast);
        Tell("the disk has room again");
        if (!isDead)
            return;
        string said = _app.Said;
        await LeaveAsync();
        await StartAsync();
        Insist(false, $"a full disk ended the app: {said}");
    }

    private async Task CheckAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri(_address[0]!) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        long folded = await DrainAsync(client);
        Tell($"sent {_sender.Sent}, acknowledged {_sender.Acknowledged}, folded {folded}");
        Insist(
            folded >= _sender.Acknowledged && folded <= _sender.Sent,
            $"folded {folded}, expected {_sender.Acknowledged} that were acknowledged to {_sender.Sent} that were sent"
        );
        for (int i = 0; i < FaultSender.People; i++)
        {
            string person = $"u{i}";
            var (sent, acknowledged) = _sender.Of(person);
            int counted = await CountAsync(client, person);
            Insist(
                counted >= acknowledged && counted <= sent,
                $"{person} has {counted} events, expected {acknowledged} that were acknowledged to {sent} that were sent"
            );
        }
        Insist(
            _sender.Answers.Keys.All(status => (int)status is 200 or 429 or 503),
            $"answers were {string.Join(", ", _sender.Answers.Select(answer => $"{(int)answer.Key} x {answer.Value}"))}"
        );
    }

    private async Task<long> DrainAsync(HttpClient client)
    {
        var limit = Stopwatch.StartNew();
        while (true)
        {
            var pipeline = await client.GetFromJsonAsync<JsonElement>("/api/pipeline", Cancel);
            if (pipeline.GetProperty("queued").GetInt64() == 0)
                return pipeline.GetProperty("folded").GetInt64();
            Insist(limit.Elapsed < DrainLimit, $"after {DrainLimit.TotalSeconds:0} s not all was folded: {pipeline}");
            await Task.Delay(20, Cancel);
        }
    }

    private static async Task<int> CountAsync(HttpClient client, string person)
    {
        using var response = await client.GetAsync(new Uri($"/api/people/{person}", UriKind.Relative), Cancel);
        if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
            return 0;
        response.EnsureSuccessStatusCode();
        var file = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return file.GetProperty("accounts")
            .EnumerateArray()
            .SelectMany(account => account.GetProperty("events").EnumerateArray())
            .Where(seen => seen.GetProperty("name").GetString() == "Watched")
            .Sum(seen => seen.GetProperty("count").GetInt32());
    }

    private void Tell(string what) => _story.AppendLine(what);

    private void Insist(bool holds, string otherwise)
    {
        if (!holds)
            Assert.Fail($"Seed {_seed}: {otherwise}.\n{Story}");
    }

    /// <summary>A disk of its own needs rights that not every machine gives.</summary>
    private static bool TryMount()
    {
        string folder = Directory.CreateTempSubdirectory("signals-mount-").FullName;
        bool may = Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder);
        if (may)
            Run("umount", folder);
        Directory.Delete(folder);
        return may;
    }

    private static bool Run(string program, params IReadOnlyList<string> arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true }
            )!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
