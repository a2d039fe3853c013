using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Signals.Local.Tests.EndToEnd;

/// <summary>The built app in a process of its own, as a user starts it: can be killed and started again on the same data.</summary>
public sealed class SignalsProcess : IAsyncDisposable
{
    public const string WriteKey = "end-to-end";
    public const string ApiToken = "end-to-end-token";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private SignalsProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 8 })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(60),
        };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiToken);
    }

    /// <summary>Speaks to the app with the API token.</summary>
    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    public static async Task<SignalsProcess> ServeAsync(
        string dataFolder,
        string model,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? settings = null
    )
    {
        int port = FreePort();
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            string argument in new[]
            {
                Path.Combine(AppContext.BaseDirectory, "signals.dll"),
                "serve",
                "--data",
                dataFolder,
                "--model",
                model,
                "--urls",
                $"http://127.0.0.1:{port}",
            }
        )
            start.ArgumentList.Add(argument);
        start.Environment["SIGNALS_WRITE_KEY"] = WriteKey;
        start.Environment["SIGNALS_API_TOKEN"] = ApiToken;
        // Tests send what belongs together at once.
        start.Environment["SIGNALS_QUIET_SECONDS"] = "0";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The app did not start.");
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new System.Text.StringBuilder();
        DataReceivedEventHandler read = (_, line) =>
        {
            lock (output)
            {
                output.AppendLine(line.Data);
                // Both streams write here, each on a thread of its own, also while the process is killed.
                if (line.Data is null)
                    running.TrySetException(new InvalidOperationException($"The app ended before it ran:\n{output}"));
            }
            if (line.Data?.Contains("is running", StringComparison.Ordinal) == true)
                running.TrySetResult();
        };
        process.OutputDataReceived += read;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (output)
                output.AppendLine(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await running.Task.WaitAsync(StartLimit, cancellationToken);
        return new SignalsProcess(process, new Uri($"http://127.0.0.1:{port}"));
    }

    /// <summary>The pipeline's counts once nothing is queued any more.</summary>
    public async Task<PipelineCounts> DrainedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var counts = (await Client.GetFromJsonAsync<PipelineCounts>("/api/pipeline", JsonSerializerOptions.Web, cancellationToken))!;
            if (counts.Queued == 0)
                return counts;
            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>Ends the process as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        Client.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary><c>GET /api/pipeline</c>.</summary>
public sealed record PipelineCounts(long Accepted, long Folded, long Duplicates, long Quarantined, long Queued, long DeadLettered);
