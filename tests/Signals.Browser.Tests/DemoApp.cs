using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;

namespace Signals.Browser.Tests;

/// <summary>
/// The built app in a process of its own, serving the demo's story, and a browser that looks at it. One for all tests: the story takes a
/// while to play, unless SIGNALS_DEMO_FOLDER names a folder that <c>demo --data</c> filled, which is copied. Where there is no Chromium,
/// tests are skipped and say so.
/// </summary>
public sealed class DemoApp : IAsyncLifetime
{
    public const string ApiToken = "browser-tests-token";
    public const string WriteKey = "browser-tests-key";

    private static readonly TimeSpan StoryLimit = TimeSpan.FromMinutes(8);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "signals-browser-" + Guid.NewGuid().ToString("N")[..12]);
    private readonly StringBuilder _output = new();

    private Process? _process;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public string Address { get; private set; } = "";

    public HttpClient Client { get; private set; } = new();

    /// <summary>Why there is no browser; null when there is one.</summary>
    public string? Missing { get; private set; }

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("There is no browser.");

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Find() is not { } chromium)
        {
            Missing = Chromium.HowTo;
            return;
        }
        int port = FreePort();
        Address = $"http://127.0.0.1:{port}";
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(Address),
        };
        await StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = chromium,
                // Root has no sandbox to go into; the pages are our own.
                Args = Environment.UserName == "root" ? ["--no-sandbox"] : [],
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        Client.Dispose();
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process?.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string verb =
            Environment.GetEnvironmentVariable("SIGNALS_DEMO_FOLDER") is { Length: > 0 } played && Copied(played) ? "serve" : "demo";
        foreach (
            string argument in new[] { Path.Combine(AppContext.BaseDirectory, "signals.dll"), verb, "--data", _folder, "--urls", Address }
        )
            start.ArgumentList.Add(argument);
        start.Environment["SIGNALS_API_TOKEN"] = ApiToken;
        start.Environment["SIGNALS_WRITE_KEY"] = WriteKey;
        _process = Process.Start(start) ?? throw new InvalidOperationException("The app did not start.");
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await running.Task.WaitAsync(StoryLimit, TestContext.Current.CancellationToken);

        void Read(string? line)
        {
            Note(line);
            if (line?.Contains("is running", StringComparison.Ordinal) == true)
                running.TrySetResult();
            else if (line is null)
            {
                lock (_output)
                    running.TrySetException(new InvalidOperationException($"The app ended before it ran:\n{_output}"));
            }
        }
    }

    private bool Copied(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return true;
    }

    private void Note(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
