using Microsoft.Playwright;

namespace Signals.Browser.Tests;

/// <summary>A browser for pages that no app serves: mails, files. Where there is no Chromium the tests that open one are skipped.</summary>
public sealed class LoneBrowser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Find() is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    /// <summary>A page of its own; skips the test that asks where there is no browser.</summary>
    public async Task<IPage> OpenAsync(int width, ColorScheme scheme)
    {
        Assert.SkipWhen(_browser is null, Chromium.HowTo);
        return await _browser!.NewPageAsync(
            new BrowserNewPageOptions
            {
                ColorScheme = scheme,
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
