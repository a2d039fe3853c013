using AngleSharp.Html.Dom;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Testing;
using Signals.Web.Dashboard.Views;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Team;

/// <summary>Saved views, acting on several rows at once, and going through the list that one came from.</summary>
public sealed class ListWorkTests : TeamPages
{
    private const string Amelie = "amelie@nimbus.example";
    private const string Bruno = "bruno@nimbus.example";

    private DashboardBrowser _amelie = null!;
    private DashboardBrowser _bruno = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (string id in new[] { "acme", "bolt", "core" })
        {
            await Host.SendAsync(
                SignalsHost.Account("u-" + id, id, new { name = id, plan = "pro" }),
                SignalsHost.Track("u-" + id, id, "Import Failed"),
                SignalsHost.Track("u-" + id, id, "Import Failed")
            );
        }
        await Host.SettleAsync();
        _amelie = await ComeInAsync("Amélie", Amelie);
        _bruno = await ComeInAsync("Bruno", Bruno);
    }

    [Fact]
    public async Task Ticked_accounts_are_handed_over_at_once_with_one_mail_and_undone_at_once()
    {
        var page = await _bruno.OpenAsync("/accounts?sort=name");
        Assert.Equal(3, page.QuerySelectorAll(".pick input[form=bulk]").Length);
        var after = await BulkForms.SubmitAsync(_bruno, page, ["acme", "core"], ("do", "hand"), ("to", Amelie));
        Assert.Contains("In Amélie’s hands: 2 accounts", after.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/accounts", after.QuerySelector("form.accounts-filter")!.GetAttribute("action"));
        Assert.Equal(2, (await _amelie.OpenAsync("/")).QuerySelectorAll(".own-work li").Length);

        after = await _bruno.SubmitAsync(after.QuerySelector(".undoable form"));

        Assert.Contains("as it was before", after.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await _amelie.OpenAsync("/")).QuerySelector(".own-work"));
        await BulkForms.SubmitAsync(_bruno, after, ["acme", "core"], ("do", "hand"), ("to", Amelie));
        int before = Mails.All.Count;
        await PostLettersAsync();
        var mail = Assert.Single(Mails.All.Skip(before));
        Assert.Equal("Bruno handed you 2 accounts", mail.Subject);
        Assert.Contains("acme, core", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticked_alerts_are_taken_on_and_put_off_and_come_back_with_undo()
    {
        var today = await _bruno.OpenAsync("/");
        string[] ids = [.. today.QuerySelectorAll(".waiting .pick input").Select(box => box.GetAttribute("value")!)];
        Assert.Equal(3, ids.Length);
        today = await BulkForms.SubmitAsync(_bruno, today, ids[..2], ("do", "ack"));
        Assert.Contains("You took on 2 alerts", today.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, today.QuerySelectorAll(".in-hand .alerts > li").Length);

        today = await _bruno.SubmitAsync(today.QuerySelector(".undoable form"));

        Assert.Equal(3, today.QuerySelectorAll(".waiting .alerts > li").Length);
        today = await BulkForms.SubmitAsync(_bruno, today, ids, ("do", "snooze"));
        Assert.Contains("Put off for 3 days: 3 alerts", today.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticked_accounts_messages_are_held_with_a_reason_and_let_go_by_undo()
    {
        var page = await _bruno.OpenAsync("/accounts");
        var after = await BulkForms.SubmitAsync(_bruno, page, ["acme", "bolt"], ("do", "hold"));
        Assert.NotNull(after.QuerySelector(".notice.problem"));

        after = await BulkForms.SubmitAsync(_bruno, after, ["acme", "bolt"], ("do", "hold"), ("reason", "we meet them"));
        Assert.Contains("we meet them", (await _bruno.OpenAsync("/accounts/acme")).Body!.TextContent, StringComparison.Ordinal);

        await _bruno.SubmitAsync(after.QuerySelector(".undoable form"));
        Assert.DoesNotContain("we meet them", (await _bruno.OpenAsync("/accounts/bolt")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticked_accounts_alone_are_in_the_file()
    {
        var page = await _bruno.OpenAsync("/accounts");
        using var response = await BulkForms.PostAsync(_bruno, page, ["acme", "core"], ("do", "export"));
        using var file = await _bruno.SendAsync(HttpMethod.Get, response.Headers.Location!.OriginalString);
        string csv = await file.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(3, csv.Trim().Split('\n').Length);
        Assert.DoesNotContain("bolt", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_done_where_nothing_is_ticked_and_a_reader_has_no_boxes()
    {
        var after = await BulkForms.SubmitAsync(_bruno, await _bruno.OpenAsync("/accounts"), [], ("do", "hand"), ("to", Amelie));
        Assert.Contains("Tick the rows first", after.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        var carl = await ComeInAsync("Carl", "carl@nimbus.example", role: "reader");
        Assert.Empty((await carl.OpenAsync("/accounts")).QuerySelectorAll(".pick, .bulk"));
    }

    [Fact]
    public async Task A_view_is_saved_for_oneself_or_for_all_pinned_and_removed_by_its_owner()
    {
        await SaveAsync("Mine alone", shared: false);
        await SaveAsync("For all", shared: true);

        var page = await _amelie.OpenAsync("/accounts");
        Assert.Equal(["For all"], Pinned(page));
        Assert.Null(page.QuerySelector("form[action='/accounts/views/change']"));
        page = await _bruno.OpenAsync("/accounts");
        Assert.Equal(["For all", "Mine alone"], Pinned(page));
        string link = page.QuerySelector(".views .choices a")!.GetAttribute("href")!;
        Assert.Equal("/accounts?plan=pro&sort=name&csm=%2A", link);
        Assert.Equal("true", (await _bruno.OpenAsync(link)).QuerySelector(".views .choices a")!.GetAttribute("aria-current"));

        page = await _bruno.SubmitAsync(page.QuerySelector("form[action='/accounts/views/change']"), ("do", "unpin"));
        Assert.Equal(["Mine alone"], Pinned(page));
        foreach (int _ in Enumerable.Range(0, 2))
            page = await _bruno.SubmitAsync(page.QuerySelector("form[action='/accounts/views/change']"), ("do", "remove"));
        Assert.Null(page.QuerySelector(".views .choices"));
    }

    [Fact]
    public async Task A_shared_view_shows_everybody_the_accounts_of_who_saved_it_and_ones_own_stays_ones_own()
    {
        var carla = await ComeInAsync("Carla", "carla@nimbus.example", csm: "carla");
        var dan = await ComeInAsync("Dan", "dan@nimbus.example", csm: "dan");
        await SaveAsync("Critical", shared: true, carla, "/accounts?plan=pro");
        await SaveAsync("Mine", shared: false, carla, "/accounts?plan=pro");
        await SaveAsync("All of them", shared: true, carla, "/accounts?plan=pro&csm=*");

        Assert.Equal(
            ["/accounts?plan=pro&csm=%2A", "/accounts?plan=pro&csm=carla"],
            (await dan.OpenAsync("/accounts")).QuerySelectorAll(".views .choices a").Select(link => link.GetAttribute("href"))
        );
        var page = await carla.OpenAsync("/accounts?plan=pro");
        Assert.Equal(
            ["Critical", "Mine"],
            page.QuerySelectorAll(".views .choices a[aria-current=true]").Select(link => link.TextContent.Trim())
        );
    }

    [Fact]
    public async Task Where_the_store_fails_midway_what_was_done_is_told_mailed_and_undone()
    {
        var page = await _bruno.OpenAsync("/accounts?sort=name");
        int handed = 0;
        Host.Store.Probe.Before = call =>
            call is { Kind: StoreCallKind.Commit, Target: AccountRows.Table } && ++handed > 2
                ? throw new TransientStoreException("away")
                : ValueTask.CompletedTask;
        using var response = await BulkForms.PostAsync(_bruno, page, ["acme", "bolt", "core"], ("do", "hand"), ("to", Amelie));
        Host.Store.Probe.Before = null;
        var after = await _bruno.OpenAsync(response.Headers.Location!.OriginalString);

        string told = after.QuerySelector(".notice")!.TextContent;
        Assert.Contains("In Amélie’s hands: 2 accounts. The rest was not done", told, StringComparison.Ordinal);
        Assert.Equal(2, (await _amelie.OpenAsync("/")).QuerySelectorAll(".own-work li").Length);
        await _bruno.SubmitAsync(after.QuerySelector(".undoable form"));
        Assert.Null((await _amelie.OpenAsync("/")).QuerySelector(".own-work"));
    }

    [Fact]
    public async Task What_is_gone_since_the_page_was_shown_is_said_and_nothing_counts_as_done()
    {
        var page = await _bruno.OpenAsync("/accounts");
        var after = await BulkForms.SubmitAsync(_bruno, page, ["gone"], ("do", "hand"), ("to", Amelie));
        Assert.Contains("none of those accounts", after.QuerySelector(".notice.problem")!.TextContent, StringComparison.Ordinal);
        after = await BulkForms.SubmitAsync(_bruno, page, ["gone"], ("do", "hold"), ("reason", "we meet them"));
        Assert.Contains("none of those accounts", after.QuerySelector(".notice.problem")!.TextContent, StringComparison.Ordinal);
        var today = await _bruno.OpenAsync("/");
        today = await BulkForms.SubmitAsync(_bruno, today, ["00000000000000000.gacme"], ("do", "ack"));
        Assert.Contains("no alert to answer", today.QuerySelector(".notice.problem")!.TextContent, StringComparison.Ordinal);
        Assert.Null(today.QuerySelector(".undoable"));
    }

    [Fact]
    public async Task Opening_a_view_reads_what_its_list_reads_and_one_short_list_of_views()
    {
        await SaveAsync("For all", shared: true);
        int plain = await RowsReadAsync("/accounts?plan=none"),
            viewed = await RowsReadAsync("/accounts?plan=pro&sort=name");
        Assert.InRange(viewed - plain, 0, 12);
        Assert.True(SavedViews.MaxViews <= 40);
    }

    [Fact]
    public async Task An_accounts_page_leads_through_the_list_that_one_came_from()
    {
        await _bruno.OpenAsync("/accounts?plan=pro&sort=name");
        var page = await _bruno.OpenAsync("/accounts/bolt");
        var way = page.QuerySelector("nav.way")!;
        Assert.Equal(
            ["/accounts?plan=pro&sort=name", "/accounts/acme", "/accounts/core"],
            way.QuerySelectorAll("a").Select(link => link.GetAttribute("href"))
        );
        Assert.Contains("2 of 3", way.TextContent, StringComparison.Ordinal);
        Assert.Null((await _bruno.OpenAsync("/accounts/core")).QuerySelector("nav.way a[rel=next]"));
    }

    [Theory]
    [InlineData("Ly9ldmlsLmV4YW1wbGUfYWNtZQ")]
    [InlineData("not base64 at all")]
    [InlineData("amF2YXNjcmlwdDphbGVydCgxKR9hY21l")]
    public async Task A_cookie_that_somebody_made_up_leads_nowhere(string cookie)
    {
        _bruno.SetCookie("signals-list", cookie);
        var page = await _bruno.OpenAsync("/accounts/acme");
        Assert.Null(page.QuerySelector("nav.way"));
        Assert.Equal("/accounts", page.QuerySelector(".back a")!.GetAttribute("href"));
    }

    private async Task<int> RowsReadAsync(string path)
    {
        int rows = 0;
        Host.Store.Probe.Before = _ =>
        {
            rows++;
            return ValueTask.CompletedTask;
        };
        await _bruno.OpenAsync(path);
        Host.Store.Probe.Before = null;
        return rows;
    }

    private async Task SaveAsync(string name, bool shared, DashboardBrowser? browser = null, string path = "/accounts?plan=pro&sort=name")
    {
        browser ??= _bruno;
        var page = await browser.OpenAsync(path);
        var fields = new List<(string, string)> { ("name", name), ("pinned", "yes") };
        if (shared)
            fields.Add(("shared", "yes"));
        await browser.SubmitAsync(page.QuerySelector("form[action='/accounts/views']"), fields);
    }

    private static List<string> Pinned(IHtmlDocument page) =>
        [.. page.QuerySelectorAll(".views .choices a").Select(link => link.TextContent.Trim())];
}
