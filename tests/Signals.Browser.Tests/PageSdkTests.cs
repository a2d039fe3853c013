using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Signals.Browser.Tests;

/// <summary>
/// Segment's and RudderStack's libraries of pages in a real browser, at another origin than the app's, pointed at it by one address and
/// told nothing else: what they call arrives, once, also under a path of one's own, and goes nowhere else.
/// </summary>
public sealed class PageSdkTests(PageSite site) : IClassFixture<PageSite>
{
    /// <summary>Whom the documented calls belong to.</summary>
    private const string Account = "acme";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("segment-npm", "")]
    [InlineData("segment-npm", PageSite.EventsPath)]
    [InlineData("segment-snippet", "")]
    [InlineData("segment-snippet", PageSite.EventsPath)]
    [InlineData("rudderstack-npm", "")]
    [InlineData("rudderstack-npm", PageSite.EventsPath)]
    public async Task What_a_page_calls_arrives_and_goes_nowhere_else(string snippet, string path)
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visitor = await site.VisitorAsync();
        var page = await visitor.NewPageAsync();
        var asked = HostsOf(page);
        string user = NewUser();

        await page.GotoAsync(await site.PageAsync(snippet, path));
        await page.EvaluateAsync(Calls(user));

        var person = await PersonAsync(user);
        Assert.Equal((Account, $"{user}@customer.example", 1), (person.Account, person.Email, person.Shared));
        string[] expected = [new Uri(site.App).Authority, new Uri(site.Site).Authority];
        Assert.Equal(expected.Order(), asked.Select(request => request.Host).Distinct().Order());
        if (path.Length > 0)
            Assert.All(
                asked.Where(request => request.Host == expected[0]),
                request => Assert.StartsWith(path + "/", request.Path, StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task A_snippet_that_loads_the_library_from_the_same_host_finds_it_there()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visitor = await site.VisitorAsync();
        var page = await visitor.NewPageAsync();
        var asked = HostsOf(page);
        string user = NewUser();
        string snippet = PageSite
            .Snippet("segment-snippet")
            .Replace("https://signals.example", site.App, StringComparison.Ordinal)
            .Replace("BROWSER_KEY", PageSite.BrowserKey, StringComparison.Ordinal)
            .Replace(
                "/js/analytics.min.js",
                $"{site.App}/analytics.js/v1/{PageSite.BrowserKey}/analytics.min.js",
                StringComparison.Ordinal
            );

        await page.GotoAsync(site.Page("/served", snippet));
        await page.EvaluateAsync(Calls(user));

        Assert.Equal(1, (await PersonAsync(user)).Shared);
        Assert.Contains(asked, request => request.Path == $"/analytics.js/v1/{PageSite.BrowserKey}/analytics.min.js");
    }

    /// <summary>
    /// A page that goes away at once leaves nothing behind: what it called outlives it, or waits in the browser for the visitor's next page.
    /// </summary>
    [Theory]
    [InlineData("segment-npm")]
    [InlineData("segment-snippet")]
    [InlineData("rudderstack-npm")]
    public async Task What_is_called_as_the_page_goes_away_arrives_once(string snippet)
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visitor = await site.VisitorAsync();
        var page = await visitor.NewPageAsync();
        string user = NewUser();
        string address = await site.PageAsync(snippet);
        await page.GotoAsync(address);
        // What was called before is there already: on a busy machine the libraries have it in their queues for seconds.
        await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync($"analytics.identify('{user}', {{ email: '{user}@customer.example' }}); analytics.group('acme')"),
            response => response.Request.Method == "POST" && new Uri(response.Url).AbsolutePath is "/v1/g" or "/v1/group",
            new() { Timeout = (float)Patience.TotalMilliseconds }
        );

        await page.EvaluateAsync("analytics.track('Report Shared', { minutes: 7 }); location.href = '/elsewhere'");
        // Asked of the page again and again: a wait for the navigation itself can begin after it ended.
        await Assertions.Expect(page).ToHaveTitleAsync("Elsewhere", new() { Timeout = (float)Patience.TotalMilliseconds });
        await page.GotoAsync(address);

        Assert.Equal(1, (await PersonAsync(user)).Shared);
    }

    [Theory]
    [InlineData("segment-npm")]
    [InlineData("rudderstack-npm")]
    public async Task What_was_answered_503_is_sent_again_and_counted_once(string snippet)
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visitor = await site.VisitorAsync();
        var page = await visitor.NewPageAsync();
        string user = NewUser();
        int refused = 0;
        await page.RouteAsync(
            url => new Uri(url).AbsolutePath is "/v1/t" or "/v1/track",
            async route =>
            {
                if (route.Request.Method != "POST" || refused >= 2)
                {
                    await route.ContinueAsync();
                    return;
                }
                refused++;
                await route.FulfillAsync(
                    new RouteFulfillOptions
                    {
                        Status = 503,
                        Headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*", ["Retry-After"] = "1" },
                    }
                );
            }
        );
        await page.GotoAsync(await site.PageAsync(snippet));

        await page.EvaluateAsync(Calls(user));

        Assert.Equal(1, (await PersonAsync(user)).Shared);
        Assert.Equal(2, refused);
    }

    private static string NewUser() => "u" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>The calls of the documentation, for somebody else.</summary>
    private static string Calls(string user) =>
        PageSite.Snippet("calls").Replace("ann-17", user, StringComparison.Ordinal).Replace("ann@", user + "@", StringComparison.Ordinal);

    private static ConcurrentQueue<(string Host, string Path)> HostsOf(IPage page)
    {
        var asked = new ConcurrentQueue<(string, string)>();
        page.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            asked.Enqueue((url.Authority, url.AbsolutePath));
        };
        return asked;
    }

    /// <summary>Somebody as the app knows them, once it has counted that they shared a report.</summary>
    private async Task<Person> PersonAsync(string user)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        string last = "";
        try
        {
            while (true)
            {
                using var response = await site.Api.GetAsync($"/api/people/{user}", limit.Token);
                last = await response.Content.ReadAsStringAsync(limit.Token);
                if (response.IsSuccessStatusCode && Read(JsonSerializer.Deserialize<JsonElement>(last)) is { } person)
                    return person;
                await Task.Delay(200, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            Assert.Fail($"{user} shared no report that arrived: {last}");
            throw;
        }
    }

    /// <summary>
    /// Null until all of it is there: calls are posted one by one and arrive in any order, and who joins an account takes along what they did.
    /// </summary>
    private static Person? Read(JsonElement file)
    {
        foreach (var account in file.GetProperty("accounts").EnumerateArray())
        {
            int shared = account
                .GetProperty("events")
                .EnumerateArray()
                .Where(seen => seen.GetProperty("name").GetString() == "Report Shared")
                .Sum(seen => seen.GetProperty("count").GetInt32());
            string id = account.GetProperty("account").GetString()!,
                email = Trait(account, "?email");
            if (id == Account && shared > 0 && email.Length > 0)
                return new Person(id, email, shared);
        }
        return null;
    }

    /// <summary>What a page says of somebody is their word alone, which the name of the trait tells.</summary>
    private static string Trait(JsonElement account, string name) =>
        account
            .GetProperty("traits")
            .EnumerateArray()
            .Where(trait => trait.GetProperty("name").GetString() == name)
            .Select(trait => trait.GetProperty("value").GetString()!)
            .SingleOrDefault("");

    private sealed record Person(string Account, string Email, int Shared);
}
