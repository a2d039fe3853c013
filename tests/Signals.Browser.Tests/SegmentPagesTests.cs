using Microsoft.Playwright;
using Signals.Testing;

namespace Signals.Browser.Tests;

/// <summary>The demo's own segments wherever they are told, in both languages, themes and sizes.</summary>
public sealed class SegmentPagesTests(DemoApp app) : DemoTests(app)
{
    private static readonly string[] Paths =
    [
        "/segments",
        "/segments?segment=manual-work",
        "/accounts?segment=unhappy",
        "/?segment=campaigners",
        "/messages?segment=large-teams",
        "/retention?by=segment",
        "/retention/beginnings?segment=campaigners",
        "/features?by=segment",
    ];

    public static TheoryData<int, ColorScheme, string> Looks =>
        new() { { 1440, ColorScheme.Light, "en-GB" }, { 360, ColorScheme.Dark, "fr-FR" } };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Segments_stand_on_sound_pages(int width, ColorScheme scheme, string locale)
    {
        LongTests.OnlyIf(width < 1440);
        await using var page = await SignedInAsync(new Look(width, scheme, locale));
        foreach (string path in Paths)
        {
            await page.OpenAsync(path);
            await page.PictureAsync(
                $"segment-{string.Concat(path.Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'))}-{width}-{locale[..2]}"
            );
            await page.AssertSoundAsync(path);
        }
        await page.OpenAsync("/segments");
        await page.Page.Locator("main > .scroll tbody tr:nth-child(3) th a").ClickAsync();
        Assert.True(await page.Page.Locator("#compared tbody tr").CountAsync() >= 6);
        await page.Page.Locator("#compared .more a").First.ClickAsync();
        Assert.Equal("manual-work", await page.Page.Locator("select[name=segment]").InputValueAsync());
        Assert.True(await page.Page.Locator("table.accounts tbody tr").CountAsync() > 0);
    }
}
