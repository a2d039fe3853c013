using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Testing;
using Signals.Web.Tests.Api;
using Signals.Web.Tests.Help;
using static Microsoft.Playwright.Assertions;

namespace Signals.Browser.Tests;

/// <summary>A person stalls, and is helped where they are: in a product of another origin under a strict policy.</summary>
public sealed class HelpTests
{
    private const string Ann = HelpHost.Ann;

    private const string Sue = "sue";

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
        await card.GetByRole(AriaRole.Link).ClickAsync();

        // The page is left in the same moment: what it says on its way out is seen by what became of it.
        var message = await AfterAsync(site, message => message.GetProperty("reason").GetString() == "its step was taken");
        Assert.Equal("delivered", message.GetProperty("state").GetString());
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
        LongTests.OnlyIf(scheme != ColorScheme.Light || width < 1000);
        await using var site = await HelpSite.OpenAsync();
        await using var device = await site.DeviceAsync(scheme, width);
        var page = await site.PageAsync(device, Ann);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Aide de Nimbus" })).ToBeVisibleAsync();
        await AssertFineAsync(page, $"help-{scheme}-{width}");

        // A survey, too, with a score chosen.
        await site.Host.AskedAsync(Sue, "blue", "fr");
        var asked = await site.PageAsync(device, Sue);
        var card = asked.GetByRole(AriaRole.Region, new() { Name = "Aide de Nimbus" });
        await Expect(card).ToBeVisibleAsync();
        await PictureAsync(asked, $"survey-{scheme}-{width}");
        await card.GetByText("9", new() { Exact = true }).ClickAsync();
        await Expect(card.GetByRole(AriaRole.Textbox)).ToBeVisibleAsync();
        await AssertFineAsync(asked, $"survey-chosen-{scheme}-{width}");
        site.AssertQuiet();

        // And the page behind the links of its mail, for who never came by.
        await site.Host.AskedAsync("kim", "green", "fr");
        site.Host.Signals.Clock.Advance(TimeSpan.FromHours(49));
        await site.Host.Signals.WorkAsync();
        var confirming = await device.NewPageAsync();
        await confirming.GotoAsync(await site.Host.SurveyPageAsync("green", score: 9));
        await Expect(confirming.GetByRole(AriaRole.Radio, new() { Name = "9" })).ToBeCheckedAsync();
        await AssertFineAsync(confirming, $"survey-page-{scheme}-{width}");
    }

    private static async Task AssertFineAsync(IPage page, string picture)
    {
        await PictureAsync(page, picture);
        var found = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.Empty(found.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}")));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SIGNALS_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
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

        // A survey is answered by keyboard alone: to the score, to the field, to the button.
        await site.Host.AskedAsync(Sue, "blue", "fr");
        var asked = await site.PageAsync(device, Sue);
        var survey = asked.GetByRole(AriaRole.Region, new() { Name = "Aide de Nimbus" });
        await Expect(survey.GetByRole(AriaRole.Group, new() { Name = "0 · certainement pas, 10 · très certainement" })).ToBeVisibleAsync();
        await asked.Locator("#work").FocusAsync();
        await asked.Keyboard.PressAsync("Tab");
        await asked.Keyboard.PressAsync("Space");
        for (int i = 0; i < 8; i++)
            await asked.Keyboard.PressAsync("ArrowRight");
        await asked.Keyboard.PressAsync("Tab");
        await Expect(survey.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await asked.Keyboard.TypeAsync("Très bien.");
        await asked.Keyboard.PressAsync("Escape");
        await asked.Keyboard.PressAsync("Tab");
        await asked.Keyboard.PressAsync("Enter");
        await Expect(asked.GetByText("Merci. Votre réponse est arrivée.")).ToBeFocusedAsync();
        await asked.Keyboard.PressAsync("Escape");
        await Expect(survey).ToHaveCountAsync(0);
        Assert.Equal("work", await asked.EvaluateAsync<string>("document.activeElement.id"));
        await site.Host.Signals.SettleAsync();
        var account = await new AccountRows(site.Host.Signals.Store).GetAccountAsync(AccountKey.Group("blue"), Cancel);
        var answer = Assert.Single(account!.Feedback.Answers);
        Assert.Equal((8d, "in-app", "Très bien."), (answer.Score, answer.Channel, answer.Comment));
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
        for (int i = 0; i < 600; i++)
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
