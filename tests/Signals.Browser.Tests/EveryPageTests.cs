using Microsoft.Playwright;
using Signals.Testing;

namespace Signals.Browser.Tests;

/// <summary>Every page as it stands, in every language, theme and size.</summary>
public sealed class EveryPageTests(DemoApp app) : EveryPage(app)
{
    /// <summary>Two hold each size, theme and language once; the other two change who meets whom.</summary>
    public static TheoryData<int, ColorScheme, string, bool> Looks =>
        new()
        {
            { 1440, ColorScheme.Light, "en-GB", false },
            { 360, ColorScheme.Dark, "fr-FR", false },
            { 1440, ColorScheme.Dark, "fr-FR", true },
            { 360, ColorScheme.Light, "en-GB", true },
        };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Has_no_violation_that_axe_knows_of_and_fits_the_window(int width, ColorScheme scheme, string locale, bool isLong)
    {
        if (isLong)
            LongTests.OnlyAll();
        LongTests.OnlyIf(width < 1440);
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
}
