using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

public sealed class PipelinePagesTests : PipelinePages
{
    [Fact]
    public async Task The_overview_tells_what_became_of_all_events_how_many_came_lately_and_who_sends_them()
    {
        await Host.SendAsync(
            new
            {
                type = "track",
                userId = "ann",
                @event = "Watched",
                context = new { library = new { name = "analytics-node", version = "2.1.0" } },
            },
            new
            {
                type = "track",
                userId = "ann",
                @event = "Watched",
            },
            new { type = "nonsense", userId = "ann" }
        );
        await Host.FoldAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Host.Services.GetRequiredService<PipelineWatch>().FlushAsync(all: false, Cancellation);

        var page = await Admin().OpenAsync("/pipeline");

        Assert.Equal(["3", "2", "0", "1", "0", "0"], page.QuerySelectorAll(".figures dd").Select(figure => figure.TextContent.Trim()));
        var minutes = page.QuerySelector("table.numbers")!.QuerySelectorAll("tbody tr");
        Assert.Equal(60, minutes.Length);
        Assert.Equal(["3", "2", "1"], minutes[^1].QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Contains("analytics-node", page.QuerySelector("#sdks")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2.1.0", page.QuerySelector("#sdks")!.ParentElement!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_in_another_spelling_is_told_on_the_overview_and_every_name_stands_on_its_own_page()
    {
        const string evil = "<script>alert(1)</script>";
        Assert.Null((await Admin().OpenAsync("/pipeline")).QuerySelector("#near"));
        await Host.SendAsync(
            new
            {
                type = "track",
                userId = "ann",
                @event = "export completed",
            },
            new
            {
                type = "track",
                userId = "ann",
                @event = evil,
                properties = new { secret = "a value" },
            },
            new
            {
                type = "group",
                userId = "ann",
                groupId = "acme",
                traits = new { Seats = 5, plan = "pro" },
            },
            new
            {
                type = "track",
                userId = "undefined",
                @event = "x",
            }
        );
        await Host.FoldAsync();

        var overview = await Admin().OpenAsync("/pipeline");
        Assert.Equal(
            [
                "Seats was seen once; the model has seats, never seen account",
                "export completed was seen once; the model has Export Completed, never seen features.export",
            ],
            overview.QuerySelectorAll("#near ~ ul li").Select(item => Words(item)).Order(StringComparer.Ordinal)
        );
        var names = await Admin().OpenAsync(overview.QuerySelector("#near ~ .more a")!.GetAttribute("href")!);
        Assert.Equal([evil, "export completed"], Cells(names, "#events", "th[scope=row]").Order(StringComparer.Ordinal));
        Assert.Contains("plan", Cells(names, "#accounts", "th[scope=row]"));
        Assert.Contains(
            "Users Imported",
            names.QuerySelector("#events")!.ParentElement!.QuerySelector(".note + ul")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("userId: expected", names.QuerySelector("#rules")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("a value", names.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(names.QuerySelectorAll("script"), script => script.TextContent.Contains("alert", StringComparison.Ordinal));
        var browser = Admin();
        browser.Headers["Accept-Language"] = "fr";
        Assert.Contains(
            "export completed a été vu une fois ; le modèle a Export Completed, jamais vu features.export",
            (await browser.OpenAsync("/pipeline")).QuerySelectorAll("#near ~ ul li").Select(item => Words(item))
        );

        static string Words(IElement element) =>
            string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        static IEnumerable<string> Cells(IHtmlDocument page, string heading, string cells) =>
            page.QuerySelector(heading)!.ParentElement!.QuerySelectorAll(cells).Select(cell => cell.TextContent.Trim());
    }

    [Fact]
    public async Task What_rules_left_out_stands_beside_the_names_in_both_languages_and_in_the_API()
    {
        Assert.Null((await Admin().OpenAsync("/pipeline/names")).QuerySelector("#left-out"));
        Host.Services.GetRequiredService<LeftOutCounts>()
            .Note([
                new LeftOutNote(LeftOutKind.People, "staff", null),
                new LeftOutNote(LeftOutKind.Value, LeftOutRules.Score, "<b>-1</b>"),
                new LeftOutNote(LeftOutKind.Value, LeftOutRules.Score, "65"),
            ]);
        await Host.Services.GetRequiredService<LeftOutList>().FlushAsync(Cancellation);

        var rows = (await Admin().OpenAsync("/pipeline/names")).QuerySelectorAll("#left-out ~ .scroll tbody tr");
        Assert.Equal(["score", "staff"], rows.Select(row => row.QuerySelector("th")!.TextContent));
        Assert.Equal(["2", "1"], rows.Select(row => row.QuerySelector("td.number")!.TextContent));
        Assert.Equal(["<b>-1</b>", "65"], rows[0].QuerySelectorAll("td code").Select(example => example.TextContent));
        var browser = Admin();
        browser.Headers["Accept-Language"] = "fr";
        Assert.Equal(
            ["Une valeur qui ne dit rien", "Qui n’est pas un client"],
            (await browser.OpenAsync("/pipeline/names"))
                .QuerySelectorAll("#left-out ~ .scroll tbody tr")
                .Select(row => row.QuerySelector("td")!.TextContent)
        );
        var told = (await Host.GetAsync("/api/pipeline")).GetProperty("seen").GetProperty("leftOut");
        Assert.Equal(["score", "staff"], told.EnumerateArray().Select(rule => rule.GetProperty("rule").GetString()!));
    }

    [Fact]
    public async Task What_could_not_be_read_is_named_in_both_languages_and_harms_nobody()
    {
        Assert.Null((await Admin().OpenAsync("/pipeline")).QuerySelector("#unreadable"));
        var rows = Host.Services.GetRequiredService<UnreadableRows>();
        var pass = rows.Begin(BackgroundWork.Measures);
        for (int i = 0; i < 12; i++)
            pass.Note($"g_acme{i}", new InvalidDataException("<script>alert(1)</script> layout 99"));
        await pass.EndAsync(Cancellation);
        await rows.NoteAsync(BackgroundWork.Report, "", new InvalidDataException("layout 98"), Cancellation);

        var section = (await Admin().OpenAsync("/pipeline")).QuerySelector("#unreadable")!;

        Assert.Equal(["Weekly report", "Measures of all accounts"], section.QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
        Assert.Equal(["1", "12"], section.QuerySelectorAll("td.number").Select(cell => cell.TextContent));
        Assert.Contains("the whole step: InvalidDataException: layout 98", section.TextContent, StringComparison.Ordinal);
        Assert.Equal(10, section.QuerySelectorAll("code").Length);
        Assert.Contains(
            "g_acme9: InvalidDataException: <script>alert(1)</script> layout 99",
            section.TextContent,
            StringComparison.Ordinal
        );
        Assert.Empty(section.QuerySelectorAll("script"));
        foreach (var work in Enum.GetValues<BackgroundWork>())
            await rows.NoteAsync(work, "", new InvalidDataException("x"), Cancellation);
        var browser = Admin();
        browser.Headers["Accept-Language"] = "fr";
        var french = (await browser.OpenAsync("/pipeline"))
            .QuerySelectorAll("#unreadable tbody th")
            .Select(cell => cell.TextContent)
            .ToList();
        Assert.Equal(Enum.GetValues<BackgroundWork>().Length, french.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(french, Enum.GetNames<BackgroundWork>().Contains);
    }

    [Fact]
    public async Task A_day_is_drawn_by_quarters_of_an_hour()
    {
        var page = await Admin().OpenAsync("/pipeline?span=day");
        Assert.Equal(96, page.QuerySelector("table.numbers")!.QuerySelectorAll("tbody tr").Length);
        using var other = await Admin().SendAsync(HttpMethod.Get, "/pipeline?span=century");
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
    }

    [Theory]
    [InlineData("/pipeline", "En quarantaine")]
    [InlineData("/pipeline/names", "Comment les émetteurs nomment les choses")]
    [InlineData("/pipeline/quarantine", "Rien n’est en quarantaine.")]
    [InlineData("/pipeline/dead-letters", "Aucun\u00a0: tout a été traité dans cette file.")]
    [InlineData("/pipeline/keys", "Créer une clé")]
    [InlineData("/pipeline/audit", "Personne n’a encore rien modifié.")]
    public async Task Every_page_speaks_French(string path, string words)
    {
        var browser = Admin();
        browser.Headers["Accept-Language"] = "fr";
        var page = await browser.OpenAsync(path);
        Assert.Contains(words, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(path, page.QuerySelector(".tabs a[aria-current]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task What_is_in_quarantine_is_shown_as_it_came_and_harms_nobody()
    {
        const string evil = "<script>alert(1)</script>";
        for (int i = 0; i < 30; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await IngestAsync(SignalsHost.WriteKey, $$"""{"userId":"{{evil}} {{i}}"}"""));
            Host.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await Host.FoldAsync();

        var first = await Admin().OpenAsync("/pipeline/quarantine");
        var rows = first.QuerySelectorAll("table.letters tbody tr");
        Assert.Equal(25, rows.Length);
        Assert.Contains($"{evil} 29", rows[0].QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("event", rows[0].QuerySelector("th")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(first.QuerySelectorAll("script"), script => script.TextContent.Length > 0);
        var older = await Admin().OpenAsync(first.QuerySelector("p.more a")!.GetAttribute("href")!);
        Assert.Equal(5, older.QuerySelectorAll("table.letters tbody tr").Length);
    }

    [Theory]
    [InlineData("Reader")]
    [InlineData("Manager")]
    public async Task Who_is_no_admin_sees_everything_and_changes_nothing(string role)
    {
        string key = KeyOf(await MakeAsync("web"));
        await PutAsideAsync("first");
        var browser = DashboardBrowser.OfPrincipal(Host, role, "bob@nimbus.example");
        foreach (string path in new[] { "/pipeline", Keys, $"{Letters}?queue=reviews", "/pipeline/quarantine", "/pipeline/audit" })
        {
            var page = await browser.OpenAsync(path);
            Assert.DoesNotContain(page.QuerySelectorAll("main form"), form => form.GetAttribute("method") == "post");
        }

        // An admin's form, sent by somebody else.
        var forms = await Admin().OpenAsync(Keys);
        foreach (string action in new[] { "create", "rotate", "kind", "revoke" })
            await AssertForbiddenAsync(browser, Form(forms, $"{Keys}/{action}"));
        var letters = await Admin().OpenAsync($"{Letters}?queue=reviews");
        foreach (string action in new[] { "replay", "replay-all", "discard" })
            await AssertForbiddenAsync(browser, Form(letters, $"{Letters}/{action}"));
        Assert.Equal(HttpStatusCode.OK, await IngestAsync(key));
        Assert.Equal(1, (await Host.Queue.GetDepthAsync(QueueNames.Reviews, Cancellation)).DeadLetteredMessages);
    }

    [Fact]
    public async Task The_audit_trail_tells_who_did_what_the_last_first()
    {
        await MakeAsync("web");
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Admin().SubmitAsync(Form(await Admin().OpenAsync(Keys), $"{Keys}/revoke"));

        var page = await Admin().OpenAsync("/pipeline/audit");

        Assert.Equal(["key.revoked", "key.created"], page.QuerySelectorAll("tbody code").Select(code => code.TextContent));
        Assert.All(
            page.QuerySelectorAll("tbody tr"),
            row => Assert.Contains("ann@nimbus.example", row.TextContent, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("/pipeline/quarantine?cursor=x")]
    [InlineData("/pipeline/audit?cursor=YXVkaXR8eA")]
    [InlineData("/pipeline/dead-letters?cursor=../../etc")]
    [InlineData("/pipeline/dead-letters?queue=passwords")]
    public async Task What_is_none_of_ours_is_refused(string path)
    {
        using var response = await Admin().SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
