using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Indexes;
using Signals.Web.Dashboard.Access;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

/// <summary>The search on the page of accounts, for people.</summary>
public sealed class PeopleSearchTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new() { Configure = services => services.AddSingleton<IDashboardAccess, AppServiceAccess>() };

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        // Named before they are in any group, as products do.
        await _host.SendAsync(SignalsHost.Person("u1", new { name = "Zoé van der Berg", email = "zvdb@acme.example" }));
        await _host.SettleAsync();
        await _host.SendAsync(
            SignalsHost.Account("u1", "acme", new { name = "Acme", plan = "pro" }),
            SignalsHost.Account("u2", "zen", new { name = "Zen", plan = "pro" }),
            SignalsHost.Person("u2", new { name = "Bruno Zoelle", email = "bruno@zen.example" }),
            SignalsHost.Track("u1", "acme", "Import Failed"),
            SignalsHost.Track("u2", "zen", "Import Failed")
        );
        await _host.SettleAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("zoe", "Zoé van der Berg", "Bruno Zoelle")]
    [InlineData("ZOÉ VAN", "Zoé van der Berg")]
    [InlineData("berg", "Zoé van der Berg")]
    [InlineData("zvdb@", "Zoé van der Berg")]
    [InlineData("bruno@zen.example", "Bruno Zoelle")]
    [InlineData("z")]
    [InlineData("nobody")]
    [InlineData("oé")]
    public async Task People_are_found_by_the_beginning_of_a_word_of_their_name_or_of_their_address(string search, params string[] names)
    {
        var page = await SearchAsync("Manager", search);

        Assert.Equal(names.Order(), Names(page).Order());
    }

    [Fact]
    public async Task They_lead_to_their_accounts_and_for_an_admin_to_what_is_known_of_them()
    {
        var manager = await SearchAsync("Manager", "berg");
        Assert.Equal(["/accounts/acme"], manager.QuerySelectorAll("#people-found a").Select(link => link.GetAttribute("href")));
        Assert.Contains("zvdb@acme.example", manager.QuerySelector("#people-found")!.TextContent, StringComparison.Ordinal);

        var admin = await SearchAsync("Admin", "berg");
        Assert.Equal(
            ["/people?id=u1", "/accounts/acme"],
            admin.QuerySelectorAll("#people-found a").Select(link => link.GetAttribute("href"))
        );
    }

    [Fact]
    public async Task That_nobody_is_called_so_is_said_to_who_may_look_people_up()
    {
        Assert.Equal(
            "No person’s name or address begins with “an”.",
            (await SearchAsync("Manager", "an")).QuerySelector("#people-none")!.TextContent
        );
        Assert.Empty((await SearchAsync("Manager", "zo")).QuerySelectorAll("#people-none"));
        Assert.Empty((await SearchAsync("Reader", "an")).QuerySelectorAll("#people-none"));
    }

    [Fact]
    public async Task Readers_look_nobody_up() => Assert.Empty(Names(await SearchAsync("Reader", "berg")));

    [Fact]
    public async Task Who_is_renamed_is_found_by_the_new_name_alone()
    {
        await _host.SendAsync(SignalsHost.Person("u1", new { name = "Clara Berg", email = "clara@acme.example" }));
        await _host.SettleAsync();

        Assert.Equal(["Clara Berg"], Names(await SearchAsync("Manager", "clara@")));
        Assert.Equal(["Clara Berg"], Names(await SearchAsync("Manager", "berg")));
        Assert.Empty(Names(await SearchAsync("Manager", "zvdb")));
        Assert.Empty(Names(await SearchAsync("Manager", "van der")));
    }

    [Fact]
    public async Task A_row_that_a_crash_left_behind_finds_nobody_and_goes()
    {
        var list = _host.Services.GetRequiredService<PeopleList>();
        var person = Core.State.Identity.PersonKey.User("u1");
        await list.PutAsync(
            [(person, AccountLists.NameKey("Quentin")), (new("u_nobody"), AccountLists.NameKey("Quentin"))],
            TestContext.Current.CancellationToken
        );
        Assert.Equal(2, Rows("QUENTIN").Count());

        Assert.Empty(Names(await SearchAsync("Manager", "quentin")));

        Assert.Empty(Rows("QUENTIN"));
    }

    [Fact]
    public async Task Of_many_who_begin_so_few_are_read_and_it_says_that_there_are_more()
    {
        await _host.SendAsync(
            Enumerable
                .Range(0, 60)
                .SelectMany(i =>
                    new[]
                    {
                        SignalsHost.Account($"m{i}", "acme", new { name = "Acme", plan = "pro" }),
                        SignalsHost.Person($"m{i}", new { name = $"Martin {i:D2}", email = $"m{i}@acme.example" }),
                    }
                )
        );
        await _host.SettleAsync();

        var page = await SearchAsync("Manager", "martin");

        Assert.Equal(10, Names(page).Count());
        Assert.Contains("There are more", page.QuerySelector("#people-found")!.TextContent, StringComparison.Ordinal);
    }

    private IEnumerable<Entity> Rows(string key) =>
        _host.Store.All(ShardedList.Table).Where(row => row.RowKey.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase));

    private Task<IHtmlDocument> SearchAsync(string role, string search) =>
        DashboardBrowser.OfPrincipal(_host, role).OpenAsync("/accounts?q=" + Uri.EscapeDataString(search));

    private static IEnumerable<string> Names(IHtmlDocument page) =>
        page.QuerySelectorAll("#people-found li p:first-child > bdi, #people-found li p:first-child > a bdi")
            .Select(name => name.TextContent);
}
