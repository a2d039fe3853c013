using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Signals.Web.Tests.Api;
using Signals.Web.Tests.Help;
using static Microsoft.Playwright.Assertions;

namespace Signals.Browser.Tests;

/// <summary>A person stalls, and is helped where they are: in a product of another origin under a strict policy.</summary>
public sealed class HelpTests
{
    private const string Ann = HelpHost.Ann;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_card_appears_its_step_is_taken_and_no_mail_comes(bool isOwnPath)
    {
        await using var site = await HelpSite.OpenAsync();
        await using var device = await site.DeviceAsync();
        var page = await site.PageAsync(device, Ann, isOwnPath);
        var card = page.GetByRole(AriaRole.Region, new() { Name = "Aide de Nimbus" });
        await Expect(card).ToBeVisibleAsync();
        await Expect(card).ToHaveAttributeAsync("lang", "fr");
        // It takes no focus away, and is spoken.
        Assert.Equal("BODY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Importer vos utilisateurs");
        await page.GetByText("Quel fichier").ClickAsync();
        await Expect(page.GetByText("Un CSV.")).ToBeVisibleAsync();

        await page.RouteAsync("https://nimbus.example/**", route => route.FulfillAsync(new() { Body = "Import" }));
        var said = page.WaitForRequestAsync(request => request.Method == "POST" && request.PostData!.Contains("done"));
        await card.GetByRole(AriaRole.Link).ClickAsync();
        await said;

        var message = await AfterAsync(site, message => message.GetProperty("state").GetString() == "delivered");
        Assert.Equal("its step was taken", message.GetProperty("reason").GetString());
        site.Host.Signals.Clock.Advance(TimeSpan.FromDays(3));
        await site.Host.Signals.WorkAsync();
        Assert.Equal("in-app", (await MessageAsync(site)).GetProperty("channel").GetString());
        Assert.Null(await site.Host.CardAsync(Ann));
        if (isOwnPath)
            Assert.Empty(site.Blocked);
        site.AssertQuiet();
    }

    [Fact]
    public async Task A_checklist_shows_how_far_one_is_and_is_put_away_until_something_is_done()
    {
        await using var site = await HelpSite.OpenAsync();
        await using var device = await site.DeviceAsync();
        var page = await site.PageAsync(device, Ann);
        var list = page.GetByRole(AriaRole.Region, new() { Name = "Premiers pas avec Nimbus" });
        await Expect(list.GetByRole(AriaRole.Progressbar, new() { Name = "0 sur 2 terminées" })).ToBeVisibleAsync();
        await Expect(list.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await list.GetByRole(AriaRole.Button).ClickAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Aide de Nimbus" })).ToBeVisibleAsync();
        await Expect(list).ToHaveCountAsync(0);

        await DoneAsync(site, page, "Profile Saved");
        await Expect(list).ToContainTextAsync("1 sur 2 terminées");
        await DoneAsync(site, page, "Users Imported");
        await Expect(list).ToContainTextAsync("Tout est en place. Bravo !");
        // The goal is reached: the card went, too.
        await Expect(page.GetByRole(AriaRole.Region)).ToHaveCountAsync(1);
        site.AssertQuiet();
    }

    private static async Task DoneAsync(HelpSite site, IPage page, string what)
    {
        await site.Host.Signals.SendAsync(SignalsHost.Track(Ann, "acme", what));
        await site.Host.Signals.SettleAsync();
        await page.EvaluateAsync("help.refresh()");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1000)]
    [InlineData(ColorScheme.Dark, 1000)]
    [InlineData(ColorScheme.Light, 320)]
    public async Task It_has_no_violation_that_axe_knows_of_and_fits_the_window(ColorScheme scheme, int width)
    {
        await using var site = await HelpSite.OpenAsync();
        await using var device = await site.DeviceAsync(scheme, width);
        var page = await site.PageAsync(device, Ann);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Aide de Nimbus" })).ToBeVisibleAsync();
        if (Environment.GetEnvironmentVariable("SIGNALS_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"help-{scheme}-{width}.png") });

        var found = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });

        Assert.Empty(found.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}")));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        site.AssertQuiet();
    }

    [Fact]
    public async Task By_keyboard_alone_it_is_put_away_and_the_focus_goes_back_to_where_it_was()
    {
        await using var site = await HelpSite.OpenAsync();
        await using var device = await site.DeviceAsync();
        var page = await site.PageAsync(device, Ann);
        var card = page.GetByRole(AriaRole.Region, new() { Name = "Aide de Nimbus" });
        await Expect(card).ToBeVisibleAsync();
        await page.Locator("#work").FocusAsync();
        // Questions, step, close.
        for (int i = 0; i < 3; i++)
            await page.Keyboard.PressAsync("Tab");
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Pas maintenant" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(card).ToHaveCountAsync(0);
        Assert.Equal("work", await page.EvaluateAsync<string>("document.activeElement.id"));
        var message = await AfterAsync(site, message => message.GetProperty("state").GetString() == "delivered");
        Assert.Equal("it was put away", message.GetProperty("reason").GetString());
        site.AssertQuiet();
    }

    [Fact]
    public async Task Two_tabs_and_two_devices_show_one_card_once()
    {
        await using var site = await HelpSite.OpenAsync();
        await using var laptop = await site.DeviceAsync();
        await using var telephone = await site.DeviceAsync(width: 400);
        var first = await site.PageAsync(laptop, Ann);
        var second = await site.PageAsync(laptop, Ann);
        var third = await site.PageAsync(telephone, Ann);
        IPage[] pages = [first, second, third];
        foreach (var page in pages)
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Aide de Nimbus" })).ToHaveCountAsync(1);

        await first.GetByRole(AriaRole.Button, new() { Name = "Pas maintenant" }).ClickAsync();
        await Expect(second.GetByRole(AriaRole.Region, new() { Name = "Aide de Nimbus" })).ToHaveCountAsync(0);
        await AfterAsync(site, message => message.GetProperty("reason").GetString() == "it was put away");
        foreach (var page in pages)
        {
            await page.EvaluateAsync("help.refresh()");
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Aide de Nimbus" })).ToHaveCountAsync(0);
        }
        site.AssertQuiet();
    }

    [Fact]
    public async Task A_card_that_is_seen_says_so_and_stays_until_it_is_answered()
    {
        await using var site = await HelpSite.OpenAsync();
        await using var device = await site.DeviceAsync();
        var page = await site.PageAsync(device, Ann);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Aide de Nimbus" })).ToBeVisibleAsync();
        await AfterAsync(site, message => message.GetProperty("state").GetString() == "delivered");
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Aide de Nimbus" })).ToBeVisibleAsync();
    }

    private static async Task<JsonElement> MessageAsync(HelpSite site) =>
        (await site.Host.Signals.GetAsync("/api/outreach?account=acme"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(item => item.GetProperty("kind").GetString() == "message");

    /// <summary>What the page said has to arrive and be worked on.</summary>
    private static async Task<JsonElement> AfterAsync(HelpSite site, Func<JsonElement, bool> isSo)
    {
        for (int i = 0; i < 100; i++)
        {
            await site.Host.Signals.WorkAsync();
            var message = await MessageAsync(site);
            if (isSo(message))
                return message;
            await Task.Delay(100, Cancel);
        }
        throw new TimeoutException($"The message is still {await MessageAsync(site)}.");
    }
}
