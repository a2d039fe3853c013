using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Signals.Testing;

namespace Signals.Browser.Tests;

/// <summary>
/// A product's site at one origin, the built app at another, and a browser: what a page's library sends goes from one to the other. The
/// site's pages are made of the snippets of docs/instrumenting.md.
/// </summary>
public sealed class PageSite : IAsyncLifetime
{
    public const string BrowserKey = "key-of-the-page-in-tests";
    public const string EventsPath = "/ev";

    private const string ApiToken = "token-of-the-page-tests";
    private const string Docs = "https://signals.example";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("signals-pages-").FullName;
    private readonly ConcurrentDictionary<string, (string Type, string Text)> _pages = new();

    private WebApplication? _site;
    private BuiltApp? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string Clients => Path.Combine(Repository.Root, "tests", "clients");

    /// <summary>Why there is nothing to look at; null when all is there.</summary>
    public string? Missing { get; private set; }

    /// <summary>Where the app is.</summary>
    public string App { get; private set; } = "";

    /// <summary>Where the site's pages are: another origin.</summary>
    public string Site { get; private set; } = "";

    public HttpClient Api { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Find() is null)
            Missing = Chromium.HowTo;
        else if (!Directory.Exists(Path.Combine(Clients, "node_modules")))
            Missing = "The SDKs are not installed: run 'npm install --no-save --omit=optional' in tests/clients.";
        if (Missing is not null)
            return;
        await StartAppAsync();
        await StartSiteAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        Api.Dispose();
        if (_site is not null)
            await _site.DisposeAsync();
        if (_app is not null)
            await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A browser that was never on the site before, and does not say that it has no head: such are taken for crawlers.</summary>
    public Task<IBrowserContext> VisitorAsync() =>
        _browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                UserAgent =
                    $"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{_browser.Version} Safari/537.36",
            }
        );

    /// <summary>
    /// A page of the site that runs one of the documented snippets, pointed at this app, with the library as the global
    /// <c>analytics</c>.
    /// </summary>
    /// <param name="snippet">The snippet's mark in the documentation.</param>
    /// <param name="path">The path that events go under, where it is not the usual one.</param>
    public async Task<string> PageAsync(string snippet, string path = "")
    {
        string code = Snippet(snippet)
            .Replace(Docs, App + path, StringComparison.Ordinal)
            .Replace("BROWSER_KEY", BrowserKey, StringComparison.Ordinal);
        string name = $"/{snippet}{path.Replace('/', '-')}";
        string head = snippet.EndsWith("-snippet", StringComparison.Ordinal)
            ? code
            : $"<script src=\"{name}.js\"></script><script>analytics = bundle.analytics</script>";
        if (!snippet.EndsWith("-snippet", StringComparison.Ordinal) && !_pages.ContainsKey(name + ".js"))
            _pages[name + ".js"] = ("text/javascript", await BundleAsync(name[1..], code));
        _pages[name] = ("text/html", $"<!doctype html><html lang=en><title>Shop</title>{head}<body>Shop</body></html>");
        return Site + name;
    }

    /// <summary>A page whose head is as given.</summary>
    public string Page(string name, string head)
    {
        _pages[name] = ("text/html", $"<!doctype html><html lang=en><title>Shop</title>{head}<body>Shop</body></html>");
        return Site + name;
    }

    /// <summary>The code of a snippet of docs/instrumenting.md, by the name it is marked with there.</summary>
    public static string Snippet(string name) => DocSnippet.Read("instrumenting.md", name);

    /// <summary>Bundles a module as a product's own build would; its exports are the global <c>bundle</c>.</summary>
    private async Task<string> BundleAsync(string name, string code)
    {
        // Beside the installed packages, for that is where bundlers look for them.
        string entry = Path.Combine(Clients, "node_modules", $".signals-{name}.mjs");
        string bundle = Path.Combine(_folder, name + ".js");
        await File.WriteAllTextAsync(entry, code, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            WorkingDirectory = Clients,
        };
        foreach (
            string argument in new[]
            {
                Path.Combine("node_modules", "esbuild-wasm", "bin", "esbuild"),
                entry,
                "--bundle",
                "--format=iife",
                "--global-name=bundle",
                "--define:process.env.NODE_ENV=\"production\"",
                "--log-level=error",
                "--outfile=" + bundle,
            }
        )
            start.ArgumentList.Add(argument);
        using var node = Process.Start(start)!;
        string complaints = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.Delete(entry);
        Assert.True(node.ExitCode == 0, complaints);
        return await File.ReadAllTextAsync(bundle, TestContext.Current.CancellationToken);
    }

    private async Task StartSiteAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _site = builder.Build();
        _site.Run(async context =>
        {
            if (!_pages.TryGetValue(context.Request.Path.Value!, out var page))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            context.Response.ContentType = page.Type;
            await context.Response.WriteAsync(page.Text, context.RequestAborted);
        });
        await _site.StartAsync();
        Site = _site.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        string library = await File.ReadAllTextAsync(Library, TestContext.Current.CancellationToken);
        _pages["/js/analytics.min.js"] = ("text/javascript", library);
        _pages["/elsewhere"] = ("text/html", "<!doctype html><title>Elsewhere</title>");
    }

    private static string Library => Path.Combine(Clients, "node_modules", "@segment", "analytics-next", "dist", "umd", "standalone.js");

    private async Task StartAppAsync()
    {
        string model = Path.Combine(_folder, "model.json");
        File.Copy(Path.Combine(Repository.Root, "samples", "nimbus.json"), model);
        Directory.CreateDirectory(Path.Combine(_folder, "browser"));
        File.Copy(Library, Path.Combine(_folder, "browser", "analytics.min.js"));
        App = $"http://127.0.0.1:{FreePort.Find()}";
        Api = new HttpClient { BaseAddress = new Uri(App) };
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiToken);
        _app = await BuiltApp.StartAsync(
            ["serve", "--model", model, "--data", Path.Combine(_folder, "data"), "--urls", App],
            new Dictionary<string, string>
            {
                ["SIGNALS_API_TOKEN"] = ApiToken,
                ["SIGNALS_BROWSER_WRITE_KEY"] = BrowserKey,
                ["SIGNALS_EVENTS_PATH"] = EventsPath,
            },
            StartLimit,
            TestContext.Current.CancellationToken
        );
    }
}
