using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signals.Testing.FunctionsHost.Protocol;

namespace Signals.Testing.FunctionsHost;

/// <summary>
/// The Functions host for one built worker: starts it as a process, speaks the host's protocol with it on loopback, calls its functions and
/// ends it. It schedules no timers, checks no keys and reads no queues: tests say what happens when.
/// </summary>
public sealed class FunctionsHostDouble : IAsyncDisposable
{
    private const string HttpAddress = "HttpUri";
    private const int Succeeded = 1;
    private const int Warning = 3;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    private readonly WebApplication _server;
    private readonly WorkerChannel _channel;
    private readonly Process _worker;
    private readonly List<string> _output = [];
    private readonly Dictionary<string, Function> _functions = new(StringComparer.Ordinal);

    private FunctionsHostDouble(WebApplication server, Process worker)
    {
        _server = server;
        _channel = server.Services.GetRequiredService<WorkerChannel>();
        _worker = worker;
    }

    /// <summary>Each function's bindings, as the worker described them.</summary>
    public IReadOnlyDictionary<string, JsonArray> Bindings =>
        _functions.ToDictionary(
            function => function.Key,
            function => new JsonArray([.. function.Value.RawBindings.Select(binding => JsonNode.Parse(binding))]),
            StringComparer.Ordinal
        );

    /// <summary>Asks the web function as a browser's request comes to it; null for a worker that has none.</summary>
    public HttpClient Web { get; private set; } = null!;

    /// <summary>What the worker logged as a warning or worse.</summary>
    public IReadOnlyList<string> Warnings => [.. _channel.Logs.Where(log => log.Level >= Warning).Select(log => log.Text)];

    /// <summary>What the worker logged as an error.</summary>
    public IReadOnlyList<string> Errors => [.. _channel.Logs.Where(log => log.Level > Warning).Select(log => log.Text)];

    public bool HasEnded => _worker.HasExited;

