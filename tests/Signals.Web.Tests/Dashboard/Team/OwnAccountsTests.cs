using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Measures;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Team;

public sealed class OwnAccountsTests : TeamPages
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var (id, csm) in new[] { ("acme", "amelie"), ("bolt", "bruno"), ("core", "bruno") })
        {
            await Host.SendAsync(
                SignalsHost.Account(
                    "u-" + id,
                    id,
                    new
                    {
                        name = id,
                        plan = "pro",
                        csm,
                        mrr = 100,
                    }
                ),
                SignalsHost.Track("u-" + id, id, "Import Failed"),
                SignalsHost.Track("u-" + id, id, "Import Failed")
            );
        }
        await Host.SettleAsync();
    }

    [Fact]
    public async Task Lists_begin_with_ones_own_accounts_and_everybodys_are_one_choice_away()
    {
        var amelie = await ComeInAsync("Amélie", "amelie@nimbus.example", csm: "Amelie");
        var page = await amelie.OpenAsync("/accounts");
        Assert.Equal(["acme"], Names(page));
        Assert.Equal("amelie (yours)", page.QuerySelector("select[name=csm] option[selected]")!.TextContent);

        Assert.Equal(3, Names(await amelie.OpenAsync("/accounts?csm=*")).Count);
        Assert.Equal(2, Names(await amelie.OpenAsync("/accounts?csm=bruno")).Count);
        Assert.Equal(["acme"], (await amelie.OpenAsync("/")).QuerySelectorAll(".alerts h3 a").Select(link => link.TextContent));
    }

    [Fact]
    public async Task Counters_count_the_accounts_that_are_shown()
    {
        await Host.Services.GetRequiredService<MeasurePass>().RunAsync(Cancel);
        var browser = await DashboardBrowser.SignedInAsync(Host);
        var page = await browser.OpenAsync("/?csm=bruno");
        int[] counts = [.. page.QuerySelectorAll(".figures dd a[href^='/accounts']").Select(count => int.Parse(count.TextContent))];
        Assert.Equal(2, counts.Sum());
        Assert.All(
            page.QuerySelectorAll(".figures dd a[href^='/accounts']"),
            link => Assert.Contains("csm=bruno", link.GetAttribute("href"), StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("/?csm=nobody")]
    [InlineData("/accounts?csm=nobody")]
    public async Task A_manager_whom_no_account_names_is_told_as_that(string path)
    {
        var browser = await DashboardBrowser.SignedInAsync(Host);
        var page = await browser.OpenAsync(path);
        Assert.Contains("No account names this CS manager: nobody", page.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("nobody", page.QuerySelector("select[name=csm] option[selected]")!.GetAttribute("value"));
    }

    private static List<string> Names(AngleSharp.Html.Dom.IHtmlDocument page) =>
        [.. page.QuerySelectorAll("th.who > a").Select(link => link.TextContent)];
}
