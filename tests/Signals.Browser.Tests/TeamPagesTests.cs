using Microsoft.Playwright;
using Signals.Testing;

namespace Signals.Browser.Tests;

/// <summary>A problem that was handed over, people who were searched for, a plan that ends: pages that no link of an untouched demo leads to.</summary>
public sealed class TeamPagesTests(DemoApp app) : DemoTests(app)
{
    public static TheoryData<int, ColorScheme, string> Looks =>
        new() { { 1440, ColorScheme.Light, "en-GB" }, { 360, ColorScheme.Dark, "fr-FR" } };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task A_problem_that_was_handed_over_and_people_who_were_found_stand_on_sound_pages(
        int width,
        ColorScheme scheme,
        string locale
    )
    {
        LongTests.OnlyIf(width < 1440);
        await using var page = await SignedInAsync(new Look(width, scheme, locale));
        await page.OpenAsync("/causes/onboarding-stalled?about=import-users");
        if (await page.Page.Locator("form[action='/problems']").CountAsync() > 0)
        {
            var details = page.Page.Locator("details:has(form[action='/problems'])");
            if (await details.CountAsync() > 0)
                await details.First.Locator("summary").First.ClickAsync();
            await page.Page.Locator("form[action='/problems'] [name=note]").FillAsync("CSV files with semicolons are refused.");
            await page.Page.Locator("form[action='/problems'] button").ClickAsync();
            await page.LoadedAsync();
        }
        await LookAsync(page, "/problems", width, locale);
        Assert.Equal(1, await page.Page.Locator("main a[href^='/problems/']").CountAsync());
        string problem = (await page.Page.Locator("main a[href^='/problems/']").First.GetAttributeAsync("href"))!;
        await LookAsync(page, problem, width, locale);
        Assert.True(await page.Page.Locator("ul.problems a").CountAsync() > 5);

        await LookAsync(page, "/accounts?q=ma", width, locale);
        Assert.Equal(10, await page.Page.Locator("#people-found li").CountAsync());
        await LookAsync(page, "/accounts?q=an", width, locale);
        Assert.Equal(1, await page.Page.Locator("#people-none").CountAsync());
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task A_plan_that_ends_stands_on_sound_pages(int width, ColorScheme scheme, string locale)
    {
        LongTests.OnlyIf(width < 1440);
        await using var page = await SignedInAsync(new Look(width, scheme, locale));
        await LookAsync(page, "/revenue", width, locale);
        Assert.Equal(1, await page.Page.Locator("#plan-ends section.sunset").CountAsync());
        string account = "/accounts/" + Uri.EscapeDataString(await AccountAsync("plan=basic&risk=at-risk"));
        await LookAsync(page, account, width, locale);
        await LookAsync(page, account + "/report", width, locale);
        if (width > 400)
            return;
        // On a phone each cell says what it is.
        await page.OpenAsync("/features");
        Assert.NotEqual(
            "none",
            await page.Page.EvaluateAsync<string>(
                "() => getComputedStyle(document.querySelector('table.scores td[data-head]'), '::before').content"
            )
        );
    }

    private static async Task LookAsync(DemoPage page, string path, int width, string locale)
    {
        await page.OpenAsync(path);
        await page.PictureAsync(
            $"team-{string.Concat(path.Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'))}-{width}-{locale[..2]}"
        );
        await page.AssertSoundAsync(path);
    }
}
