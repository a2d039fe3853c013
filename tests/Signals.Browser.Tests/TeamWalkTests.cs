using Microsoft.Playwright;
using Signals.Testing;

namespace Signals.Browser.Tests;

/// <summary>A week of a team, clicked and typed: from an invitation to signing out elsewhere.</summary>
public sealed class TeamWalkTests(DemoApp app) : DemoTests(app)
{
    private const string Amelie = "amelie@nimbus.example";
    private const string Bruno = "bruno@nimbus.example";

    [Fact]
    public async Task Comes_in_by_mail_hands_over_writes_plans_undoes_saves_and_signs_out_elsewhere()
    {
        LongTests.Only();
        await using var admin = await SignedInAsync();
        await InviteAsync(admin, "Amélie Durand", Amelie);
        await InviteAsync(admin, "Bruno Martin", Bruno);
        await LookAsync(admin, "team");
        await using var walk = await ComeInAsync(Amelie);
        await using var bruno = await ComeInAsync(Bruno);

        await HandsOverByKeysAndUndoesAsync(walk);
        await HandsAnAlertToAsync(walk, bruno);
        await WritesAndPlansAsync(walk, "/accounts/" + Uri.EscapeDataString(await AccountAsync("cause=friction")));
        await SavesAViewForTheTeamAsync(walk, bruno);
        await SignsOutElsewhereAsync(walk);
        walk.AssertQuiet();
        bruno.AssertQuiet();
    }

