using Microsoft.Playwright;
using Signals.Testing;

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

    private BuiltApp? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public string Address { get; private set; } = "";

    /// <summary>Where the demo's mails are.</summary>
    public string Outbox => Path.Combine(_folder, "outbox");

    public HttpClient Client { get; private set; } = new();

    /// <summary>Why there is no browser; null when there is one.</summary>
    public string? Missing { get; private set; }

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("There is no browser.");

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Find() is null)
        {
            Missing = Chromium.HowTo;
            return;
        }
        Address = $"http://127.0.0.1:{FreePort.Find()}";
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(Address),
        };
        await StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        Client.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        string verb =
            Environment.GetEnvironmentVariable("SIGNALS_DEMO_FOLDER") is { Length: > 0 } played && Copied(played) ? "serve" : "demo";
        _app = await BuiltApp.StartAsync(
            [verb, "--data", _folder, "--urls", Address],
            new Dictionary<string, string> { ["SIGNALS_API_TOKEN"] = ApiToken, ["SIGNALS_WRITE_KEY"] = WriteKey },
            StoryLimit,
            TestContext.Current.CancellationToken
        );
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
}
