using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Letters;
using Signals.Core.State.Accounts;
using Signals.Core.State.Team;
using Signals.Testing;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Team;

/// <summary>What was just done is undone as a whole or not at all, whatever becomes of the store meanwhile.</summary>
public sealed class UndoTests : TeamPages
{
    private const string Amelie = "amelie@nimbus.example";
    private const string Bruno = "bruno@nimbus.example";

    private DashboardBrowser _amelie = null!;
    private DashboardBrowser _bruno = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (string id in new[] { "acme", "bolt" })
        {
            await Host.SendAsync(
                SignalsHost.Account("u-" + id, id, new { name = id, plan = "pro" }),
                SignalsHost.Track("u-" + id, id, "Import Failed"),
                SignalsHost.Track("u-" + id, id, "Import Failed")
            );
        }
        await Host.SettleAsync();
        _amelie = await ComeInAsync("Amélie", Amelie);
        _bruno = await ComeInAsync("Bruno", Bruno);
        // No clock of a host stands at a whole millisecond.
        Host.Clock.Advance(TimeSpan.FromTicks(1234));
    }

    [Fact]
    public async Task A_change_that_could_not_be_undone_keeps_its_letter()
    {
        var after = await HandAsync("acme");
        using var broken = await UndoWhileAsync(after, call => call.Target == AccountRows.Table);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.StatusCode);

        int before = Mails.All.Count;
        await PostLettersAsync();

        Assert.Single(Mails.All.Skip(before), mail => mail.To.Address == Amelie);
        Assert.NotNull((await _amelie.OpenAsync("/")).QuerySelector(".own-work"));
    }

    [Fact]
    public async Task Whoever_is_broken_off_asks_again_and_nobody_is_told()
    {
        var after = await HandAsync("acme");
        using var broken = await UndoWhileAsync(after, call => call.Key == LetterBox.Partition);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.StatusCode);

        var again = await _bruno.SubmitAsync(after.QuerySelector(".undoable form"));

        Assert.Contains("It is as it was before", again.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await _amelie.OpenAsync("/")).QuerySelector(".own-work"));
        int before = Mails.All.Count;
        await PostLettersAsync();
        Assert.Equal(before, Mails.All.Count);
    }

    [Fact]
    public async Task What_stands_in_part_is_still_told_of()
    {
        var after = await HandAsync("acme");
        await _amelie.SubmitAsync(
            (await _amelie.OpenAsync("/accounts/acme")).QuerySelector("form[action='/accounts/acme/steps']"),
            ("text", "Call them"),
            ("due", "2026-03-05")
        );
        after = await _bruno.SubmitAsync(after.QuerySelector(".undoable form"));
        Assert.Contains("Not all of it was undone", after.QuerySelector(".notice.problem")!.TextContent, StringComparison.Ordinal);

        await PostLettersAsync();

        Assert.Equal("Bruno handed you acme", Mails.Last(Amelie).Subject);
        Assert.DoesNotContain(await AuditAsync(), entry => entry.Action == "work.undone");
    }

    [Fact]
    public async Task The_audit_trail_has_every_account_that_was_undone()
    {
        var page = await _bruno.OpenAsync("/accounts");
        var after = await BulkForms.SubmitAsync(_bruno, page, ["acme", "bolt"], ("do", "hand"), ("to", Amelie));
        await _bruno.SubmitAsync(after.QuerySelector(".undoable form"));

        Assert.Equal(
            ["acme", "bolt"],
            (await AuditAsync()).Where(entry => entry.Action == "work.undone").Select(entry => entry.Subject).Order()
        );
    }

    [Fact]
    public async Task A_hold_is_undone_to_the_hold_before_it_and_to_none()
    {
        await HoldAsync("acme", "they are on holiday");
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = await HoldAsync("acme", "we meet them");

        after = await _bruno.SubmitAsync(after.QuerySelector(".undoable form"));
        Assert.Contains("It is as it was before", after.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("they are on holiday", (await _bruno.OpenAsync("/accounts/acme")).Body!.TextContent, StringComparison.Ordinal);

        var page = await _bruno.OpenAsync("/accounts/bolt");
        after = await _bruno.SubmitAsync(page.QuerySelector("form[action='/accounts/bolt/hold']"), ("reason", "we meet them"));
        await _bruno.SubmitAsync(after.QuerySelector(".undoable form"));
        Assert.DoesNotContain("we meet them", (await _bruno.OpenAsync("/accounts/bolt")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_is_kept_whoever_cleans_up_meanwhile()
    {
        await HandAsync("acme");
        Host.Clock.Advance(TimeSpan.FromHours(1));
        // Another process forgets what is over just before this one writes.
        Host.Store.Probe.Before = async call =>
        {
            if (call is not { Kind: StoreCallKind.Commit, Key: PassingRows.Undo })
                return;
            Host.Store.Probe.Before = null;
            await Host.Services.GetRequiredService<PassingRows>().PruneAsync(Cancel);
        };
        var after = await HandAsync("bolt");
        Assert.Null(Host.Store.Probe.Before);

        after = await _bruno.SubmitAsync(after.QuerySelector(".undoable form"));

        Assert.Contains("It is as it was before", after.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_undone_answer_is_in_the_audit_trail_even_where_the_trail_was_away_when_it_was_undone()
    {
        var today = await _bruno.OpenAsync("/");
        today = await _bruno.SubmitAsync(today.QuerySelector(".alerts form[action$='/ack']"));
        using var broken = await UndoWhileAsync(today, call => call.Target == Core.State.Audit.AuditLog.Table);
        Assert.DoesNotContain(await AuditAsync(), entry => entry.Action == "alert.undone");

        Host.Clock.Advance(TimeSpan.FromMinutes(10));
        await Host.WorkAsync();

        Assert.Single(await AuditAsync(), entry => (entry.Who, entry.Action) == (Bruno, "alert.undone"));
    }

    private async Task<IHtmlDocument> HandAsync(string id) =>
        await _bruno.SubmitAsync(
            (await _bruno.OpenAsync($"/accounts/{id}")).QuerySelector($"form[action='/accounts/{id}/hand']"),
            ("to", Amelie)
        );

    private async Task<IHtmlDocument> HoldAsync(string id, string reason) =>
        await BulkForms.SubmitAsync(_bruno, await _bruno.OpenAsync("/accounts"), [id], ("do", "hold"), ("reason", reason));

    /// <summary>Asks to undo while some writes fail.</summary>
    private async Task<HttpResponseMessage> UndoWhileAsync(IHtmlDocument page, Func<StoreCall, bool> isBroken)
    {
        Host.Store.Probe.Before = call =>
            call.Kind == StoreCallKind.Commit && isBroken(call) ? throw new TransientStoreException("away") : ValueTask.CompletedTask;
        var response = await _bruno.PostAsync(page.QuerySelector(".undoable form"));
        Host.Store.Probe.Before = null;
        return response;
    }
}
