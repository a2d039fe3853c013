using Microsoft.Playwright;

namespace Signals.Browser.Tests;

/// <summary>Every page that the navigation leads to, and those they lead to, in every language, theme and size.</summary>
public sealed class EveryPageTests(DemoApp app) : DemoTests(app)
{
    /// <summary>Views of one page differ in their numbers, not in their making; the pipeline's tabs are pages of their own.</summary>
    private const int ViewsOfAPage = 1;

    public static TheoryData<int, ColorScheme, string> Looks =>
        new()
        {
            { 1440, ColorScheme.Light, "en-GB" },
            { 1440, ColorScheme.Dark, "fr-FR" },
            { 360, ColorScheme.Light, "fr-FR" },
            { 360, ColorScheme.Dark, "en-GB" },
        };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Has_no_violation_that_axe_knows_of_and_fits_the_window(int width, ColorScheme scheme, string locale)
    {
        await using var page = await SignedInAsync(new Look(width, scheme, locale));
        var failures = new List<string>();
        foreach (string path in await PathsAsync(page))
        {
            await page.OpenAsync(path);
            await page.PictureAsync(
                $"{string.Concat(path.Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'))}-{width}-{scheme}-{locale[..2]}".ToLowerInvariant()
            );
            Assert.Equal(locale[..2], await page.Page.Locator("html").GetAttributeAsync("lang"));
            if (await Record.ExceptionAsync(() => page.AssertSoundAsync(path)) is { } failure)
                failures.Add(failure.Message);
        }
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task What_is_folded_away_is_sound_when_it_opens(int width, ColorScheme scheme)
    {
        await using var page = await SignedInAsync(new Look(width, scheme));
        foreach (string path in await PathsAsync(page))
        {
            await page.OpenAsync(path);
            await page.Page.EvaluateAsync(
                "() => document.querySelectorAll('main details:not(.act)').forEach(details => { details.open = true; })"
            );
            if (await page.Page.Locator("details.act > summary").First.IsVisibleAsync())
                await page.Page.Locator("details.act > summary").First.ClickAsync();
            await page.AssertSoundAsync(path + " unfolded");
        }
    }

    [Fact]
    public async Task Works_without_a_script()
    {
        await using var page = await SignedInAsync(new Look(Script: false));
        foreach (string path in await PathsAsync(page))
        {
            await page.OpenAsync(path);
            Assert.Equal(1, await page.Page.Locator("h1").CountAsync());
        }
        await page.OpenAsync("/");
        await page.Page.Locator(".waiting details.act > summary").First.ClickAsync();
        Assert.True(await page.Page.Locator(".waiting details.act[open] > form").First.IsVisibleAsync());
    }

    [Fact]
    public async Task What_went_wrong_is_told_on_a_sound_page_too()
    {
        await using var page = await SignedInAsync(new Look(Locale: "fr-FR"));
        foreach (string path in new[] { "/nowhere", "/accounts/nobody", "/accounts?risk=high" })
        {
            await page.Page.GotoAsync(path);
            await page.AssertSoundAsync(path);
        }
        await using var stranger = await DemoPage.StrangerAsync(App, new Look(360));
        await stranger.Page.GotoAsync("/accounts");
        await stranger.AssertSoundAsync("sign-in");
    }

    /// <summary>The navigation's pages, the tabs and choices on them, and an account of each kind.</summary>
    private async Task<IReadOnlyList<string>> PathsAsync(DemoPage page)
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
        paths.Add("/accounts?q=nobody-is-called-so");
        return [.. paths.Where(path => !path.Contains(".csv", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<string>> HrefsAsync(DemoPage page, string selector) =>
        await page
            .Page.Locator(selector)
            .EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href')).filter(href => href.startsWith('/'))");
}
