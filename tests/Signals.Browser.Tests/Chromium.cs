using Microsoft.Playwright;

namespace Signals.Browser.Tests;

/// <summary>The browser that is there: named by SIGNALS_CHROMIUM, or found on the path. None is downloaded.</summary>
public static class Chromium
{
    public const string HowTo = "There is no Chromium: install one (apt-get install chromium) or name it with SIGNALS_CHROMIUM.";

    /// <summary>The shell draws no window of its own, which spares the tests a third of their time.</summary>
    private static readonly string[] Names =
    [
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
    ];

    /// <summary>Starts it without a window.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Find(),
                // Root has no sandbox to go into; the pages are our own.
                Args = Environment.UserName == "root" ? ["--no-sandbox"] : [],
            }
        );

    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("SIGNALS_CHROMIUM") is { Length: > 0 } named)
            return File.Exists(named) ? named : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
