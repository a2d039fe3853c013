using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.DeadLetters;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Access;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

public sealed class PipelinePagesTests : IAsyncLifetime
{
    private const string Keys = "/pipeline/keys";
    private const string Letters = "/pipeline/dead-letters";

    private readonly SignalsHost _host = new() { Configure = services => services.AddSingleton<IDashboardAccess, AppServiceAccess>() };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_overview_tells_what_became_of_all_events_how_many_came_lately_and_who_sends_them()
    {
        await _host.SendAsync(
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
        await _host.FoldAsync();
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        await _host.Services.GetRequiredService<PipelineWatch>().FlushAsync(all: false, Cancellation);

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
        await _host.SendAsync(
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
        await _host.FoldAsync();

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
        _host
            .Services.GetRequiredService<LeftOutCounts>()
            .Note([
                new LeftOutNote(LeftOutKind.People, "staff", null),
                new LeftOutNote(LeftOutKind.Value, LeftOutRules.Score, "<b>-1</b>"),
                new LeftOutNote(LeftOutKind.Value, LeftOutRules.Score, "65"),
            ]);
        await _host.Services.GetRequiredService<LeftOutList>().FlushAsync(Cancellation);

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
        var told = (await _host.GetAsync("/api/pipeline")).GetProperty("seen").GetProperty("leftOut");
        Assert.Equal(["score", "staff"], told.EnumerateArray().Select(rule => rule.GetProperty("rule").GetString()!));
    }

    [Fact]
    public async Task What_could_not_be_read_is_named_in_both_languages_and_harms_nobody()
    {
        Assert.Null((await Admin().OpenAsync("/pipeline")).QuerySelector("#unreadable"));
        var rows = _host.Services.GetRequiredService<UnreadableRows>();
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
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await _host.FoldAsync();

        var first = await Admin().OpenAsync("/pipeline/quarantine");
        var rows = first.QuerySelectorAll("table.letters tbody tr");
        Assert.Equal(25, rows.Length);
        Assert.Contains($"{evil} 29", rows[0].QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("event", rows[0].QuerySelector("th")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(first.QuerySelectorAll("script"), script => script.TextContent.Length > 0);
        var older = await Admin().OpenAsync(first.QuerySelector("p.more a")!.GetAttribute("href")!);
        Assert.Equal(5, older.QuerySelectorAll("table.letters tbody tr").Length);
    }

    [Fact]
    public async Task An_admin_replays_a_dead_letter()
    {
        await PutAsideAsync("first");
        var page = await Admin().OpenAsync($"{Letters}?queue=reviews");
        var row = Assert.Single(page.QuerySelectorAll("table.letters tbody tr"));
        Assert.Contains("first is broken", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("body of first", row.TextContent, StringComparison.Ordinal);

        var after = await Admin().SubmitAsync(Form(page, $"{Letters}/replay"));

        Assert.Contains("back in its queue", Notice(after), StringComparison.Ordinal);
        Assert.Equal("first", Assert.Single(_host.Queue.Waiting(QueueNames.Reviews)).MessageId);
        Assert.StartsWith("ann@nimbus.example dead-letter.replayed reviews/", await AuditedAsync(), StringComparison.Ordinal);
        Assert.Contains("already", Notice(await Admin().SubmitAsync(Form(page, $"{Letters}/replay"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_replays_all_dead_letters_of_a_queue()
    {
        await PutAsideAsync("first", "second");
        var page = await Admin().OpenAsync($"{Letters}?queue=reviews");

        var after = await Admin().SubmitAsync(Form(page, $"{Letters}/replay-all"));

        Assert.Contains("2 messages are back", Notice(after), StringComparison.Ordinal);
        Assert.Equal(2, _host.Queue.Waiting(QueueNames.Reviews).Count);
        Assert.Equal("ann@nimbus.example dead-letter.replayed reviews 2 messages", await AuditedAsync());
    }

    [Fact]
    public async Task An_admin_discards_a_dead_letter_for_good()
    {
        await PutAsideAsync("first");
        var page = await Admin().OpenAsync($"{Letters}?queue=reviews");

        await Admin().SubmitAsync(Form(page, $"{Letters}/discard"));

        Assert.Equal(0, (await _host.Queue.GetDepthAsync(QueueNames.Reviews, Cancellation)).DeadLetteredMessages);
        Assert.Empty(_host.Queue.Waiting(QueueNames.Reviews));
        Assert.StartsWith("ann@nimbus.example dead-letter.discarded reviews/", await AuditedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_with_events_that_is_too_old_cannot_be_replayed()
    {
        await PutAsideInAsync(QueueNames.Usage, "old");
        _host.Clock.Advance(DeadLetterDesk.ReplayableFor + TimeSpan.FromMinutes(1));
        var page = await Admin().OpenAsync(Letters);
        Assert.Null(Form(page, $"{Letters}/replay"));
        Assert.Contains("Too old to replay", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(Form(page, $"{Letters}/discard"));
    }

    [Fact]
    public async Task A_key_is_shown_once_and_opens_at_once()
    {
        var after = await MakeAsync("web <b>shop</b>");
        string key = KeyOf(after);

        Assert.Equal(HttpStatusCode.OK, await IngestAsync(key));
        var again = await Admin().OpenAsync(Keys);
        Assert.DoesNotContain(key, again.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Contains("web <b>shop</b>", again.QuerySelector("table.keys")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"ann@nimbus.example key.created web <b>shop</b> …{key[^4..]}, browser", await AuditedAsync());
    }

    [Fact]
    public async Task A_keys_kind_is_chosen_when_it_is_made_shown_and_changed()
    {
        var page = await Admin().SubmitAsync(Form(await Admin().OpenAsync(Keys), $"{Keys}/create"), ("name", "api"), ("kind", "server"));
        Assert.Equal("server", page.QuerySelector("table.keys tbody td")!.TextContent);

        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        page = await Admin().SubmitAsync(Form(page, $"{Keys}/kind"), ("kind", "browser"));

        Assert.Contains("is a browser key now", Notice(page), StringComparison.Ordinal);
        Assert.Equal("browser", page.QuerySelector("table.keys tbody td")!.TextContent);
        Assert.StartsWith("ann@nimbus.example key.kind api …", await AuditedAsync(), StringComparison.Ordinal);
        using var neither = await Admin().PostAsync(Form(page, $"{Keys}/kind"), ("kind", "both"));
        Assert.Equal(HttpStatusCode.BadRequest, neither.StatusCode);
    }

    [Fact]
    public async Task A_rotated_key_and_its_successor_both_open_until_the_old_ones_time_is_over()
    {
        string old = KeyOf(await MakeAsync("web"));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        var page = await Admin().OpenAsync(Keys);
        string next = KeyOf(await Admin().SubmitAsync(Form(page, $"{Keys}/rotate"), ("hours", "1")));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [await IngestAsync(old), await IngestAsync(next)]);
        Assert.Equal($"ann@nimbus.example key.rotated web …{next[^4..]}; the old key ends in 1 hours", await AuditedAsync());
        _host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.OK], [await IngestAsync(old), await IngestAsync(next)]);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_from_then_on()
    {
        string key = KeyOf(await MakeAsync("web"));
        Assert.Equal(HttpStatusCode.OK, await IngestAsync(key));
        var page = await Admin().OpenAsync(Keys);

        var after = await Admin().SubmitAsync(Form(page, $"{Keys}/revoke"));

        Assert.Equal(HttpStatusCode.Unauthorized, await IngestAsync(key));
        Assert.Contains("revoked", Notice(after), StringComparison.Ordinal);
        Assert.Contains("ended", after.QuerySelector("table.keys")!.TextContent, StringComparison.Ordinal);
        Assert.Null(Form(after, $"{Keys}/revoke"));
        Assert.Contains("no such valid key", Notice(await Admin().SubmitAsync(Form(page, $"{Keys}/revoke"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("web")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890")]
    public async Task A_name_that_cannot_be_or_is_taken_makes_no_key(string name)
    {
        await MakeAsync("web");
        var after = await MakeAsync(name);
        Assert.StartsWith("No key was made.", Notice(after), StringComparison.Ordinal);
        Assert.Single(after.QuerySelectorAll("table.keys tbody tr"));
    }

    [Theory]
    [InlineData("hours", "-1")]
    [InlineData("hours", "721")]
    [InlineData("hours", "for ever")]
    public async Task A_time_that_cannot_be_rotates_nothing(string field, string value)
    {
        await MakeAsync("web");
        var page = await Admin().OpenAsync(Keys);
        using var response = await Admin().PostAsync(Form(page, $"{Keys}/rotate"), (field, value));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Single((await Admin().OpenAsync(Keys)).QuerySelectorAll("table.keys tbody tr"));
    }

    [Theory]
    [InlineData("Reader")]
    [InlineData("Manager")]
    public async Task Who_is_no_admin_sees_everything_and_changes_nothing(string role)
    {
        string key = KeyOf(await MakeAsync("web"));
        await PutAsideAsync("first");
        var browser = DashboardBrowser.OfPrincipal(_host, role, "bob@nimbus.example");
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
        Assert.Equal(1, (await _host.Queue.GetDepthAsync(QueueNames.Reviews, Cancellation)).DeadLetteredMessages);
    }

    [Fact]
    public async Task The_audit_trail_tells_who_did_what_the_last_first()
    {
        await MakeAsync("web");
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
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

    private DashboardBrowser Admin() => _admin ??= DashboardBrowser.OfPrincipal(_host, "Admin");

    private DashboardBrowser? _admin;

    private static IElement? Form(IHtmlDocument page, string action) =>
        page.QuerySelectorAll("form").FirstOrDefault(form => form.GetAttribute("action") == action);

    private static string Notice(IHtmlDocument page) => page.QuerySelector(".notice")?.TextContent ?? "";

    private static string KeyOf(IHtmlDocument page)
    {
        string notice = Notice(page);
        Assert.Contains("wk_", notice, StringComparison.Ordinal);
        return notice[notice.IndexOf("wk_", StringComparison.Ordinal)..];
    }

    private static async Task AssertForbiddenAsync(DashboardBrowser browser, IElement? form)
    {
        using var response = await browser.PostAsync(form);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private async Task<IHtmlDocument> MakeAsync(string name) =>
        await Admin().SubmitAsync(Form(await Admin().OpenAsync(Keys), $"{Keys}/create"), ("name", name), ("kind", "browser"));

    private async Task<HttpStatusCode> IngestAsync(string key, string body = """{"userId":"ann","event":"Watched"}""")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/track")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await _host.Stranger.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    private Task PutAsideAsync(params string[] ids) => PutAsideInAsync(QueueNames.Reviews, ids);

    private async Task PutAsideInAsync(string queue, params string[] ids)
    {
        foreach (string id in ids)
        {
            await _host.Queue.SendAsync(queue, [new OutgoingMessage(id, Encoding.UTF8.GetBytes($"body of {id}"))], Cancellation);
            var message = Assert.Single(await _host.Queue.ReceiveAsync(queue, 1, TimeSpan.FromMinutes(1), Cancellation));
            await _host.Queue.SettleAsync([new SettledMessage(message, Settlement.Dead($"{id} is broken"))], Cancellation);
        }
    }

    /// <summary>The last entry of the audit trail.</summary>
    private async Task<string> AuditedAsync()
    {
        var entry = (await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 1, Cancellation)).Entries[0];
        return $"{entry.Who} {entry.Action} {entry.Subject} {entry.Detail}".TrimEnd();
    }
}
