using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Erasure;
using Signals.Core.Platform.Messaging;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Access;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

public sealed class PeoplePagesTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new() { Configure = services => services.AddSingleton<IDashboardAccess, AppServiceAccess>() };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        await _host.SendAsync(
            SignalsHost.Person("ada", new { email = "ada@customer.example", name = "Ada <b>Byron</b>" }),
            SignalsHost.Account("ada", "acme", new { name = "Acme", plan = "pro" }),
            SignalsHost.Track("ada", "acme", "Import Failed"),
            SignalsHost.Track("bob", "acme", "Report Shared", new { minutes = 100 })
        );
        await _host.SettleAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_admin_reads_all_that_is_known_of_a_person_and_the_trail_says_who_did()
    {
        var admin = DashboardBrowser.OfPrincipal(_host, "Admin");
        var people = await admin.OpenAsync("/accounts/acme/people");
        string address = people
            .QuerySelectorAll("table.people a")
            .Single(link => link.TextContent == "Ada <b>Byron</b>")
            .GetAttribute("href")!;

        var page = await admin.OpenAsync(address);

        Assert.Contains("Ada <b>Byron</b>", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Import Failed × 1", page.Body.TextContent, StringComparison.Ordinal);
        var entry = (await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 10, Cancellation)).Entries[0];
        Assert.Equal(("person.exported", "ada"), (entry.Action, entry.Subject));
        Assert.Contains("@", entry.Who, StringComparison.Ordinal);
        using var file = await admin.SendAsync(HttpMethod.Get, "/people.json?id=ada");
        Assert.Contains("ada@customer.example", await file.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task What_was_found_is_told_in_the_readers_language(string language)
    {
        await using var host = new SignalsHost
        {
            Configure = services => services.AddSingleton<IDashboardAccess, AppServiceAccess>(),
            Model = SignalsHost.Read(
                """
                {
                  "product": "Nimbus", "accounts": "person",
                  "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "property": "minutes" }] },
                  "onboarding": [{ "id": "import-users", "name": "Import your users", "done": ["Users Imported"], "tried": ["Import Started"],
                                   "failed": ["Import Failed"], "withinDays": 3, "help": "https://nimbus.example/help/import" }],
                  "outreach": { "mode": "dry-run", "from": { "email": "help@nimbus.example" }, "postalAddress": "1 Cloud Street" }
                }
                """
            ),
        };
        await host.InitializeAsync();
        object failed = new
        {
            type = "track",
            userId = "eve",
            @event = "Import Failed",
        };
        await host.SendAsync(SignalsHost.Person("eve", new { email = "eve@alone.example" }), failed, failed, failed);
        await host.SettleAsync();
        var admin = DashboardBrowser.OfPrincipal(host, "Admin");
        admin.Headers["Accept-Language"] = language;
        string why = (await admin.OpenAsync("/accounts/eve")).QuerySelector(".evidence li p")!.TextContent;

        var page = await admin.OpenAsync("/people?id=eve");

        Assert.Contains(why, page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/people?id=ada")]
    [InlineData("/people.json?id=ada")]
    public async Task Nobody_but_an_admin_does(string path)
    {
        var manager = DashboardBrowser.OfPrincipal(_host, "Manager");
        using var answer = await manager.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty((await manager.OpenAsync("/accounts/acme/people")).QuerySelectorAll("table.people a"));
        Assert.Null((await manager.OpenAsync("/accounts/acme")).QuerySelector("form[action$='/erase']"));
    }

    [Fact]
    public async Task A_person_is_erased_once_the_id_was_typed()
    {
        var admin = DashboardBrowser.OfPrincipal(_host, "Admin");
        var page = await admin.OpenAsync("/people?id=ada");

        await admin.SubmitAsync(Form(page, "/people/erase"), ("confirm", "bob"));
        Assert.NotNull(await admin.OpenAsync("/people?id=ada"));
        page = await admin.SubmitAsync(Form(page, "/people/erase"), ("confirm", "ada"));

        Assert.Equal("Erasures", page.QuerySelector("h1")!.TextContent);
        Assert.Single(page.QuerySelectorAll("main tbody tr"));
        using var gone = await admin.SendAsync(HttpMethod.Get, "/people?id=ada");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task An_account_is_erased_once_its_id_was_typed()
    {
        var admin = DashboardBrowser.OfPrincipal(_host, "Admin");
        var page = await admin.OpenAsync("/accounts/acme");

        await admin.SubmitAsync(Form(page, "/accounts/acme/erase"), ("confirm", ""));
        Assert.Empty(await _host.Services.GetRequiredService<ErasureBook>().OpenAsync(Cancellation));
        await admin.SubmitAsync(Form(page, "/accounts/acme/erase"), ("confirm", "acme"));

        using var gone = await admin.SendAsync(HttpMethod.Get, "/accounts/acme");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task What_is_kept_and_for_how_long_is_told_with_every_queue()
    {
        var page = await DashboardBrowser.OfPrincipal(_host, "Reader").OpenAsync("/pipeline/kept");

        var rows = page.QuerySelectorAll("main tbody tr").Select(row => row.TextContent).ToList();
        Assert.All(QueueNames.All, queue => Assert.Contains(rows, row => row.Contains($"queue {queue}", StringComparison.Ordinal)));
        Assert.Contains(
            rows,
            row => row.Contains("quarantine", StringComparison.Ordinal) && row.Contains("30 days", StringComparison.Ordinal)
        );
    }

    private static IElement? Form(IParentNode page, string action) => page.QuerySelector($"form[action='{action}']");
}
