using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Signals.Testing;

namespace Signals.Browser.Tests;

/// <summary>
/// A passkey from its making to its end, by Chromium's virtual authenticator. The app is one of its own: keys are made for names, and the
/// others answer at a number.
/// </summary>
public sealed partial class PasskeyWalkTests(DemoApp app) : IAsyncLifetime
{
    private const string Ann = "ann@nimbus.example";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "signals-passkeys-" + Guid.NewGuid().ToString("N")[..12]);

    private string _address = "";
    private BuiltApp? _served;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (app.Missing is not null)
            return;
        Directory.CreateDirectory(_folder);
        string model = Path.Combine(_folder, "model.json");
        await File.WriteAllTextAsync(
            model,
            """
            { "product": "Nimbus", "value": { "unit": "reports", "from": [{ "event": "Report Shared", "amount": 1 }] }, "locales": ["en", "fr"] }
            """,
            Cancel
        );
        _address = $"http://localhost:{FreePort.Find()}";
        _served = await BuiltApp.StartAsync(
            ["serve", "--data", Path.Combine(_folder, "data"), "--model", model, "--urls", _address],
            new Dictionary<string, string> { ["SIGNALS_API_TOKEN"] = DemoApp.ApiToken, ["SIGNALS_WRITE_KEY"] = DemoApp.WriteKey },
            StartLimit,
            Cancel
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_served is not null)
            await _served.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_passkey_is_made_signs_in_is_removed_and_then_refused()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        await using var context = await NewContextAsync(1440, ColorScheme.Light, "en-GB");
        var page = await ComeInAsync(context);
        var complaints = new List<string>();
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                complaints.Add(message.Text);
        };
        await HasAuthenticatorAsync(context, page);

        await page.GotoAsync("/me");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a passkey" }).ClickAsync();
        await SoundAsync(page, "passkeys-new-1440-en");
        await page.GetByLabel("Name, to know it by").FillAsync("Laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey “Laptop” is added.");
        await SoundAsync(page, "passkeys-me-1440-en");

        await SignOutAsync(page);
        await SignInAsync(page);
        await Assertions.Expect(page.Locator("nav.main")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("footer")).ToContainTextAsync("Ann");

        await page.GotoAsync("/me");
        await Assertions.Expect(page.Locator(".passkeys")).ToContainTextAsync("last used on");
        await page.Locator("form[action='/me/passkeys/remove'] button").ClickAsync();
        await Assertions.Expect(page.Locator(".passkeys")).ToHaveCountAsync(0);
        await SignOutAsync(page);
        await SignInAsync(page);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Sign in first");
        await Assertions.Expect(page.Locator("nav.main")).ToHaveCountAsync(0);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task The_pages_are_sound_in_the_other_language_theme_and_size_too()
    {
        LongTests.Only();
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        await using var context = await NewContextAsync(360, ColorScheme.Dark, "fr-FR");
        var page = await ComeInAsync(context);
        await page.GotoAsync("/me/passkeys/new");
        await SoundAsync(page, "passkeys-new-360-fr");
        await page.GotoAsync("/me");
        await SoundAsync(page, "passkeys-me-360-fr");
        await page.GotoAsync("/signin/passkey");
        await SoundAsync(page, "passkeys-signin-360-fr");
        await context.ClearCookiesAsync();
        await page.GotoAsync("/");
        await SoundAsync(page, "passkeys-ways-in-360-fr");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Se connecter avec une clé d’accès" })).ToBeVisibleAsync();
    }

    private Task<IBrowserContext> NewContextAsync(int width, ColorScheme scheme, string locale) =>
        app.Browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = _address,
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                ColorScheme = scheme,
                Locale = locale,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );

    /// <summary>Ann is invited by whoever has the API token, and opens her mail's link.</summary>
    private async Task<IPage> ComeInAsync(IBrowserContext context)
    {
        await using (var admins = await NewContextAsync(1440, ColorScheme.Light, "en-GB"))
        {
            var admin = await admins.NewPageAsync();
            await admin.GotoAsync(PrintedLink().Match(_served!.Said).Value);
            await admin.GotoAsync("/team");
            var form = admin.Locator("form[action='/team/invite']");
            await form.Locator("input[name=name]").FillAsync("Ann");
            await form.Locator("input[name=address]").FillAsync(Ann);
            await form.GetByRole(AriaRole.Button).ClickAsync();
            await Assertions.Expect(admin.GetByRole(AriaRole.Status)).ToContainTextAsync("Ann is invited");
        }
        var page = await context.NewPageAsync();
        await page.GotoAsync(await TeamMails.LinkAsync(Path.Combine(_folder, "data", "outbox"), Ann, null, Cancel));
        await page.Locator("form[action='/signin/open'] button").ClickAsync();
        await Assertions.Expect(page.Locator("nav.main")).ToBeVisibleAsync();
        return page;
    }

    private static async Task HasAuthenticatorAsync(IBrowserContext context, IPage page)
    {
        var devtools = await context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["options"] = JsonSerializer.SerializeToElement(
                    new
                    {
                        protocol = "ctap2",
                        transport = "internal",
                        hasResidentKey = true,
                        hasUserVerification = true,
                        isUserVerified = true,
                        automaticPresenceSimulation = true,
                    }
                ),
            }
        );
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.Locator("footer form[action='/signout'] button").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Sign in first");
    }

    /// <summary>The page asks for the key by itself, and goes on as soon as it comes.</summary>
    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/signin/passkey?", StringComparison.Ordinal));
    }

    private static async Task SoundAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SIGNALS_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{name}: {string.Join(", ", result.Violations.Select(violation => violation.Id))}");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }

    [GeneratedRegex("/signin\\?token=si_[A-Za-z0-9_-]+", RegexOptions.NonBacktracking)]
    private static partial Regex PrintedLink();
}
