using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;
using Signals.Core.State.Audit;
using Signals.Core.State.Team;
using Signals.Testing;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Tests.Dashboard.Team;

/// <summary>The way in while the store or the mail fails, and what is left of it afterwards.</summary>
public sealed class AccessFaultTests : TeamPages
{
    private const string Amelie = "amelie@nimbus.example";

    private static string Sessions => TeamUsers.SessionsPrefix + TeamUsers.IdOf(Amelie);

    private static string Links => TeamUsers.LinksPrefix + TeamUsers.IdOf(Amelie);

    [Theory]
    [InlineData("audit")]
    [InlineData("session")]
    [InlineData("link")]
    public async Task A_link_whose_session_could_not_be_opened_works_again(string away)
    {
        await InviteAsync("Amélie", Amelie);
        var mail = Mails.Last(Amelie);
        var form = (await new DashboardBrowser(Host).OpenAsync(LinkIn(mail))).QuerySelector("main form");
        Host.Store.Probe.Before = call =>
            call.Kind == StoreCallKind.Commit
            && (away == "audit" ? call.Target == AuditLog.Table : call.Key == (away == "session" ? Sessions : Links))
                ? throw new TransientStoreException("away")
                : ValueTask.CompletedTask;
        using var broken = await new DashboardBrowser(Host).PostAsync(form);
        Host.Store.Probe.Before = null;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.StatusCode);
        Assert.False(broken.Headers.Contains("Set-Cookie"));
        Assert.Empty(await RowsAsync(Sessions));

        var browser = await OpenMailAsync(mail);

        await browser.OpenAsync("/");
        Assert.Single(await RowsAsync(Sessions));
        Assert.Empty(await RowsAsync(Links));
    }

    [Fact]
    public async Task Of_two_who_press_at_once_one_comes_in()
    {
        await InviteAsync("Amélie", Amelie);
        var form = (await new DashboardBrowser(Host).OpenAsync(LinkIn(Mails.Last(Amelie)))).QuerySelector("main form");
        HttpResponseMessage? first = null;
        Host.Store.Probe.Before = async call =>
        {
            if (call is not { Kind: StoreCallKind.Commit } || call.Key != Links)
                return;
            Host.Store.Probe.Before = null;
            first = await new DashboardBrowser(Host).PostAsync(form);
        };
        using var second = await new DashboardBrowser(Host).PostAsync(form);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (first!.StatusCode, second.StatusCode));
        first.Dispose();
        Assert.False(second.Headers.Contains("Set-Cookie"));
        Assert.Single(await RowsAsync(Sessions));
        Assert.Contains(await AuditAsync(), entry => (entry.Who, entry.Action) == (Amelie, "session.ended"));
    }

    [Fact]
    public async Task A_link_whose_mail_did_not_leave_keeps_nobody_out()
    {
        await InviteAsync("Amélie", Amelie);
        Mails.Outcome = new SendOutcome(SendStatus.Transient);
        for (int i = 0; i < MailedLinks.MaxWaiting + 1; i++)
            await AskAsync(Amelie);
        Assert.Single(await RowsAsync(Links));
        Mails.Outcome = new SendOutcome(SendStatus.Accepted);
        int before = Mails.All.Count;

        await AskAsync(Amelie);

        Assert.Equal(before + 1, Mails.All.Count);
        await (await OpenMailAsync(Mails.Last(Amelie))).OpenAsync("/");
    }

    [Fact]
    public async Task A_link_is_made_and_a_session_opened_whoever_cleans_up_meanwhile()
    {
        await ComeInAsync("Amélie", Amelie);
        await AskAsync(Amelie);
        Host.Clock.Advance(UserLife + TimeSpan.FromDays(1));
        await PruneBeforeAsync(Links, () => AskAsync(Amelie));
        var mail = Mails.Last(Amelie);
        DashboardBrowser browser = null!;
        await PruneBeforeAsync(Sessions, async () => browser = await OpenMailAsync(mail));

        await browser.OpenAsync("/");
    }

    [Fact]
    public async Task More_sessions_than_may_be_end_however_many_there_are()
    {
        await InviteAsync("Amélie", Amelie);
        for (int i = 0; i < 150; i++)
        {
            var row = new Entity(Sessions, $"{i:x24}")
            {
                ["openedAt"] = Host.Clock.GetUtcNow().AddMinutes(-i),
                [PassingRows.EndsAt] = Host.Clock.GetUtcNow().AddDays(30),
            };
            await Host.Store.CommitAsync(PipelineCounters.Table, Sessions, [EntityOperation.Insert(row)], Cancel);
        }

        var browser = await OpenMailAsync(Mails.Last(Amelie));

        Assert.Equal(UserSessions.MaxSessions, (await browser.OpenAsync("/me")).QuerySelectorAll(".sessions > li").Length);
        Assert.Equal(UserSessions.MaxSessions, (await RowsAsync(Sessions)).Count);
    }

    [Fact]
    public async Task Housekeeping_forgets_what_is_over_and_nothing_else()
    {
        var browser = await ComeInAsync("Amélie", Amelie);
        await AskAsync(Amelie);
        var admin = await DashboardBrowser.SignedInAsync(Host);
        using var left = await admin.PostAsync((await admin.OpenAsync("/")).QuerySelector("form[action='/signout']"));
        for (int i = 0; i < 250; i++)
        {
            var row = new Entity(PassingRows.Undo, $"{StorageKey.Time(Host.Clock.GetUtcNow().AddSeconds(i))}:{i:x16}");
            await Host.Store.CommitAsync(PipelineCounters.Table, PassingRows.Undo, [EntityOperation.Insert(row)], Cancel);
        }
        var housekeeping = Host.Services.GetRequiredService<Housekeeping>();
        Host.Clock.Advance(TimeSpan.FromSeconds(240));

        await housekeeping.RunAsync(Cancel);

        Assert.Equal(10, (await RowsAsync(PassingRows.Undo)).Count);
        Assert.Single(await RowsAsync(PassingRows.EndedSessions));
        Assert.Single(await RowsAsync(Links));
        await browser.OpenAsync("/");

        Host.Clock.Advance(UserLife + TimeSpan.FromDays(1));
        await housekeeping.RunAsync(Cancel);

        foreach (string partition in new[] { PassingRows.Undo, PassingRows.EndedSessions, Links, Sessions })
            Assert.Empty(await RowsAsync(partition));
    }

    private static TimeSpan UserLife => Web.Dashboard.Access.Sessions.Lifetime;

    private Task<List<Entity>> RowsAsync(string partition) =>
        Host.Store.ReadFirstAsync(new EntityQuery(PipelineCounters.Table, partition), 1000, Cancel).AsTask();

    /// <summary>Does something while another process forgets what is over, just before a partition is written.</summary>
    private async Task PruneBeforeAsync(string partition, Func<Task> act)
    {
        Host.Store.Probe.Before = async call =>
        {
            if (call.Kind != StoreCallKind.Commit || call.Key != partition)
                return;
            Host.Store.Probe.Before = null;
            await Host.Services.GetRequiredService<PassingRows>().PruneAsync(Cancel);
        };
        await act();
        Assert.Null(Host.Store.Probe.Before);
    }
}
