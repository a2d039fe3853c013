using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.State.Team;
using Signals.Web.Dashboard.Access;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Team;

public sealed class TeamPageTests : TeamPages
{
    private const string Amelie = "amelie@nimbus.example";
    private const string Bruno = "bruno@nimbus.example";

    [Fact]
    public async Task A_role_counts_from_the_next_request_on()
    {
        var amelie = await ComeInAsync("Amélie", Amelie, role: "reader");
        Assert.Null((await amelie.OpenAsync("/team")).QuerySelector("form[action='/team/invite']"));
        using var refused = await amelie.SendAsync(HttpMethod.Get, "/people?id=u1");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        var admin = await DashboardBrowser.SignedInAsync(Host);
        await admin.SubmitAsync(
            (await admin.OpenAsync("/team")).QuerySelector("form[action='/team/change']"),
            ("role", "admin"),
            ("name", "Amélie Durand")
        );

        Assert.NotNull((await amelie.OpenAsync("/team")).QuerySelector("form[action='/team/invite']"));
    }

    [Fact]
    public async Task Ended_access_ends_sessions_and_links_at_once_and_an_invitation_brings_it_back()
    {
        var amelie = await ComeInAsync("Amélie", Amelie);
        await AskAsync(Amelie);
        string link = LinkIn(Mails.Last(Amelie));
        var admin = await DashboardBrowser.SignedInAsync(Host);
        var after = await admin.SubmitAsync((await admin.OpenAsync("/team")).QuerySelector("form[action='/team/end']"));
        Assert.Contains("can no longer come in", after.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);

        using var page = await amelie.SendAsync(HttpMethod.Get, "/");
        using var late = await new DashboardBrowser(Host).SendAsync(HttpMethod.Get, link);
        int before = Mails.All.Count;
        await AskAsync(Amelie);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (page.StatusCode, late.StatusCode));
        Assert.Equal(before, Mails.All.Count);

