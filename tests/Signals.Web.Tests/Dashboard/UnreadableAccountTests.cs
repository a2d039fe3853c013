using System.Net;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Testing.World;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

/// <summary>An account whose rows cannot be read: its page and its API say so, name it, and say what to do; the others are served.</summary>
public sealed class UnreadableAccountTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        await _host.SendAsync(
            SignalsHost.Track("ann", "acme", "Report Shared", new { minutes = 7.5 }),
            SignalsHost.Track("zoe", "zen", "Report Shared", new { minutes = 7.5 })
        );
        await _host.SettleAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(AccountRows.AccountRow, "layout 99")]
    [InlineData("person:u_ann", "A person row has layout 99")]
    public async Task The_api_names_the_account_and_the_row_and_says_what_to_do(string row, string reason)
    {
        await _host.Store.BreakAsync(AccountKey.Group("acme"), Cancellation, row: row);

        using var response = await _host.Client.GetAsync("/api/accounts/acme", Cancellation);

        string detail = await Problems.IsAsync(response, HttpStatusCode.InternalServerError);
        Assert.StartsWith("The account 'acme' cannot be read", detail, StringComparison.Ordinal);
        Assert.Contains($"'{row}'", detail, StringComparison.Ordinal);
        Assert.Contains(reason, detail, StringComparison.Ordinal);
        Assert.Contains("newer version", detail, StringComparison.Ordinal);
        Assert.Contains("backup", detail, StringComparison.Ordinal);
        using var other = await _host.Client.GetAsync("/api/accounts/zen", Cancellation);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_review_of_it_answers_alike()
    {
        await _host.Store.BreakAsync(AccountKey.Group("acme"), Cancellation, row: "person:u_ann");
        _host.Clock.Advance(TimeSpan.FromDays(1));

        using var response = await _host.Client.PostAsync("/api/accounts/acme/review", null, Cancellation);

        Assert.Contains("'acme'", await Problems.IsAsync(response, HttpStatusCode.InternalServerError), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "This account can’t be read", "newer version of Signals")]
    [InlineData("fr", "Ce compte ne peut être lu", "version plus récente de Signals")]
    public async Task Its_page_names_it_and_says_what_to_do(string language, string title, string advice)
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        browser.Headers["Accept-Language"] = language;
        await _host.Store.BreakAsync(AccountKey.Group("acme"), Cancellation);

        using var response = await browser.SendAsync(HttpMethod.Get, "/accounts/acme");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        string page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains(title, page, StringComparison.Ordinal);
        Assert.Contains("acme", page, StringComparison.Ordinal);
        Assert.Contains("layout 99", page, StringComparison.Ordinal);
        Assert.Contains(advice, page, StringComparison.Ordinal);
        Assert.Contains("href=\"/pipeline\"", page, StringComparison.Ordinal);
    }
}
