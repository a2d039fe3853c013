using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Signals.Browser.Tests;

/// <summary>How a reader looks at the dashboard.</summary>
public sealed record Look(int Width = 1440, ColorScheme Scheme = ColorScheme.Light, string Locale = "en-GB", bool Script = true)
{
    public override string ToString() => $"{Width} px, {Scheme}, {Locale}";
}

/// <summary>
/// A page of a browser of its own, signed in by the API token. What scripts complain of and what the policy blocks fails the test.
/// </summary>
public sealed class DemoPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly DemoApp _app;

    private DemoPage(DemoApp app, IBrowserContext context, IPage page)
    {
        (_app, _context, Page) = (app, context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Dialog += (_, dialog) => _complaints.Add("A dialog opened: " + dialog.Message);
    }

    /// <summary>What axe found in order is most of what it would tell, and of the time it takes.</summary>
    private static readonly AxeRunOptions ViolationsAlone = new() { ResultTypes = [ResultType.Violations] };

    /// <summary>Names of rows in columns so narrow that their words are broken letter by letter.</summary>
    private const string BrokenNames = """
        () => [...document.querySelectorAll('.scroll tbody th[scope="row"]')]
            .filter(name => name.offsetWidth > 0 && name.offsetWidth < 100)
            .map(name => name.innerText)
            .join(', ')
        """;

    public IPage Page { get; }

    public static async Task<DemoPage> StrangerAsync(DemoApp app, Look look)
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        var context = await app.Browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = app.Address,
                ViewportSize = new ViewportSize { Width = look.Width, Height = look.Width < 700 ? 780 : 900 },
                ColorScheme = look.Scheme,
                Locale = look.Locale,
                TimezoneId = "Europe/Paris",
                JavaScriptEnabled = look.Script,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        return new DemoPage(app, context, await context.NewPageAsync());
    }

    /// <param name="app">The app.</param>
    /// <param name="session">The cookie of a session; signing in again and again would meet the limit of attempts.</param>
    /// <param name="look">How the reader looks at it.</param>
    public static async Task<DemoPage> SignedInAsync(DemoApp app, string session, Look look)
    {
        var page = await StrangerAsync(app, look);
        await page._context.AddCookiesAsync([
            new Cookie
            {
                Name = "signals-session",
                Value = session,
                Url = app.Address,
                HttpOnly = true,
                SameSite = SameSiteAttribute.Strict,
            },
        ]);
        return page;
    }

    /// <summary>Opens a path and expects a page there.</summary>
    public async Task OpenAsync(string path)
    {
        var response = await Page.GotoAsync(path);
        Assert.True(response!.Ok, $"{path}: {response.Status}");
    }

    /// <summary>
    /// Waits until the whole page is there: after a click its first lines may be seen while a busy machine still reads the rest, and what is
    /// counted or taken from the end of a list is then another's.
    /// </summary>
    public Task LoadedAsync() => Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);

    /// <summary>No violation that axe knows of, no sideways scrolling, one h1, and nothing that scripts complain of.</summary>
    public async Task AssertSoundAsync(string what)
    {
        await SetMailsAsideAsync();
        var result = await Page.RunAxe(ViolationsAlone);
        var violations = result.Violations.SelectMany(violation =>
            violation.Nodes.Select(node => $"{violation.Id}: {node.Html} ({string.Join(" ", node.Any.Select(check => check.Message))})")
        );
        Assert.True(result.Violations.Length == 0, $"{what}:\n{string.Join('\n', violations.Take(20))}");
        Assert.Equal("", await Page.EvaluateAsync<string>(BrokenNames));
        int beyond = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(beyond == 0, $"{what}: {beyond} px wider than the window");
        Assert.Equal(1, await Page.Locator("h1").CountAsync());
        AssertQuiet();
    }

    /// <summary>A mail stands in a frame that runs no script, axe's neither: the frame must have a name, and is then left out.</summary>
    private async Task SetMailsAsideAsync()
    {
        foreach (var frame in await Page.Locator("iframe[sandbox]").AllAsync())
        {
            Assert.False(string.IsNullOrWhiteSpace(await frame.GetAttributeAsync("title")));
            await frame.EvaluateAsync("frame => frame.remove()");
        }
    }

    public void AssertQuiet() => Assert.Empty(_complaints);

    /// <summary>Keeps a picture where SIGNALS_SCREENSHOTS says, for people to look at.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("SIGNALS_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