    /// <summary>Starts the worker and makes it ready for calls.</summary>
    /// <param name="app">The folder that the function app was built into.</param>
    /// <param name="settings">Its settings, as the environment gives them.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">The worker ended, or refused; with what it said.</exception>
    public static async Task<FunctionsHostDouble> StartAsync(
        string app,
        IReadOnlyDictionary<string, string> settings,
        CancellationToken cancellationToken
    )
    {
        var server = await ListenAsync(cancellationToken);
        string address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var host = new FunctionsHostDouble(server, StartWorker(app, address, settings));
        try
        {
            host.Read();
            await host.ShakeHandsAsync(app, cancellationToken);
            return host;
        }
        catch (Exception fault)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException($"The worker did not start: {fault.Message}\n{host.Output}", fault);
        }
    }

    /// <summary>What the worker's process printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>Calls a timer's function as the host does at its time, and waits for its end.</summary>
    /// <exception cref="InvalidOperationException">The function failed.</exception>
    public Task RunTimerAsync(string function, CancellationToken cancellationToken) =>
        InvokeAsync(
            function,
            "timerTrigger",
            new Value { Json = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""" },
            Guid.NewGuid().ToString(),
            cancellationToken
        );

    /// <summary>Tells the worker to end, as the host does before an update, and waits until it has; returns its exit code.</summary>
    public async Task<int> TerminateAsync(CancellationToken cancellationToken)
    {
        _channel.Tell(new StreamingMessage { WorkerTerminate = new Terminate() });
        await _worker.WaitForExitAsync(cancellationToken);
        return _worker.ExitCode;
    }

    /// <summary>Sends the worker a signal by its name, <c>STOP</c> say.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _worker.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends the worker as a power cut would.</summary>
    public async Task KillAsync()
    {
        _worker.Kill(entireProcessTree: true);
        await _worker.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_worker.HasExited)
            await KillAsync();
        _worker.Dispose();
        Web?.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>Calls the function that serves HTTP for a request that goes to the worker's own web server under the same id.</summary>
    internal Task InvokeHttpAsync(string method, Uri url, string invocation, CancellationToken cancellationToken) =>
        InvokeAsync(
            _functions.Keys.Single(IsHttp),
            "httpTrigger",
            new Value
            {
                Http = new HttpRequest { Method = method, Url = url.AbsoluteUri },
            },
            invocation,
            cancellationToken
        );

    private static async Task<WebApplication> ListenAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton<WorkerChannel>();
        var server = builder.Build();
        server.MapGrpcService<WorkerChannel>();
        await server.StartAsync(cancellationToken);
        return server;
    }

    private static Process StartWorker(string app, string address, IReadOnlyDictionary<string, string> settings)
    {
        var description = JsonNode.Parse(File.ReadAllText(Path.Combine(app, "worker.config.json")))!["description"]!;
        string id = Guid.NewGuid().ToString();
        var start = new ProcessStartInfo((string)description["defaultExecutablePath"]!)
        {
            WorkingDirectory = app,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            Path.Combine(app, (string)description["defaultWorkerPath"]!),
            "--functions-uri",
            address,
            "--functions-worker-id",
            id,
            "--functions-request-id",
            id,
            "--functions-grpc-max-message-length",
            $"{int.MaxValue}",
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = app;
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = app;
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException("The worker's process did not start.");
    }

    private void Read()
    {
        DataReceivedEventHandler read = (_, line) =>
        {
            if (line.Data is null)
                return;
            lock (_output)
                _output.Add(line.Data);
        };
        _worker.OutputDataReceived += read;
        _worker.ErrorDataReceived += read;
        _worker.BeginOutputReadLine();
        _worker.BeginErrorReadLine();
    }

    /// <summary>Start, capabilities, functions, and each function loaded: what a host does with a new worker.</summary>
    private async Task ShakeHandsAsync(string app, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        if (await Task.WhenAny(_channel.Started, _worker.WaitForExitAsync(limit.Token)) != _channel.Started)
            throw new InvalidOperationException(_worker.HasExited ? $"it ended with code {_worker.ExitCode}" : "it said nothing");
        var init = (
            await _channel.AskAsync(
                new StreamingMessage
                {
                    WorkerInitRequest = new InitRequest
                    {
                        HostVersion = "4.1044.100",
                        WorkerDirectory = app,
                        FunctionAppDirectory = app,
                    },
                },
                limit.Token
            )
        ).WorkerInitResponse;
        Expect(init.Result, "be initialized");
        var metadata = (
            await _channel.AskAsync(
                new StreamingMessage { FunctionsMetadataRequest = new MetadataRequest { FunctionAppDirectory = app } },
                limit.Token
            )
        ).FunctionMetadataResponse;
        Expect(metadata.Result, "tell its functions");
        foreach (var function in metadata.FunctionMetadataResults)
        {
            function.Directory = app;
            if (function.FunctionId.Length == 0)
                function.FunctionId = Guid.NewGuid().ToString();
            var loaded = await _channel.AskAsync(
                new StreamingMessage
                {
                    FunctionLoadRequest = new LoadRequest { FunctionId = function.FunctionId, Metadata = function },
                },
                limit.Token
            );
            Expect(loaded.FunctionLoadResponse.Result, $"load '{function.Name}'");
            _functions[function.Name] = function;
        }
        await ListensAsync(new Uri(init.Capabilities[HttpAddress]), limit.Token);
        Web = new HttpClient(new WorkerHttpHandler(this)) { BaseAddress = new Uri(init.Capabilities[HttpAddress]), Timeout = StartLimit };
    }

    /// <summary>The worker names its web server's address before it listens there.</summary>
    private static async Task ListensAsync(Uri address, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(address.Host, address.Port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    private async Task InvokeAsync(string name, string trigger, Value input, string invocation, CancellationToken cancellationToken)
    {
        var function = _functions[name];
        var binding = function
            .RawBindings.Select(text => JsonNode.Parse(text)!)
            .First(node => trigger.Equals((string?)node["type"], StringComparison.OrdinalIgnoreCase));
        var request = new InvocationRequest
        {
            InvocationId = invocation,
            FunctionId = function.FunctionId,
            TraceContext = new TraceContext { TraceParent = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01" },
            InputData =
            {
                new Binding { Name = (string)binding["name"]!, Data = input },
            },
        };
        var answer = await _channel.AskAsync(new StreamingMessage { InvocationRequest = request }, cancellationToken);
        Expect(answer.InvocationResponse.Result, $"run '{name}'");
    }

    private bool IsHttp(string function) =>
        _functions[function]
            .RawBindings.Any(binding =>
                "httpTrigger".Equals((string?)JsonNode.Parse(binding)!["type"], StringComparison.OrdinalIgnoreCase)
            );

    private static void Expect(Outcome outcome, string what)
    {
        if (outcome.Status != Succeeded)
            throw new InvalidOperationException($"The worker did not {what}: {outcome.Exception?.Message}");
    }
}
