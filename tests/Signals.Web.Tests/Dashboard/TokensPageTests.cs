using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Access;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

/// <summary>An admin makes, rotates and ends the tokens that programs call the API with.</summary>
public sealed class TokensPageTests : IAsyncLifetime
{
    private const string Tokens = "/pipeline/tokens";

    private readonly SignalsHost _host = new() { Configure = services => services.AddSingleton<IDashboardAccess, AppServiceAccess>() };

    private DashboardBrowser? _admin;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_token_is_shown_once_and_opens_at_once()
    {
        var page = await MakeAsync("ci <b>export</b>", "reader");
        string secret = SecretOf(page);

        Assert.Equal(HttpStatusCode.OK, await CallAsync("/api/pipeline", secret));
        Assert.Equal(HttpStatusCode.Forbidden, await CallAsync("/api/keys", secret));
        var again = await Admin().OpenAsync(Tokens);
        Assert.DoesNotContain(secret[20..], again.DocumentElement.OuterHtml, StringComparison.Ordinal);
        string row = again.QuerySelector("table.keys tbody tr")!.TextContent;
        Assert.Contains("ci <b>export</b>", row, StringComparison.Ordinal);
        Assert.Contains("2 Mar 2026", row, StringComparison.Ordinal);
        Assert.Equal($"ann@nimbus.example token.created ci <b>export</b> …{secret[^4..]}, reader, until 2026-05-31", await AuditedAsync());
    }

    [Fact]
    public async Task It_is_rotated_and_ended()
    {
        string old = SecretOf(await MakeAsync("ci", "reader"));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        var page = await Admin().SubmitAsync(Form(await Admin().OpenAsync(Tokens), "rotate"), ("hours", "1"));
        string next = SecretOf(page);
        Assert.Equal($"ann@nimbus.example token.rotated ci …{next[^4..]}; the old token ends in 1 hours", await AuditedAsync());
        Assert.Equal(2, page.QuerySelectorAll("table.keys tbody tr").Length);

        _host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync("/api/pipeline", old));
        page = await Admin().OpenAsync(Tokens);
        var after = await Admin().SubmitAsync(Form(page, "end"));
        Assert.Contains("The token “ci” is ended.", Notice(after), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync("/api/pipeline", next));
        Assert.Contains("no such valid token", Notice(await Admin().SubmitAsync(Form(page, "end"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "reader", "90")]
    [InlineData("taken", "reader", "90")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890", "reader", "90")]
    [InlineData("other", "reader", "0")]
    [InlineData("other", "reader", "367")]
    public async Task What_cannot_be_makes_no_token_and_says_why(string name, string role, string days)
    {
        await MakeAsync("taken", "reader");
        var after = await MakeAsync(name, role, days);
        Assert.StartsWith("No token was made.", Notice(after), StringComparison.Ordinal);
        Assert.Single(after.QuerySelectorAll("table.keys tbody tr"));
    }

    [Theory]
    [InlineData("Admin", "90")]
    [InlineData("4", "90")]
    [InlineData("reader", "for ever")]
    public async Task What_is_none_of_our_choices_is_refused(string role, string days)
    {
        var page = await Admin().OpenAsync(Tokens);
        using var answer = await Admin().PostAsync(Form(page, "create"), ("name", "ci"), ("role", role), ("days", days));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("Reader")]
    [InlineData("Manager")]
    public async Task Who_is_no_admin_sees_them_and_changes_nothing(string role)
    {
        await MakeAsync("ci", "reader");
        var browser = DashboardBrowser.OfPrincipal(_host, role, "bob@nimbus.example");
        var seen = await browser.OpenAsync(Tokens);
        Assert.DoesNotContain(seen.QuerySelectorAll("main form"), form => form.GetAttribute("method") == "post");
        var forms = await Admin().OpenAsync(Tokens);
        foreach (string action in new[] { "create", "rotate", "end" })
        {
            using var answer = await browser.PostAsync(Form(forms, action));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        Assert.Single((await Admin().OpenAsync(Tokens)).QuerySelectorAll("table.keys tbody tr"));
    }

    [Fact]
    public async Task The_page_speaks_French()
    {
        var browser = Admin();
        browser.Headers["Accept-Language"] = "fr";
        var page = await browser.OpenAsync(Tokens);
        Assert.Contains("Créer un jeton", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Tokens, page.QuerySelector(".tabs a[aria-current]")!.GetAttribute("href"));
    }

    private DashboardBrowser Admin() => _admin ??= DashboardBrowser.OfPrincipal(_host, "Admin");

    private static IElement? Form(IHtmlDocument page, string action) =>
        page.QuerySelectorAll("form").FirstOrDefault(form => form.GetAttribute("action") == $"{Tokens}/{action}");

    private static string Notice(IHtmlDocument page) => page.QuerySelector(".notice")?.TextContent ?? "";

    private static string SecretOf(IHtmlDocument page)
    {
        string notice = Notice(page);
        return notice[notice.IndexOf("st_", StringComparison.Ordinal)..];
    }

    private async Task<IHtmlDocument> MakeAsync(string name, string role, string days = "90") =>
        await Admin().SubmitAsync(Form(await Admin().OpenAsync(Tokens), "create"), ("name", name), ("role", role), ("days", days));

    private async Task<HttpStatusCode> CallAsync(string path, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", secret);
        using var response = await _host.Stranger.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    /// <summary>The last entry of the audit trail.</summary>
    private async Task<string> AuditedAsync()
    {
        var entry = (await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 1, Cancellation)).Entries.Single();
        return $"{entry.Who} {entry.Action} {entry.Subject} {entry.Detail}";
    }
}
