using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Signals.Local.Storage;
using Signals.Testing;
using Signals.Testing.Faults;

namespace Signals.Local.Tests.Faults;

/// <summary>
/// The built app in a process of its own, while senders send, and what a seed has happen to it and around it: killed, killed with a torn
/// end of the log, paused, stopped, started twice on one folder, its clock set ahead, its disk filled or failing, the servers that it
/// speaks to breaking in every way. At the end everything it said it had must be folded, once, and nothing that was never sent; and what it
/// sent is what it should have sent.
/// </summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private const string WriteKey = "faults";
    private const string Token = "faults-faults-faults";
    private const string Clock = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    /// <summary>Shorter than a lease: what a fault kept from being settled does not wait for the lease's end.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(50);

    private readonly Random _random;
    private readonly string _folder = Directory.CreateTempSubdirectory("signals-faults-").FullName;
    private readonly string?[] _address = [null];
    private readonly FaultStory _story;
    private readonly FaultSender _sender;
    private readonly FaultDisk _disk;
    private readonly FaultDeliveries? _deliveries;
    private BuiltApp? _app;

    public FaultRun(int seed)
    {
        _random = new Random(seed);
        _story = new FaultStory(seed);
        _disk = new FaultDisk(_folder, wantsOwn: _random.Next(4) == 0, _story);
        _deliveries = _random.Next(2) == 0 ? new FaultDeliveries(seed, _story) : null;
        _sender = new FaultSender(seed, WriteKey, _address, _deliveries is null ? 0 : FaultDeliveries.Customers);
        File.WriteAllText(
            Model,
            _deliveries?.Model
                ?? """{ "product": "Faults", "value": { "unit": "minutes", "from": [{ "event": "Watched", "property": "seconds", "scale": 0.0166667 }] } }"""
        );
    }

    /// <summary>What happened, line by line.</summary>
    public string Story => _story.ToString();

    private string Model => Path.Combine(_folder, "model.json");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task PlayAsync()
    {
        await StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var sending = _sender.SendAsync(stop.Token);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        var reviewing = _deliveries is null ? Task.CompletedTask : FaultDeliveries.ReviewAsync(client, _address, stop.Token);
        int faults = _random.Next(1, 5);
        for (int i = 0; i < faults; i++)
        {
            await Task.Delay(_random.Next(20, 500), Cancel);
            await HappenAsync(_random.Next(_disk.IsOwn ? 10 : 9));
        }
        await Task.Delay(_random.Next(20, 300), Cancel);
        await stop.CancelAsync();
        await sending;
        await reviewing;
        if (_app is null)
            await StartAsync();
        await CheckAsync();
        await StopAsync();
        if (_deliveries is not null)
            await _deliveries.CheckAsync(_disk.Data);
    }

    public async ValueTask DisposeAsync()
    {
        _sender.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        if (_deliveries is not null)
            await _deliveries.DisposeAsync();
        _disk.Dispose();
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
            case 7 or 8:
                await _disk.BreakAsync(_random, Cancel);
                await OutliveAsync("a disk whose calls fail");
                break;
            default:
                await _disk.FillAsync(_random, Cancel);
                await OutliveAsync("a full disk");
                break;
        }
    }

    private async Task StartAsync(IReadOnlyDictionary<string, string>? clock = null)
    {
        string address = $"http://127.0.0.1:{FreePort.Find()}";
        _app = await BuiltApp.StartAsync(
            ["serve", "--model", Model, "--data", _disk.Data, "--urls", address],
            SettingsOf(clock),
            StartLimit,
            Cancel
        );
        Volatile.Write(ref _address[0], address);
        _story.Tell("started");
    }

    private Dictionary<string, string> SettingsOf(IReadOnlyDictionary<string, string>? clock = null)
    {
        var settings = new Dictionary<string, string>(clock ?? new Dictionary<string, string>())
        {
            ["SIGNALS_WRITE_KEY"] = WriteKey,
            ["SIGNALS_API_TOKEN"] = Token,
        };
        foreach (var (name, value) in _disk.Settings)
            settings[name] = value;
        foreach (var (name, value) in _deliveries?.Settings ?? new Dictionary<string, string>())
            settings[name] = value;
        string[] libraries = [.. new[] { FaultDisk.Preloaded, clock is null ? null : Clock }.OfType<string>()];
        if (libraries.Length > 0)
            settings["LD_PRELOAD"] = string.Join(':', libraries);
        return settings;
    }

    private async Task KillAsync()
    {
        await _app!.KillAsync();
        await LeaveAsync();
        _story.Tell("killed");
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
        string log = Path.Combine(_disk.Data, SqliteDatabase.FileName + "-wal");
        if (!File.Exists(log))
            return;
        byte[] torn = new byte[_random.Next(1, 9_000)];
        _random.NextBytes(torn);
        using var file = new FileStream(log, FileMode.Append);
        file.Write(torn);
        _story.Tell($"{torn.Length} bytes at the end of the log");
    }

    private async Task PauseAsync()
    {
        int milliseconds = _random.Next(50, 1500);
        _app!.Signal("STOP");
        await Task.Delay(milliseconds, Cancel);
        _app.Signal("CONT");
        _story.Tell($"paused for {milliseconds} ms");
    }

    private async Task StopAsync()
    {
        _app!.Signal("TERM");
        int code = await _app.EndAsync(StartLimit, Cancel);
        string said = _app.Said;
        await LeaveAsync();
        _story.Tell($"stopped, code {code}");
        _story.Insist(code == 0, $"an app that was asked to stop ended with {code}: {said}");
    }

    /// <summary>A second app on one folder must refuse to start and leave the first alone.</summary>
    private async Task StartAgainAsync()
    {
        try
        {
            await using var second = await BuiltApp.StartAsync(
                ["serve", "--model", Model, "--data", _disk.Data, "--urls", $"http://127.0.0.1:{FreePort.Find()}"],
                SettingsOf(),
                StartLimit,
                Cancel
            );
        }
        catch (InvalidOperationException refused)
        {
            _story.Tell("a second one refused");
            _story.Insist(
                refused.Message.Contains("another process", StringComparison.Ordinal),
                $"a second app refused, but said: {refused.Message}"
            );
            return;
        }
        _story.Insist(false, "two apps ran on one folder");
    }

    /// <summary>A clock that is 40 days ahead for a while, and put right.</summary>
    private async Task LiveAheadAsync()
    {
        if (!File.Exists(Clock))
            return;
        await KillAsync();
        await StartAsync(new Dictionary<string, string> { ["FAKETIME"] = "+40d", ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1" });
        _story.Tell("its clock is 40 days ahead");
        await Task.Delay(_random.Next(100, 600), Cancel);
        await KillAsync();
        await StartAsync();
    }

    /// <summary>What passes must not end the app.</summary>
    private async Task OutliveAsync(string what)
    {
        if (!_app!.HasExited)
            return;
        string said = _app.Said;
        await LeaveAsync();
        await StartAsync();
        _story.Insist(false, $"{what} ended the app: {said}");
    }

    private async Task CheckAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri(_address[0]!) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        await _sender.FinishAsync(Cancel);
        long folded = await DrainAsync(client);
        _story.Tell($"sent {_sender.Book.Sent}, acknowledged {_sender.Book.Acknowledged}, folded {folded}");
        await _sender.Book.CheckAsync(client, folded, FaultSender.People, _story, Cancel);
        if (_deliveries is not null)
            await _deliveries.SettleAsync(client, _disk.Data);
    }

    private async Task<long> DrainAsync(HttpClient client)
    {
        var limit = Stopwatch.StartNew();
        while (true)
        {
            var pipeline = await client.GetFromJsonAsync<JsonElement>("/api/pipeline", Cancel);
            if (pipeline.GetProperty("queued").GetInt64() == 0)
                return pipeline.GetProperty("folded").GetInt64();
            _story.Insist(limit.Elapsed < DrainLimit, $"after {DrainLimit.TotalSeconds:0} s not all was folded: {pipeline}");
            await Task.Delay(50, Cancel);
        }
    }
}
