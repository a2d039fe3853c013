using Microsoft.Playwright;
using Signals.Testing;

namespace Signals.Browser.Tests;

/// <summary>Every page with all that it folds away opened; beside <see cref="EveryPageTests"/>, as the two take long.</summary>
public sealed class UnfoldedPageTests(DemoApp app) : EveryPage(app)
{
    [Theory]
    [InlineData(1440, ColorScheme.Light, true)]
    [InlineData(360, ColorScheme.Dark, false)]
    public async Task What_is_folded_away_is_sound_when_it_opens(int width, ColorScheme scheme, bool isLong)
    {
        if (isLong)
            LongTests.OnlyAll();
        LongTests.Only();
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
}
