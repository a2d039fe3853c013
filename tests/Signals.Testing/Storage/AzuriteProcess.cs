using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Signals.Testing.Storage;

/// <summary>
/// A table service of one's own, started from the npm package in tests/clients on a free port: empty, in memory, gone with the process.
/// </summary>
public sealed class AzuriteProcess : IDisposable
{
    /// <summary>The emulator's published account and key; they open nothing else.</summary>
    private const string Account = "devstoreaccount1";

    private const string PublishedKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    private readonly Process _process;

    private const int MostTries = 3;

    private AzuriteProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    /// <summary>False where <c>npm install</c> was not run in tests/clients.</summary>
    public static bool IsInstalled => File.Exists(Program);

    public int Port { get; }

    private static string Program =>
        Path.Combine(Repository.Root, "tests", "clients", "node_modules", "azurite", "dist", "src", "table", "main.js");

    /// <summary>Starts it, and waits until it answers; on another port where somebody else took the first meanwhile.</summary>
    public static async Task<AzuriteProcess> StartAsync()
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await StartAsync(FreePort.Find());
            }
            catch (InvalidOperationException) when (tries < MostTries)
            {
                // The next port is somebody else's more rarely still.
            }
        }
    }

    private static async Task<AzuriteProcess> StartAsync(int port)
    {
        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            string argument in new[]
            {
                Program,
                "--tableHost",
                "127.0.0.1",
                "--tablePort",
                $"{port}",
                "--inMemoryPersistence",
                "--skipApiVersionCheck",
                "--disableTelemetry",
                "--silent",
            }
        )
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("Azurite did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        long started = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(port))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                if (!process.HasExited)
                    process.Kill(entireProcessTree: true);
                throw new InvalidOperationException(
                    $"Azurite did not answer on port {port}{(process.HasExited ? $"; it ended with code {process.ExitCode}" : "")}."
                );
            }
            await Task.Delay(200);
        }
        return new AzuriteProcess(process, port);
    }

    /// <summary>Whether somebody listens there.</summary>
    public static async Task<bool> AnswersAsync(int port)
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

    /// <summary>The connection string of the emulator's account behind a port.</summary>
    public static string ConnectionTo(int port) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={PublishedKey};TableEndpoint=http://127.0.0.1:{port}/{Account};";

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
