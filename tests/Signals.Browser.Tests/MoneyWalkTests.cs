using Microsoft.Playwright;

namespace Signals.Browser.Tests;

/// <summary>From the money to the customer's own meeting, clicked and typed: the page about revenue, an account, its value report.</summary>
public sealed class MoneyWalkTests(DemoApp app) : DemoTests(app)
{
    [Theory]
    [InlineData("en-GB", "Value report")]
    [InlineData("fr-FR", "Bilan de valeur")]
    public async Task From_a_renewal_to_a_report_that_the_customer_reads(string locale, string report)
    {
        await using var walk = await SignedInAsync(new Look(Locale: locale));
        var page = walk.Page;
        await walk.OpenAsync("/");
        Assert.Equal(10, await page.Locator(".ten li").CountAsync());
        await page.Locator("nav.main a[href='/revenue']").ClickAsync();
        await Assertions.Expect(page.Locator("#retention figure.chart")).ToBeVisibleAsync();
        await page.Locator("ul.renewals a").First.ClickAsync();
        await Assertions.Expect(page.Locator("#timeline li").First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = report, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".paper")).ToContainTextAsync("Nimbus");
        await page.Locator(".approve textarea").FillAsync("2026 ♥ Nimbus");
        await page.Locator(".approve button").ClickAsync();
        string link = new Uri(await page.Locator(".reports input[readonly]").First.InputValueAsync()).AbsolutePath;
        walk.AssertQuiet();

        await using var customer = await DemoPage.StrangerAsync(App, new Look(360, ColorScheme.Dark, locale));
        await customer.OpenAsync(link);
        await Assertions.Expect(customer.Page.Locator("h1")).ToContainTextAsync("Nimbus");
        await Assertions.Expect(customer.Page.Locator("main")).ToContainTextAsync("2026 ♥ Nimbus");
        await customer.AssertSoundAsync(link);
        customer.AssertQuiet();
    }
}
