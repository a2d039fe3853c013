using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Signals.Azure.Settings;
using Signals.Azure.Storage;
using Signals.Azure.Tests;
using Signals.Core.Platform.Storage;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace Signals.Azure.Tests;

/// <summary>
/// The table service that the tests speak to: the account in SIGNALS_AZURITE, else an Azurite at its usual port, else one that is started
/// here from the npm package in tests/clients. Looked for when the first test asks.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";

    /// <summary>The emulator's published key; it opens nothing else.</summary>
    private const string PublishedKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const int UsualPort = 10002;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Lazy<Task<string?>> _connection;

    private Process? _process;

    public Azurite() => _connection = new Lazy<Task<string?>>(FindAsync);

    /// <summary>The connection string; skips the test when there is no table service.</summary>
    public async Task<string> ConnectionAsync()
    {
        string? connection = await _connection.Value;
        Assert.SkipWhen(
            connection is null,
            "There is no Azurite: set SIGNALS_AZURITE to its connection string, start it on port 10002, or run 'npm install --no-save' in tests/clients.");
        return connection!;
    }

    /// <summary>A store as a process of its own would open it.</summary>
    public async Task<IEntityStore> OpenStoreAsync() => new TableEntityStore(TableClients.Create(new ServiceAccess(await ConnectionAsync())));

    public ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            _process.Kill(entireProcessTree: true);
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string?> FindAsync()
    {
        if (Environment.GetEnvironmentVariable("SIGNALS_AZURITE") is { Length: > 0 } connection)
            return connection;
        if (await AnswersAsync(UsualPort))
            return ConnectionTo(UsualPort);
        string program = Path.Combine(RepositoryRoot(), "tests", "clients", "node_modules", "azurite", "dist", "src", "table", "main.js");
        return File.Exists(program) ? await StartAsync(program) : null;
    }

    private async Task<string> StartAsync(string program)
    {
        int port = FreePort();
        var start = new ProcessStartInfo("node") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { program, "--tableHost", "127.0.0.1", "--tablePort", $"{port}", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent" })
            start.ArgumentList.Add(argument);
        _process = Process.Start(start) ?? throw new InvalidOperationException("Azurite did not start.");
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        long started = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(port))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit)
                throw new InvalidOperationException($"Azurite did not answer on port {port}{(_process.HasExited ? $"; it ended with code {_process.ExitCode}" : "")}.");
            await Task.Delay(200);
        }
        return ConnectionTo(port);
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string ConnectionTo(int port) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={PublishedKey};TableEndpoint=http://127.0.0.1:{port}/{Account};";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Signals.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("Expected the tests to run below the folder of Signals.sln.");
    }
}
