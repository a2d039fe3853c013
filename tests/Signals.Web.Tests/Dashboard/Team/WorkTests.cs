using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Letters;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.Work;
using Signals.Testing;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Team;

public sealed class WorkTests : TeamPages
{
    private const string Amelie = "amelie@nimbus.example";
    private const string Bruno = "bruno@nimbus.example";

    private DashboardBrowser _amelie = null!;
    private DashboardBrowser _bruno = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Host.SendAsync(
            SignalsHost.Account("u1", "acme", new { name = "Acme", plan = "pro" }),
            SignalsHost.Person("u1", new { name = "Ada Lovelace", email = "ada@acme.example" }),
            SignalsHost.Track("u1", "acme", "Import Failed"),
            SignalsHost.Track("u1", "acme", "Import Failed")
        );
        await Host.SettleAsync();
        _amelie = await ComeInAsync("Amélie Durand", Amelie);
        _bruno = await ComeInAsync("Bruno", Bruno);
    }

    [Fact]
    public async Task A_note_is_read_by_colleagues_and_whom_it_mentions_is_told_by_mail()
    {
        var after = await NoteAsync(_bruno, "Called Ada.\n@Amélie could you show her <the import>?");

        Assert.Contains("Amélie Durand is told", after.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        var page = await _amelie.OpenAsync("/accounts/acme");
        Assert.Contains("could you show her <the import>?", page.QuerySelector("#notes .text")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Bruno ·", page.QuerySelector("#notes .line")!.TextContent, StringComparison.Ordinal);
        int before = Mails.All.Count;
        await PostLettersAsync();
        var mail = Assert.Single(Mails.All.Skip(before));
        Assert.Equal((Amelie, "Bruno mentioned you: Acme"), (mail.To.Address, mail.Subject));
        Assert.Contains("https://signals.nimbus.example/accounts/acme#notes", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<the import>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(await AuditAsync(), entry => entry.Detail.Contains("Called Ada", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_undone_in_time_tells_nobody()
    {
        var after = await NoteAsync(_bruno, "@Amélie wrong account");
        after = await UndoAsync(_bruno, after);

        Assert.Contains("It is as it was before", after.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(after.QuerySelectorAll("#notes .text"));
        int before = Mails.All.Count;
        await PostLettersAsync();
        Assert.Equal(before, Mails.All.Count);
    }

    [Fact]
    public async Task A_note_is_changed_and_deleted_by_its_writer_alone()
    {
        await NoteAsync(_bruno, "First");
        var page = await _amelie.OpenAsync("/accounts/acme");
        Assert.Null(page.QuerySelector("form[action='/accounts/acme/notes/change']"));
        string id = (await _bruno.OpenAsync("/accounts/acme"))
            .QuerySelector("form[action='/accounts/acme/notes/delete'] input[name=id]")!
            .GetAttribute("value")!;
        string token = page.QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
        using var theirs = await _amelie.PostAsync("/accounts/acme/notes/delete", [new("form-token", token), new("id", id)]);
        Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);

        var after = await _bruno.SubmitAsync(
            (await _bruno.OpenAsync("/accounts/acme")).QuerySelector("form[action='/accounts/acme/notes/change']"),
            ("text", "Second"),
            ("id", id)
        );
        Assert.Equal("Second", after.QuerySelector("#notes .text")!.TextContent);
        after = await _bruno.SubmitAsync(after.QuerySelector("form[action='/accounts/acme/notes/delete']"));
        Assert.Empty(after.QuerySelectorAll("#notes .text"));
        after = await UndoAsync(_bruno, after);
        Assert.Equal("Second", after.QuerySelector("#notes .text")!.TextContent);
    }

    [Fact]
    public async Task An_account_is_handed_to_a_colleague_who_is_told_and_finds_it_on_today()
    {
        var page = await _bruno.OpenAsync("/accounts/acme");
        var after = await _bruno.SubmitAsync(
            page.QuerySelector("form[action='/accounts/acme/hand']"),
            ("to", Amelie),
            ("text", "she knows you")
        );
        Assert.Contains("Amélie Durand", after.QuerySelector(".handed")!.TextContent, StringComparison.Ordinal);

        await PostLettersAsync();
        Assert.Equal("Bruno handed you Acme", Mails.Last(Amelie).Subject);
        var today = await _amelie.OpenAsync("/");
        Assert.Contains("she knows you", today.QuerySelector(".own-work")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await _bruno.OpenAsync("/")).QuerySelector(".own-work"));

        await _amelie.SubmitAsync((await _amelie.OpenAsync("/accounts/acme")).QuerySelector("form[action='/accounts/acme/hand/end']"));
        Assert.Null((await _amelie.OpenAsync("/")).QuerySelector(".own-work"));
        Assert.Contains(await AuditAsync(), entry => (entry.Who, entry.Action, entry.Subject) == (Bruno, "account.handed", "acme"));
    }

    [Fact]
    public async Task A_next_step_waits_on_its_owners_day_until_it_is_done()
    {
        var page = await _bruno.OpenAsync("/accounts/acme");
        await _bruno.SubmitAsync(
            page.QuerySelector("form[action='/accounts/acme/steps']"),
            ("text", "Send the CSV template"),
            ("due", "2026-03-02"),
            ("to", Amelie)
        );
        await _bruno.SubmitAsync(
            page.QuerySelector("form[action='/accounts/acme/steps']"),
            ("text", "Ask how it went"),
            ("due", "2026-03-30"),
            ("to", Amelie)
        );
        var today = await _amelie.OpenAsync("/");
        var due = Assert.Single(today.QuerySelectorAll(".own-work li"));
        Assert.Contains("Send the CSV template", due.TextContent, StringComparison.Ordinal);
        Assert.Contains("due today", due.TextContent, StringComparison.Ordinal);

        today = await _amelie.SubmitAsync(due.QuerySelector("form"));
        Assert.Null(today.QuerySelector(".own-work"));
        today = await UndoAsync(_amelie, today);
        Assert.NotNull(today.QuerySelector(".own-work"));
        await PostLettersAsync();
        Assert.Equal(2, Mails.All.Count(mail => mail.Subject.Contains("asks you for a next step", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_done_already_is_said_and_neither_done_nor_audited_again()
    {
        var page = await _bruno.OpenAsync("/accounts/acme");
        page = await _bruno.SubmitAsync(
            page.QuerySelector("form[action='/accounts/acme/steps']"),
            ("text", "Send the CSV template"),
            ("due", "2026-03-02")
        );
        page = await _bruno.SubmitAsync(
            page.QuerySelector("form[action='/accounts/acme/goals']"),
            ("text", "A file each month"),
            ("due", "2026-04-30")
        );
        var step = page.QuerySelector("form[action='/accounts/acme/steps/done']");
        var goal = page.QuerySelector("form[action='/accounts/acme/goals/done']");
        await _bruno.SubmitAsync(step);
        await _bruno.SubmitAsync(goal);
        var done = await WorkAsync();
        Host.Clock.Advance(TimeSpan.FromHours(1));

        foreach (var form in new[] { step, goal })
        {
            var after = await _amelie.SubmitAsync(
                (await _amelie.OpenAsync("/accounts/acme")).QuerySelector("form[action='/accounts/acme/notes']"),
                ("text", "x")
            );
            string token = after.QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
            using var again = await _amelie.PostAsync(form, ("form-token", token));
            after = await _amelie.OpenAsync("/accounts/acme");
            Assert.NotNull(after.QuerySelector(".notice.problem"));
            Assert.Null(after.QuerySelector(".undoable"));
        }

        Assert.Equal(done, await WorkAsync());
        var entries = await AuditAsync();
        Assert.Single(entries, entry => entry.Action == "step.done");
        Assert.Single(entries, entry => entry.Action == "goal.reached");
    }

    [Fact]
    public async Task The_audit_trail_has_what_was_done_and_not_the_words()
    {
        var page = await _bruno.OpenAsync("/accounts/acme");
        await _bruno.SubmitAsync(page.QuerySelector("form[action='/accounts/acme/hand']"), ("to", Amelie), ("text", "Ada is ill"));
        page = await _bruno.SubmitAsync(
            page.QuerySelector("form[action='/accounts/acme/steps']"),
            ("text", "Visit Ada in hospital"),
            ("due", "2026-03-02"),
            ("to", Amelie)
        );
        await _bruno.SubmitAsync(page.QuerySelector("form[action='/accounts/acme/steps/done']"));
        await _bruno.SubmitAsync(page.QuerySelector("form[action='/accounts/acme/goals']"), ("text", "Ada is back"), ("due", "2026-04-30"));

        var entries = (await AuditAsync()).Where(entry => entry.Subject == "acme").ToList();
        Assert.Equal(
            ["account.handed", "goal.added", "step.added", "step.done"],
            entries.Select(entry => entry.Action).Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain(entries, entry => entry.Detail.Contains("Ada", StringComparison.Ordinal));
        Assert.Contains(entries, entry => entry.Detail.EndsWith("; 2026-03-02; " + Amelie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_letter_tells_what_was_really_changed()
    {
        var page = await _bruno.OpenAsync("/accounts/acme");
        int before = Mails.All.Count;
        Host.Store.Probe.Before = call =>
            call is { Kind: StoreCallKind.Commit, Target: AccountRows.Table }
                ? throw new TransientStoreException("away")
                : ValueTask.CompletedTask;
        using var handed = await _bruno.PostAsync(page.QuerySelector("form[action='/accounts/acme/hand']"), ("to", Amelie));
        using var step = await _bruno.PostAsync(
            page.QuerySelector("form[action='/accounts/acme/steps']"),
            ("text", "Call"),
            ("due", "2026-03-02"),
            ("to", Amelie)
        );
        Host.Store.Probe.Before = null;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (handed.StatusCode, step.StatusCode));

        await PostLettersAsync();

        Assert.Equal(before, Mails.All.Count);
    }

    [Fact]
    public async Task A_browser_that_goes_away_leaves_no_change_without_its_line_in_the_audit_trail()
    {
        var page = await _bruno.OpenAsync("/accounts/acme");
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Host.Store.Probe.After = async call =>
        {
            if (call is not { Kind: StoreCallKind.Commit, Target: AccountRows.Table })
                return;
            Host.Store.Probe.After = null;
            await gone.CancelAsync();
            // Until the server has noticed.
            await Task.Delay(TimeSpan.FromMilliseconds(300), Cancel);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _bruno.PostAsync(page.QuerySelector("form[action='/accounts/acme/hand']"), gone.Token, ("to", Amelie))
        );

        for (int tries = 0; tries < 100 && !(await AuditAsync()).Any(entry => entry.Action == "account.handed"); tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancel);
        Assert.Single(await AuditAsync(), entry => entry.Action == "account.handed");
    }

    [Fact]
    public async Task A_mail_names_who_has_no_name_in_its_readers_language()
    {
        var link = await DashboardBrowser.SignedInAsync(Host);
        link.Headers["Accept-Language"] = "fr";
        await NoteAsync(link, "@Amélie bonjour");
        await PostLettersAsync();
        Assert.Equal("the sign-in link mentioned you: Acme", Mails.Last(Amelie).Subject);
    }

    [Fact]
    public async Task A_text_as_long_as_its_field_is_taken_in_every_script_and_with_lines()
    {
        string han = new('漢', AccountNote.MaxChars);
        var after = await NoteAsync(_bruno, han);
        Assert.Equal(han, after.QuerySelector("#notes .text")!.TextContent);
        // A browser counts the end of a line once, and sends two characters.
        string lines = string.Concat(Enumerable.Repeat("a\r\n", AccountWork.MaxTextChars / 2 - 1)) + "bb";
        after = await _bruno.SubmitAsync(after.QuerySelector("form[action='/accounts/acme/hand']"), ("to", Amelie), ("text", lines));
        Assert.EndsWith("a a bb", after.QuerySelector(".handed q")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_goal_is_ticked_by_the_feature_that_shows_it_and_by_nothing_that_came_before()
    {
        await Host.SendAsync(SignalsHost.Track("u1", "acme", "Export Completed"));
        await Host.SettleAsync();
        Host.Clock.Advance(TimeSpan.FromDays(2));
        var page = await _bruno.OpenAsync("/accounts/acme");
        var after = await _bruno.SubmitAsync(
            page.QuerySelector("form[action='/accounts/acme/goals']"),
            ("text", "Our auditor gets a file each month"),
            ("due", "2026-04-30"),
            ("signal", "export")
        );
        Assert.DoesNotContain("reached", after.QuerySelector(".goals .line")!.TextContent, StringComparison.Ordinal);

        await Host.SendAsync(SignalsHost.Track("u1", "acme", "Export Completed"));
        await Host.SettleAsync();

        after = await _bruno.OpenAsync("/accounts/acme");
        Assert.Contains("reached seen on 4 Mar 2026", Plain(after.QuerySelector(".goals .line")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_about_a_person_stands_on_their_page_and_in_what_is_given_out_of_them_and_of_the_account()
    {
        var page = await _bruno.OpenAsync("/accounts/acme");
        await _bruno.SubmitAsync(
            page.QuerySelector("form[action='/accounts/acme/notes']"),
            ("text", "Ada <leaves> in May"),
            ("person", "u1")
        );
        await NoteAsync(_bruno, "About all of Acme");
        var admin = await DashboardBrowser.SignedInAsync(Host);

        var person = await admin.OpenAsync("/people?id=u1");
        Assert.Contains("Ada <leaves> in May", person.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("About all of Acme", person.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var file = await Host.GetAsync("/api/people/u1");
        var note = Assert.Single(
            file.GetProperty("accounts").EnumerateArray().SelectMany(account => account.GetProperty("notes").EnumerateArray())
        );
        Assert.Equal((Bruno, "u1"), (note.GetProperty("by").GetString(), note.GetProperty("person").GetString()));
        var notes = (await Host.GetAsync("/api/accounts/acme/export")).GetProperty("notes").EnumerateArray();
        Assert.Equal(["About all of Acme", "Ada <leaves> in May"], notes.Select(one => one.GetProperty("text").GetString()).Order());
        using var refused = await _bruno.SendAsync(HttpMethod.Get, "/people?id=u1");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_goal_is_ticked_by_so_many_of_any_event_and_says_how_far_it_is()
    {
        await Host.SendAsync(SignalsHost.Track("u1", "acme", "Invoice <Sent>"));
        await Host.SettleAsync();
        Host.Clock.Advance(TimeSpan.FromDays(2));
        var page = await _bruno.OpenAsync("/accounts/acme");
        var form = page.QuerySelector("form[action='/accounts/acme/goals']");
        (string, string)[] goal = [("text", "Three invoices a month"), ("due", "2026-04-30"), ("event", "Invoice <Sent>"), ("times", "3")];
        var after = await _bruno.SubmitAsync(form, goal);
        Assert.Contains("shown by Invoice <Sent>, 0 of 3 times", Plain(after.QuerySelector(".goals .line")!), StringComparison.Ordinal);

        await Host.SendAsync(Enumerable.Range(0, 2).Select(_ => SignalsHost.Track("u1", "acme", "Invoice <Sent>")));
        await Host.SettleAsync();
        after = await _bruno.OpenAsync("/accounts/acme");
        Assert.Contains("2 of 3 times", Plain(after.QuerySelector(".goals .line")!), StringComparison.Ordinal);
        Assert.DoesNotContain("reached", after.QuerySelector(".goals .line")!.TextContent, StringComparison.Ordinal);

        Host.Clock.Advance(TimeSpan.FromDays(1));
        await Host.SendAsync(SignalsHost.Track("u1", "acme", "Invoice <Sent>"));
        await Host.SettleAsync();
        after = await _bruno.OpenAsync("/accounts/acme");
        Assert.Contains("reached seen on 5 Mar 2026", Plain(after.QuerySelector(".goals .line")!), StringComparison.Ordinal);
        Assert.DoesNotContain(await AuditAsync(), entry => entry.Detail.Contains("Invoice", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("signal", "export", "event", "Export Completed", HttpStatusCode.SeeOther)]
    [InlineData("event", "Export Completed", "times", "0", HttpStatusCode.BadRequest)]
    [InlineData("event", "Export Completed", "times", "-3", HttpStatusCode.BadRequest)]
    [InlineData("event", "Export Completed", "times", "1000001", HttpStatusCode.BadRequest)]
    public async Task A_goal_that_nothing_could_tick_is_not_written_down(
        string field,
        string value,
        string another,
        string its,
        HttpStatusCode answer
    )
    {
        var form = (await _bruno.OpenAsync("/accounts/acme")).QuerySelector("form[action='/accounts/acme/goals']");

        using var response = await _bruno.PostAsync(form, ("text", "A goal"), ("due", "2026-04-30"), (field, value), (another, its));

        Assert.Equal(answer, response.StatusCode);
        Assert.Empty((await WorkAsync()).Goals);
    }

    [Fact]
    public async Task An_answer_to_an_alert_is_undone_by_who_gave_it_and_by_nobody_else()
    {
        var today = await _bruno.OpenAsync("/");
        today = await _bruno.SubmitAsync(today.QuerySelector(".alerts form[action$='/ack']"));
        var undo = today.QuerySelector(".undoable form");
        string token = (await _amelie.OpenAsync("/")).QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
        string id = undo!.QuerySelector("input[name=undo]")!.GetAttribute("value")!;
        using var theirs = await _amelie.PostAsync("/take-back", [new("form-token", token), new("undo", id)]);
        Assert.NotNull((await _amelie.OpenAsync("/")).QuerySelector(".notice.problem"));
        Assert.NotNull((await _amelie.OpenAsync("/")).QuerySelector(".in-hand"));

        today = await _bruno.SubmitAsync(undo);

        Assert.Null(today.QuerySelector(".in-hand"));
        Assert.NotNull(today.QuerySelector(".waiting .alerts form[action$='/ack']"));
        Assert.Contains(await AuditAsync(), entry => (entry.Who, entry.Action) == (Bruno, "alert.undone"));
    }

    [Fact]
    public async Task After_its_time_nothing_is_undone()
    {
        var after = await NoteAsync(_bruno, "Stays");
        Host.Clock.Advance(LetterBox.Wait + TimeSpan.FromSeconds(1));
        after = await UndoAsync(_bruno, after);
        Assert.NotNull(after.QuerySelector(".notice.problem"));
        Assert.Equal("Stays", after.QuerySelector("#notes .text")!.TextContent);
    }

    [Fact]
    public async Task A_readers_page_has_no_forms_for_work()
    {
        await NoteAsync(_bruno, "For all to read");
        var carl = await ComeInAsync("Carl", "carl@nimbus.example", role: "reader");
        var page = await carl.OpenAsync("/accounts/acme");
        Assert.Equal("For all to read", page.QuerySelector("#notes .text")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("#work form, #notes form"));
    }

    [Fact]
    public async Task An_erased_account_takes_its_notes_and_work_along()
    {
        await NoteAsync(_bruno, "Gone with it");
        var page = await _bruno.OpenAsync("/accounts/acme");
        await _bruno.SubmitAsync(
            page.QuerySelector("form[action='/accounts/acme/steps']"),
            ("text", "Gone too"),
            ("due", "2026-03-02"),
            ("to", Bruno)
        );
        var admin = await DashboardBrowser.SignedInAsync(Host);
        await admin.SubmitAsync(
            (await admin.OpenAsync("/accounts/acme")).QuerySelector("form[action='/accounts/acme/erase']"),
            ("confirm", "acme")
        );
        await Host.WorkAsync();
        for (int i = 0; i < 4; i++)
        {
            Host.Clock.Advance(TimeSpan.FromMinutes(30));
            await Host.Services.GetRequiredService<Core.Daily.Erasure.ErasureWork>().RunAsync(Cancel);
        }

        var account = AccountKey.Group("acme");
        Assert.Empty(await Host.Services.GetRequiredService<AccountNotes>().ReadAsync(account, null, 10, Cancel));
        Assert.Empty((await Host.Services.GetRequiredService<WorkBook>().GetAsync(account, Cancel)).Steps);
        Assert.Null((await _bruno.OpenAsync("/")).QuerySelector(".own-work"));
    }

    [Fact]
    public async Task An_erased_person_takes_along_the_notes_about_them()
    {
        var page = await _bruno.OpenAsync("/accounts/acme");
        await _bruno.SubmitAsync(
            page.QuerySelector("form[action='/accounts/acme/notes']"),
            ("text", "She is leaving in May"),
            ("person", "u1")
        );
        await NoteAsync(_bruno, "About the account");
        var admin = await DashboardBrowser.SignedInAsync(Host);
        await admin.SubmitAsync((await admin.OpenAsync("/people?id=u1")).QuerySelector("form[action='/people/erase']"), ("confirm", "u1"));
        for (int i = 0; i < 4; i++)
        {
            Host.Clock.Advance(TimeSpan.FromMinutes(30));
            await Host.Services.GetRequiredService<Core.Daily.Erasure.ErasureWork>().RunAsync(Cancel);
        }

        var notes = await Host.Services.GetRequiredService<AccountNotes>().ReadAsync(AccountKey.Group("acme"), null, 10, Cancel);
        Assert.Equal(["About the account"], notes.Select(note => note.Text));
    }

    private static async Task<IHtmlDocument> NoteAsync(DashboardBrowser browser, string text) =>
        await browser.SubmitAsync(
            (await browser.OpenAsync("/accounts/acme")).QuerySelector("form[action='/accounts/acme/notes']"),
            ("text", text)
        );

    private Task<AccountWork> WorkAsync() => Host.Services.GetRequiredService<WorkBook>().GetAsync(AccountKey.Group("acme"), Cancel);

    private static Task<IHtmlDocument> UndoAsync(DashboardBrowser browser, IHtmlDocument page) =>
        browser.SubmitAsync(page.QuerySelector(".undoable form"));

    private static string Plain(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
