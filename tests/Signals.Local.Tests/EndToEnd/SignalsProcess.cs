using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Signals.Testing;

namespace Signals.Local.Tests.EndToEnd;

/// <summary>The built app in a process of its own, as a user starts it: can be killed and started again on the same data.</summary>
public sealed class SignalsProcess : IAsyncDisposable
{
    public const string WriteKey = "end-to-end";
    public const string ApiToken = "end-to-end-token";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly BuiltApp _app;

    private SignalsProcess(BuiltApp app, Uri address)
    {
        _app = app;
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
        string address = $"http://127.0.0.1:{FreePort.Find()}";
        var environment = new Dictionary<string, string>(settings ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        environment.TryAdd("SIGNALS_WRITE_KEY", WriteKey);
        environment.TryAdd("SIGNALS_API_TOKEN", ApiToken);
        // Tests send what belongs together at once.
        environment.TryAdd("SIGNALS_QUIET_SECONDS", "0");
        string[] arguments = ["serve", "--data", dataFolder, "--model", model, "--urls", address];
        return new SignalsProcess(await BuiltApp.StartAsync(arguments, environment, StartLimit, cancellationToken), new Uri(address));
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
    public Task KillAsync() => _app.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Client.Dispose();
    }
}

/// <summary><c>GET /api/pipeline</c>.</summary>
public sealed record PipelineCounts(long Accepted, long Folded, long Duplicates, long Quarantined, long Queued, long DeadLettered);
