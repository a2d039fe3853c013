using System.Collections.Concurrent;
using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Problems;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;
using Signals.Testing;
using Signals.Web.Alerts;
using Signals.Web.OutgoingWebhooks;
using Signals.Web.Tests.Api;
using Signals.Web.Tests.OutgoingWebhooks;

namespace Signals.Web.Tests.Dashboard.Causes;

/// <summary>A problem of the product on its way from a cause's page to those who build it, and back.</summary>
public sealed class ProblemTests : IAsyncLifetime
{
    private const string Secret = "crm=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string CauseAddress = "/causes/onboarding-stalled?about=import-users";

    private WebhookSink _sink = null!;
    private SignalsHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sink = await WebhookSink.StartAsync();
        var events = new HashSet<string>(StringComparer.Ordinal) { WebhookEvents.ProblemHandedOver, WebhookEvents.ProblemSolved };
        _host = new SignalsHost
        {
            Model = new SignalsHost().Model with
            {
                Webhooks = [new WebhookEndpoint("crm", _sink.Url("/crm"), events, WebhookFormat.Plain)],
            },
            Configure = services =>
            {
                services.AddSingleton(WebhookSecrets.Parse(Secret)!);
                services.AddSingleton(
                    new WebhookOptions { PrivateNetworks = [IPNetwork.Parse("127.0.0.0/8")], Timeout = TimeSpan.FromSeconds(30) }
                );
            },
        };
        await _host.InitializeAsync();
        foreach (var (id, price) in new[] { ("acme", 40), ("zen", 900) })
        {
            await _host.SendAsync(
                SignalsHost.Person("u-" + id, new { email = $"{id}@x.example" }),
                SignalsHost.Account(
                    "u-" + id,
                    id,
                    new
                    {
                        name = id,
                        plan = "pro",
                        price,
                    }
                ),
                SignalsHost.Track("u-" + id, id, "Import Failed"),
                SignalsHost.Track("u-" + id, id, "Import Failed"),
                SignalsHost.Track("u-" + id, id, "Import Failed")
            );
        }
        await _host.SettleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task A_problem_is_handed_over_with_the_accounts_behind_it_and_its_end_is_told_on_their_pages()
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var page = await HandOverAsync(browser, "CSV with <semicolons>", "https://tracker.example/NIM-7");

        Assert.Equal("Onboarding stalled: Import your users", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["zen", "acme"], page.QuerySelectorAll("ul.problems a").Select(link => link.TextContent));
        Assert.Equal(["2", "2", "2", "940 USD"], Figures(page));
        Assert.All(page.QuerySelectorAll("ul.problems .line"), line => Assert.NotEqual("", line.TextContent.Trim()));
        Assert.Equal("https://tracker.example/NIM-7", page.QuerySelector(".note a")!.GetAttribute("href"));
        Assert.Equal("CSV with <semicolons>", page.QuerySelector(".note q")!.TextContent);

        page = await browser.SubmitAsync(
            page.QuerySelector("section.approve form"),
            ("state", "solved"),
            ("note", "Semicolons are read since Monday.")
        );