        await admin.SubmitAsync((await admin.OpenAsync("/team")).QuerySelector("form[action='/team/mail']"));
        await (await OpenMailAsync(Mails.Last(Amelie))).OpenAsync("/");
    }

    [Fact]
    public async Task The_cs_managers_to_choose_from_stand_on_the_page_once()
    {
        await InviteAsync("Amélie", Amelie);
        await InviteAsync("Bruno", Bruno);
        var page = await (await DashboardBrowser.SignedInAsync(Host)).OpenAsync("/team");
        string list = Assert.Single(page.QuerySelectorAll("datalist")).Id!;
        Assert.Equal([list, list, list], page.QuerySelectorAll("input[name=csm]").Select(field => field.GetAttribute("list")));
    }

    [Fact]
    public async Task Nobody_ends_their_own_access_or_changes_their_own_role()
    {
        var amelie = await ComeInAsync("Amélie", Amelie, role: "admin");
        var page = await amelie.OpenAsync("/team");
        string id = TeamUsers.IdOf(Amelie);
        Assert.Null(page.QuerySelector("form[action='/team/end']"));
        var change = page.QuerySelector("form[action='/team/change']");

        await amelie.SubmitAsync(change, ("role", "reader"));

        var user = await Host.Services.GetRequiredService<TeamUsers>().GetAsync(id, Cancel);
        Assert.Equal(("admin", true), (user!.Role, user.IsActive));
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_elsewhere()
    {
        var here = await ComeInAsync("Amélie", Amelie);
        await AskAsync(Amelie);
        var elsewhere = await OpenMailAsync(Mails.Last(Amelie));
        await AskAsync(Amelie);
        var third = await OpenMailAsync(Mails.Last(Amelie));
        var page = await here.OpenAsync("/me");
        Assert.Equal(3, page.QuerySelectorAll(".sessions > li").Length);

        await here.SubmitAsync(page.QuerySelector("form[action='/me/sessions/end']"));
        var after = await here.SubmitAsync((await here.OpenAsync("/me")).QuerySelector("form[action='/me/sessions/end-others']"));

        Assert.Contains("1 other browser is signed out", after.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Single(after.QuerySelectorAll(".sessions > li"));
        using var ended = await elsewhere.SendAsync(HttpMethod.Get, "/");
        using var alsoEnded = await third.SendAsync(HttpMethod.Get, "/");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (ended.StatusCode, alsoEnded.StatusCode));
        await here.OpenAsync("/");
    }

    [Fact]
    public async Task Nobody_ends_a_colleagues_session()
    {
        var amelie = await ComeInAsync("Amélie", Amelie);
        var bruno = await ComeInAsync("Bruno", Bruno);
        var sessions = Host.Services.GetRequiredService<UserSessions>();
        string theirs = (await sessions.ListAsync(TeamUsers.IdOf(Bruno), Cancel)).Single().Id;
        string token = (await amelie.OpenAsync("/me")).QuerySelector("input[name=form-token]")!.GetAttribute("value")!;

        using var response = await amelie.PostAsync("/me/sessions/end", [new("form-token", token), new("id", theirs)]);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        await bruno.OpenAsync("/");
    }

    [Fact]
    public async Task A_session_that_signed_out_opens_nothing_though_its_cookie_was_kept()
    {
        var amelie = await ComeInAsync("Amélie", Amelie);
        string kept = amelie.Cookie("signals-session")!;
        using var signedOut = await amelie.PostAsync((await amelie.OpenAsync("/")).QuerySelector("footer form"));
        var thief = new DashboardBrowser(Host);
        thief.SetCookie("signals-session", kept);
        using var stolen = await thief.SendAsync(HttpMethod.Get, "/");
        Assert.Equal(HttpStatusCode.Unauthorized, stolen.StatusCode);
    }

    [Fact]
    public async Task Language_and_zone_are_the_persons_and_not_the_browsers()
    {
        var amelie = await ComeInAsync("Amélie", Amelie);
        var after = await amelie.SubmitAsync(
            (await amelie.OpenAsync("/me")).QuerySelector("form[action='/me/change']"),
            ("language", "fr"),
            ("zone", "america/new_york")
        );
        Assert.Equal("fr", after.DocumentElement.GetAttribute("lang"));
        Assert.Contains("America/New York", after.QuerySelector("footer")!.TextContent, StringComparison.Ordinal);

        after = await amelie.SubmitAsync(after.QuerySelector("form[action='/me/change']"), ("zone", "Mars/Olympus"));
        Assert.NotNull(after.QuerySelector(".notice.problem"));
    }

    [Fact]
    public async Task Who_answered_an_alert_is_a_person_on_every_page()
    {
        await Host.SendAsync(
            SignalsHost.Account("u1", "acme", new { name = "Acme", plan = "pro" }),
            SignalsHost.Track("u1", "acme", "Import Failed"),
            SignalsHost.Track("u1", "acme", "Import Failed")
        );
        await Host.SettleAsync();
        var amelie = await ComeInAsync("Amélie Durand", Amelie);
        var today = await amelie.OpenAsync("/");
        var form = today.QuerySelector(".alerts form[action$='/ack']");

        var after = await amelie.SubmitAsync(form);

        Assert.Contains("Taken on by Amélie Durand", after.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "Taken on by Amélie Durand",
            (await amelie.OpenAsync("/accounts/acme")).Body!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Behind_entra_id_who_comes_is_one_of_the_team_and_nobody_is_invited()
    {
        await using var azure = new SignalsHost { Configure = services => services.AddSingleton<IDashboardAccess, AppServiceAccess>() };
        await azure.InitializeAsync();
        var ann = DashboardBrowser.OfPrincipal(azure, "Admin", "Ann@nimbus.example");

        var page = await ann.OpenAsync("/team");

        Assert.Contains("ann@nimbus.example", page.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("form[action='/team/invite']"));
        Assert.Null(page.QuerySelector("form[action='/team/end']"));
        var user = await azure.Services.GetRequiredService<TeamUsers>().FindAsync("ann@nimbus.example", Cancel);
        Assert.Equal(("admin", TeamUser.ByEntra), (user!.Role, user.CreatedBy));

        await DashboardBrowser.OfPrincipal(azure, "Reader", "ann@nimbus.example").OpenAsync("/me");
        user = await azure.Services.GetRequiredService<TeamUsers>().FindAsync("ann@nimbus.example", Cancel);
        Assert.Equal("reader", user!.Role);
    }
}
