namespace Signals.Browser.Tests;

/// <summary>Tests on every page that the navigation leads to, and those they lead to.</summary>
public abstract class EveryPage(DemoApp app) : DemoTests(app)
{
    /// <summary>Views of one page differ in their numbers, not in their making; the pipeline's tabs are pages of their own.</summary>
    private const int ViewsOfAPage = 1;

    /// <summary>The navigation's pages, the tabs and choices on them, and an account of each kind.</summary>
    protected async Task<IReadOnlyList<string>> PathsAsync(DemoPage page)
    {
        await page.OpenAsync("/");
        var paths = new List<string>(await HrefsAsync(page, "nav.main a"));
        Assert.True(paths.Count >= 4, "the navigation is short");
        foreach (string path in paths.ToList())
        {
            await page.OpenAsync(path);
            paths.AddRange(
                (await HrefsAsync(page, "main nav:not(.more, .tabs) a"))
                    .Select(href => href.Split('#')[0])
                    .Distinct(StringComparer.Ordinal)
                    .Take(ViewsOfAPage)
            );
            paths.AddRange(await HrefsAsync(page, "main .tabs a"));
            paths.AddRange((await HrefsAsync(page, $"main a[href^='{(path == "/" ? "/none" : path)}/']")).Take(1));
        }
        paths.Add("/accounts/" + Uri.EscapeDataString(await AccountAsync("cause=usage-drop")));
        paths.Add("/accounts/" + Uri.EscapeDataString(await AccountAsync("cause=friction")));
        paths.Add(paths[^1] + "/report");
        paths.Add("/accounts?q=nobody-is-called-so");
        return [.. paths.Where(path => !path.Contains(".csv", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<string>> HrefsAsync(DemoPage page, string selector) =>
        await page
            .Page.Locator(selector)
            .EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href')).filter(href => href.startsWith('/'))");
}
