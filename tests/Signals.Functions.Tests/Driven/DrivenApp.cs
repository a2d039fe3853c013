using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Signals.Testing.FunctionsHost;
using Signals.Testing.ServiceBus;
using Signals.Testing.Storage;

namespace Signals.Functions.Tests.Driven;

/// <summary>
/// The built function app in a process of its own, driven by the host double: tables on Azurite, queues on the broker double, mail to a
/// double of SendGrid. The worker may end and start again; the world around it stays.
/// </summary>
internal sealed class DrivenApp : IAsyncDisposable
{
    private const string WriteKey = "a-write-key-for-driven-tests";
    private const string ApiToken = "an-api-token-for-driven-tests";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string _folder = Directory.CreateTempSubdirectory("signals-driven-").FullName;
    private readonly AzuriteProcess _tables;
    private readonly IReadOnlyDictionary<string, string> _more;

    private DrivenApp(AzuriteProcess tables, ServiceBusDouble broker, SendGridDouble sendGrid, IReadOnlyDictionary<string, string> more)
    {
        (_tables, Broker, SendGrid, _more) = (tables, broker, sendGrid, more);
        Wire = new TableWire(tables.Port);
    }

    public ServiceBusDouble Broker { get; }

    public SendGridDouble SendGrid { get; }

    public TableWire Wire { get; }

    /// <summary>The worker that runs now.</summary>
    public FunctionsHostDouble Worker { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The whole world with its first worker; skips the test where there is no Azurite.</summary>
    /// <param name="settings">How the broker behaves.</param>
    /// <param name="more">Settings of the app over the usual ones.</param>
    public static async Task<DrivenApp> StartAsync(BrokerSettings? settings = null, IReadOnlyDictionary<string, string>? more = null)
    {
        Assert.SkipUnless(AzuriteProcess.IsInstalled, "There is no Azurite: run 'npm install --no-save' in tests/clients.");
        var app = new DrivenApp(
            await AzuriteProcess.StartAsync(),
            ServiceBusDouble.Start(settings),
            await SendGridDouble.StartAsync(Token),
            more ?? new Dictionary<string, string>(StringComparer.Ordinal)
        );
        await File.WriteAllTextAsync(Path.Combine(app._folder, "model.json"), Model, Token);
        try
        {
            await app.StartWorkerAsync();
            return app;
        }
        catch (Exception)
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new worker, after the one before has ended.</summary>
    public async Task StartWorkerAsync()
    {
        if (Worker is not null)
            await Worker.DisposeAsync();
        var settings = new Dictionary<string, string>(SampleSettings.Values, StringComparer.OrdinalIgnoreCase)
        {
            ["Tables"] = AzuriteProcess.ConnectionTo(Wire.Port),
            ["ServiceBus"] = Broker.ConnectionString,
            ["Signals__ModelFile"] = Path.Combine(_folder, "model.json"),
            ["Signals__WriteKeys"] = WriteKey,
            ["Signals__ApiToken"] = ApiToken,
            ["Signals__SendGridApiKey"] = "SG.for-tests",
            ["Signals__SendGridSandbox"] = "false",
            ["Signals__SendGridEndpoint"] = SendGrid.Address,
            // Keeps the keys that the web face makes out of the home of whoever runs the tests.
            ["HOME"] = _folder,
            ["DOTNET_STARTUP_HOOKS"] = Path.Combine(AppContext.BaseDirectory, "Signals.Testing.QueueTriggers.dll"),
        };
        foreach (var (name, value) in _more)
            settings[name] = value;
        Worker = await FunctionsHostDouble.StartAsync(AppFolder, settings, Token);
        Worker.Web.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiToken);
    }

    /// <summary>Sends events as an SDK does; each object is an event without its message id.</summary>
    public Task<HttpResponseMessage> SendAsync(string path, IEnumerable<string> events) =>
        SendNamedAsync(path, events.Select(text => $"{{\"messageId\":\"{Guid.NewGuid()}\",{text.TrimStart()[1..]}"), Token);

    /// <summary>Sends events that bring their message ids.</summary>
    public async Task<HttpResponseMessage> SendNamedAsync(string path, IEnumerable<string> events, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent($"{{\"batch\":[{string.Join(',', events)}]}}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", WriteKey);
        return await Worker.Web.SendAsync(request, cancellationToken);
    }

    public Task<PipelineCounts> PipelineAsync() =>
        Worker.Web.GetFromJsonAsync<PipelineCounts>("/api/pipeline", JsonSerializerOptions.Web, Token)!;

    /// <summary>The pipeline's counts once all of so many events are through; what is in the dead letter stays queued.</summary>
    public async Task<PipelineCounts> FoldedAsync(long events)
    {
        PipelineCounts? counts = null;
        await UntilAsync(async () =>
        {
            counts = await PipelineAsync();
            return counts.Queued == counts.DeadLettered && counts.Folded + counts.Duplicates + counts.Quarantined >= events;
        });
        return counts!;
    }

    /// <summary>Waits until something holds; fails, with what the worker said, when it never does.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Patience);
        try
        {
            while (!await holds())
                await Task.Delay(100, limit.Token);
        }
        catch (OperationCanceledException) when (!Token.IsCancellationRequested)
        {
            Assert.Fail($"What was waited for did not come.\n{string.Join('\n', Worker.Warnings)}\n{Worker.Output}");
        }
    }

    public Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    public async ValueTask DisposeAsync()
    {
        if (Worker is not null)
            await Worker.DisposeAsync();
        await Broker.DisposeAsync();
        await SendGrid.DisposeAsync();
        Wire.Dispose();
        _tables.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Where the function app was built, in the same configuration as these tests.</summary>
    private static string AppFolder
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.GetFullPath(
                Path.Combine("..", "..", "..", "..", "..", "functions", "Signals.Functions", "bin", output.Parent!.Name, output.Name),
                AppContext.BaseDirectory
            );
        }
    }

    /// <summary>Mails at any hour, and at once: one cause by billing, one by a failing step.</summary>
    private const string Model = """
        {
          "product": "Nimbus", "accounts": "person", "value": { "unit": "minutes", "from": [{ "event": "Watched", "amount": 1 }] },
          "onboarding": [{ "id": "import", "scope": "person", "done": ["Imported"], "failed": ["Import Failed"], "help": "https://nimbus.example/import" }],
          "billing": { "failed": ["Payment Failed"], "recovered": ["Payment Succeeded"] },
          "causes": { "payment-failing": { "graceHours": 0 } },
          "playbooks": { "payment-failing": { "alert": "never", "nextStep": { "url": "https://nimbus.example/billing" } } },
          "outreach": {
            "mode": "live", "warmUpHours": 0, "quietHours": null, "weekends": true, "holdout": 0, "perPerson": { "count": 100, "days": 1 },
            "from": { "email": "help@nimbus.example" }, "postalAddress": "1 Cloud Street", "publicUrl": "https://signals.nimbus.example"
          }
        }
        """;
}

/// <summary><c>GET /api/pipeline</c>.</summary>
internal sealed record PipelineCounts(long Accepted, long Folded, long Duplicates, long Quarantined, long Queued, long DeadLettered);