    private static async Task InviteAsync(DemoPage admin, string name, string address)
    {
        await admin.OpenAsync("/team");
        var form = admin.Page.Locator("form[action='/team/invite']");
        await form.Locator("input[name=name]").FillAsync(name);
        await form.Locator("input[name=address]").FillAsync(address);
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Status)).ToContainTextAsync($"{name} is invited");
    }

    /// <summary>Opens the link of the mail that came, presses the button there, and is on the page of the day.</summary>
    private async Task<DemoPage> ComeInAsync(string address, string? usedLink = null)
    {
        var walk = await DemoPage.StrangerAsync(App, new Look());
        await walk.OpenAsync(await TeamMails.LinkAsync(App.Outbox, address, usedLink, Cancel));
        await walk.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(walk.Page.Locator("nav.main")).ToBeVisibleAsync();
        return walk;
    }

    /// <summary>Undoes at once, as it can be for seconds only, and looks at the page after doing it again.</summary>
    private static async Task HandsOverByKeysAndUndoesAsync(DemoPage walk)
    {
        await HandsOverByKeysAsync(walk);
        await UndoAsync(walk.Page);
        await HandsOverByKeysAsync(walk);
        await LookAsync(walk, "accounts");
    }

    private static async Task HandsOverByKeysAsync(DemoPage walk)
    {
        var page = walk.Page;
        await walk.OpenAsync("/accounts?risk=critical");
        foreach (string key in new[] { "j", "x", "j", "x" })
            await page.Keyboard.PressAsync(key);
        await Assertions.Expect(page.Locator(".pick input:checked")).ToHaveCountAsync(2);
        await page.Locator(".bulk select[name=to]").SelectOptionAsync(Bruno);
        await page.Locator(".bulk").GetByRole(AriaRole.Button, new() { Name = "Hand over" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("In Bruno Martin’s hands: 2 accounts");
    }

    private static async Task HandsAnAlertToAsync(DemoPage walk, DemoPage bruno)
    {
        var page = walk.Page;
        await walk.OpenAsync("/");
        // Neither the first nor the last: others answer those, in the same app.
        var alert = page.Locator(".waiting .alerts > li").Nth(1);
        string name = await alert.Locator("h3 a").InnerTextAsync();
        await alert.Locator(".pick input").CheckAsync();
        await page.Locator(".bulk select[name=to]").SelectOptionAsync(Bruno);
        await page.Locator(".bulk").GetByRole(AriaRole.Button, new() { Name = "Hand over" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("In Bruno Martin’s hands: 1 account");

        await bruno.OpenAsync("/");
        await Assertions.Expect(bruno.Page.Locator(".own-work")).ToContainTextAsync(name);
        await Assertions.Expect(bruno.Page.Locator(".own-work")).ToContainTextAsync("Amélie Durand");
        await LookAsync(bruno, "today");
    }

    private static async Task WritesAndPlansAsync(DemoPage walk, string account)
    {
        var page = walk.Page;
        await walk.OpenAsync(account);
        await page.Locator("#notes textarea").First.FillAsync("Called them. @Bruno could you show them the import?");
        await page.Locator("#notes").GetByRole(AriaRole.Button, new() { Name = "Save the note" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Bruno Martin is told");

        await page.GetByText("Add a next step").ClickAsync();
        var step = page.Locator("form[action$='/steps']");
        await step.Locator("input[name=text]").FillAsync("Send the template");
        await step.Locator("select[name=to]").SelectOptionAsync(Amelie);
        await step.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("#work .steps")).ToContainTextAsync("Send the template");

        await AddsAGoalAsync(page);
        await UndoAsync(page);
        await Assertions.Expect(page.Locator("#work .goals")).ToHaveCountAsync(0);
        await AddsAGoalAsync(page);
        await LookAsync(walk, "account");

        await page.Locator("#work .steps").GetByRole(AriaRole.Button, new() { Name = "Done" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Done: Send the template");
    }

    private static async Task AddsAGoalAsync(IPage page)
    {
        await page.GetByText("Add a goal").ClickAsync();
        var goal = page.Locator("form[action$='/goals']");
        await goal.Locator("input[name=text]").FillAsync("Half the time for the monthly report");
        await goal.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("#work .goals")).ToContainTextAsync("Half the time for the monthly report");
    }

    private static async Task SavesAViewForTheTeamAsync(DemoPage walk, DemoPage bruno)
    {
        var page = walk.Page;
        await walk.OpenAsync("/accounts?cause=usage-drop");
        await page.GetByText("Save this view").ClickAsync();
        var form = page.Locator("form[action='/accounts/views']");
        await form.Locator("input[name=name]").FillAsync("Falling use");
        await form.Locator("input[name=shared]").CheckAsync();
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("“Falling use” is saved");
        await walk.LoadedAsync();
        var names = await page.Locator("th.who > a").AllInnerTextsAsync();
        // The pinned view takes the left of the bar, and what unfolds stands at the right of the window.
        await page.GetByText("Save this view").ClickAsync();
        await walk.AssertSoundAsync("a view to save beside a pinned one");
        await page.Locator("details.saved > summary").ClickAsync();
        await walk.AssertSoundAsync("saved views");

        await bruno.OpenAsync("/accounts");
        await bruno.Page.GetByRole(AriaRole.Link, new() { Name = "Falling use" }).First.ClickAsync();
        await Assertions.Expect(bruno.Page.Locator(".views [aria-current=true]")).ToHaveTextAsync("Falling use");
        await bruno.LoadedAsync();
        Assert.Equal(names, await bruno.Page.Locator("th.who > a").AllInnerTextsAsync());
    }

    private async Task SignsOutElsewhereAsync(DemoPage walk)
    {
        string used = await TeamMails.LinkAsync(App.Outbox, Amelie, null, Cancel);
        await using (var stranger = await DemoPage.StrangerAsync(App, new Look()))
        {
            await stranger.Page.GotoAsync("/");
            await stranger.Page.Locator("form[action='/signin/mail'] input[name=address]").FillAsync(Amelie);
            await stranger.Page.Locator("form[action='/signin/mail'] button").ClickAsync();
            await Assertions.Expect(stranger.Page.Locator("main")).ToContainTextAsync(Amelie);
        }
        await using var elsewhere = await ComeInAsync(Amelie, used);

        var page = walk.Page;
        foreach (
            var (width, language, saved) in new[] { (360, "fr", "Vos réglages sont enregistrés"), (1440, "en", "Your settings are saved") }
        )
        {
            await page.SetViewportSizeAsync(width, 900);
            await walk.OpenAsync("/me");
            await page.Locator("form[action='/me/change'] select[name=language]").SelectOptionAsync(language);
            await page.Locator("form[action='/me/change'] button").ClickAsync();
            await Assertions.Expect(page.Locator($"html[lang={language}]")).ToHaveCountAsync(1);
            await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(saved);
            await LookAsync(walk, $"me-{language}-{width}");
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 other browser is signed out");

        var refused = await elsewhere.Page.GotoAsync("/");
        Assert.Equal(401, refused!.Status);
        await walk.OpenAsync("/");
    }

    private static async Task UndoAsync(IPage page)
    {
        await page.Locator(".undoable button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("It is as it was before");
    }

    private static async Task LookAsync(DemoPage walk, string name)
    {
        await walk.PictureAsync("team-" + name);
        await walk.AssertSoundAsync(name);
    }
}