        Assert.Equal("solved", page.QuerySelector(".note .tag")!.TextContent);
        var account = await browser.OpenAsync("/accounts/acme");
        Assert.Equal("solved", account.QuerySelector("#problems .tag")!.TextContent);
        Assert.Contains("Semicolons are read", account.QuerySelector("#problems q")!.TextContent, StringComparison.Ordinal);
        var list = await browser.OpenAsync("/problems");
        Assert.Equal("Solved", list.QuerySelector("section h2")!.TextContent);
        var audit = await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 10, Cancel);
        Assert.Equal(
            [("problem.handed-over", "onboarding-stalled/import-users"), ("problem.solved", "onboarding-stalled/import-users")],
            audit
                .Entries.Where(entry => entry.Action.StartsWith("problem.", StringComparison.Ordinal))
                .Select(entry => (entry.Action, entry.Subject))
                .Order()
        );
        Assert.DoesNotContain(audit.Entries, entry => entry.Detail.Contains("emicolons", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_systems_are_told_when_it_is_handed_over_and_when_it_is_solved_and_nothing_between()
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var page = await HandOverAsync(browser, "Look at it", "");
        page = await browser.SubmitAsync(page.QuerySelector("section.approve form"), ("state", "in-work"));
        await browser.SubmitAsync(page.QuerySelector("section.approve form"), ("state", "solved"));
        await _host.WorkAsync();

        Assert.Equal([WebhookEvents.ProblemHandedOver, WebhookEvents.ProblemSolved], _sink.Posts.Select(post => post.Type));
        var data = _sink.Posts.First().Json.GetProperty("data");
        var problem = data.GetProperty("problem");
        Assert.Equal(
            ("onboarding-stalled", "import-users", "handed-over", "Look at it", 2, 940),
            (
                problem.GetProperty("cause").GetString(),
                problem.GetProperty("detail").GetString(),
                problem.GetProperty("state").GetString(),
                problem.GetProperty("note").GetString(),
                problem.GetProperty("accounts").GetInt32(),
                problem.GetProperty("price").GetDouble()
            )
        );
        Assert.Equal("Onboarding stalled: Import your users", problem.GetProperty("name").GetString());
        Assert.EndsWith(
            "/problems/" + problem.GetProperty("id").GetString(),
            problem.GetProperty("url").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(["zen", "acme"], data.GetProperty("accounts").EnumerateArray().Select(one => one.GetProperty("id").GetString()));
        Assert.NotEmpty(data.GetProperty("accounts")[0].GetProperty("evidence").GetString()!);
        Assert.DoesNotContain(
            _host.Store.All(AccountRows.Table),
            row => row.RowKey.StartsWith(WebhookOutbox.RowPrefix, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_stands_is_not_handed_over_twice_and_what_was_solved_is_handed_over_again()
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var first = (await browser.OpenAsync(CauseAddress)).QuerySelector("form[action='/problems']");
        var page = await browser.SubmitAsync(first, ("note", "First"));
        var again = await browser.SubmitAsync(first, ("note", "Second"));
        Assert.Contains("handed over already", again.QuerySelector(".notice.problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("First", again.QuerySelector(".note q")!.TextContent);
        Assert.Null((await browser.OpenAsync(CauseAddress)).QuerySelector("form[action='/problems']"));

        await browser.SubmitAsync(page.QuerySelector("section.approve form"), ("state", "solved"));
        page = await HandOverAsync(browser, "It is back", "");

        Assert.Equal(
            ("handed over", "It is back"),
            (page.QuerySelector(".note .tag")!.TextContent, page.QuerySelector(".note q")!.TextContent)
        );
        Assert.Equal(["zen", "acme"], page.QuerySelectorAll("ul.problems a").Select(link => link.TextContent));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("ftp://tracker.example/7")]
    [InlineData("https://me:secret@tracker.example/7")]
    [InlineData("NIM-7")]
    public async Task A_link_leads_to_the_web_or_is_refused(string link)
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var form = (await browser.OpenAsync(CauseAddress)).QuerySelector("form[action='/problems']");

        using var response = await browser.PostAsync(form, ("link", link));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(await _host.Services.GetRequiredService<ProblemBook>().ReadAllAsync(Cancel));
    }

    [Fact]
    public async Task What_holds_nobody_back_is_not_handed_over()
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var form = (await browser.OpenAsync("/causes/friction")).QuerySelector("form[action='/problems']");

        var page = await browser.SubmitAsync(form);

        Assert.Contains("no account is held back", page.QuerySelector(".notice.problem")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await browser.OpenAsync("/causes/delight")).QuerySelector("form[action='/problems']"));
    }

    [Fact]
    public async Task Of_too_many_problems_the_one_that_was_solved_first_is_forgotten_and_open_ones_never_are()
    {
        var book = _host.Services.GetRequiredService<ProblemBook>();
        for (int i = 0; i < ProblemBook.MaxProblems; i++)
            Assert.Equal(ProblemHandOver.Done, await book.HandOverAsync(Of($"kind-{i}"), [], Cancel));
        Assert.Equal(ProblemHandOver.NoRoom, await book.HandOverAsync(Of("one-more"), [], Cancel));

        string solved = Problem.IdOf("friction", "kind-7");
        Assert.NotNull(await book.ChangeAsync(solved, ProblemState.Solved, null, "", "ann", Cancel));
        Assert.Equal(ProblemHandOver.Done, await book.HandOverAsync(Of("one-more"), [], Cancel));

        Assert.Null(await book.FindAsync(solved, Cancel));
        Assert.Equal(ProblemBook.MaxProblems, (await book.ReadAllAsync(Cancel)).Count);
    }

    [Fact]
    public async Task Many_accounts_are_listed_together_and_each_is_written_once()
    {
        var book = _host.Services.GetRequiredService<ProblemBook>();
        ProblemAccount[] accounts =
        [
            .. Enumerable
                .Range(0, ProblemBook.MaxAccounts)
                .Select(i => new ProblemAccount(AccountKey.Group($"a{i}"), $"a{i}", $"a{i}", i, Phrase.Same("stuck"))),
        ];
        var commits = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        _host.Store.Probe.Before = call =>
        {
            if (call.Kind == StoreCallKind.Commit)
                commits.AddOrUpdate(call.Target, 1, (_, count) => count + 1);
            return ValueTask.CompletedTask;
        };

        Assert.Equal(ProblemHandOver.Done, await book.HandOverAsync(Of("many"), accounts, Cancel));

        _host.Store.Probe.Before = null;
        Assert.InRange(commits[ShardedList.Table], 1, 2 * ShardedList.Shards);
        Assert.Equal(accounts.Length + 1, commits[AccountRows.Table]);
        var listed = new List<string>();
        await foreach (var (account, _) in book.AccountsAsync(Of("many").Id, null, 100, Cancel))
            listed.Add(account.Value);
        Assert.Equal(accounts.Reverse().Select(account => account.Key.Value), listed);
    }

    private Problem Of(string detail) =>
        new("friction", detail, ProblemState.HandedOver, "ann", _host.Clock.GetUtcNow(), new ProblemFigures(1, 0, 1, 10));

    private static async Task<IHtmlDocument> HandOverAsync(DashboardBrowser browser, string note, string link)
    {
        var page = await browser.OpenAsync(CauseAddress);
        return await browser.SubmitAsync(page.QuerySelector("form[action='/problems']"), ("note", note), ("link", link));
    }

    private static IEnumerable<string> Figures(IHtmlDocument page) =>
        page.QuerySelectorAll("dl.figures dd").Select(figure => figure.TextContent.Trim());
}
