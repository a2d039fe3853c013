using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Signals.Benchmarks;

/// <summary>A server in a process of its own, the app or the floor, and whoever posts to it.</summary>
internal sealed class Serving : IAsyncDisposable
{
    public const string Token = "bench-bench-bench-bench";

    public const string WriteKey = "bench";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private Serving(Process process, Uri address, TimeSpan started)
    {
        _process = process;
        Address = address;
        Started = started;
    }

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    /// <summary>From the start of the process to the first answer.</summary>
    public TimeSpan Started { get; }

    /// <summary>The app on a new data folder, or on one that is given.</summary>
    public static Task<Serving> AppAsync(BenchRun run, CancellationToken cancellationToken, string? data = null, string? modelJson = null)
    {
        string folder = run.Folder(),
            model = Path.Combine(folder, "model.json");
        File.WriteAllText(model, modelJson ?? MadeUp.ModelJson);
        return StartAsync("signals.dll", ["serve", "--data", data ?? Path.Combine(folder, "data"), "--model", model], cancellationToken);
    }

    /// <summary>The demo, which answers while its story is told.</summary>
    public static Task<Serving> DemoAsync(CancellationToken cancellationToken) => StartAsync("signals.dll", ["demo"], cancellationToken);

    /// <summary>The floor: the same server, which reads what comes, keeps nothing and answers.</summary>
    public static Task<Serving> FloorAsync(CancellationToken cancellationToken) =>
        StartAsync("Signals.Benchmarks.dll", ["floor"], cancellationToken);

    private static async Task<Serving> StartAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, program), .. arguments, "--urls", address.ToString()])
            start.ArgumentList.Add(argument);
        start.Environment["SIGNALS_WRITE_KEY"] = WriteKey;
        start.Environment["SIGNALS_API_TOKEN"] = Token;
        long began = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var client = new HttpClient { BaseAddress = address };
        while (true)
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"{program} did not come to answer {address}.");
            try
            {
                using var response = await client.GetAsync(new Uri("/healthz", UriKind.Relative), cancellationToken);
                return new Serving(process, address, Stopwatch.GetElapsedTime(began));
            }
            catch (HttpRequestException)
            {
                await Task.Delay(2, cancellationToken);
            }
        }
    }

    /// <summary>Processor time of the server so far, in seconds.</summary>
    public double Cpu()
    {
        _process.Refresh();
        return _process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>Resident memory, in bytes.</summary>
    public long Memory()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    /// <summary>Posts every body, over so many connections at once; each must be accepted.</summary>
    public async Task<Posted> PostAsync(string path, IReadOnlyList<byte[]> bodies, int connections, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", WriteKey);
        var waiting = Channel.CreateUnbounded<byte[]>();
        foreach (byte[] body in bodies)
            waiting.Writer.TryWrite(body);
        waiting.Writer.Complete();
        double cpu = Cpu();
        long began = Stopwatch.GetTimestamp();
        int again = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(async _ =>
                {
                    await foreach (byte[] body in waiting.Reader.ReadAllAsync(cancellationToken))
                    {
                        while (true)
                        {
                            using var content = new ByteArrayContent(body);
                            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                            using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
                            if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                            {
                                response.EnsureSuccessStatusCode();
                                break;
                            }
                            Interlocked.Increment(ref again);
                            await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), cancellationToken);
                        }
                    }
                })
        );
        return new Posted(Stopwatch.GetElapsedTime(began).TotalSeconds, Cpu() - cpu, again);
    }

    /// <summary>Asks for every page with its own bearer token, over so many connections at once; each must be answered with 200.</summary>
    public async Task<Asked> AskAsync(
        IReadOnlyList<(string Path, string Bearer)> pages,
        int connections,
        CancellationToken cancellationToken
    )
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = Address };
        double[] took = new double[pages.Count];
        double cpu = Cpu();
        long began = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(
            0,
            pages.Count,
            new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                long asked = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Get, pages[i].Path);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", pages[i].Bearer);
                using var response = await client.SendAsync(request, token);
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync(token);
                took[i] = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            }
        );
        double wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Array.Sort(took);
        return new Asked(wall, Cpu() - cpu, took[(int)(took.Length * 0.99)]);
    }

    /// <summary>What the API says to whoever has the token.</summary>
    public async Task<JsonElement> ReadAsync(string path, CancellationToken cancellationToken, string bearer = Token)
    {
        using var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return await client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), cancellationToken);
    }

    /// <summary>Waits until nothing is queued, and says how many events were folded.</summary>
    public async Task<long> FoldedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var counts = await ReadAsync("/api/pipeline", cancellationToken);
            if (counts.GetProperty("queued").GetInt64() == 0)
                return counts.GetProperty("folded").GetInt64();
            await Task.Delay(20, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>What posting took: seconds, the server's processor seconds, and how often it asked to come again later.</summary>
internal sealed record Posted(double Wall, double Cpu, int ComeAgain);

/// <summary>What asking took: seconds, the server's processor seconds, and the milliseconds within which 99 of 100 were answered.</summary>
internal sealed record Asked(double Wall, double Cpu, double P99);
