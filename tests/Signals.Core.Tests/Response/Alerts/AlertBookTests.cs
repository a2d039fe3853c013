using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;

namespace Signals.Core.Tests.Response.Alerts;

public sealed class AlertBookTests
{
    private static readonly Core.State.Assessments.FoundCause Drop = AlertRig.Cause(CauseIds.UsageDrop);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_tells_whom_it_is_about_why_and_who_was_told()
    {
        var rig = await AlertRig.WithAsync(name: "Acme & Sons");
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);

        var alert = (await rig.AlertAsync())!;

        Assert.Equal(
            ("acme", "Acme & Sons", AlertRig.Csm, RiskLevel.AtRisk, RiskLevel.Healthy),
            (alert.AccountId, alert.AccountName, alert.Csm, alert.Level, alert.PreviousLevel)
        );
        Assert.Equal(
            (CauseIds.UsageDrop, "Ce que usage-drop montre"),
            (Assert.Single(alert.Causes) is var cause ? (cause.Id, Text(cause)) : default)
        );
        Assert.Equal(
            (AlertOccasion.Raised, AlertChannels.Email, AlertRig.Csm),
            (Assert.Single(alert.Told) is var told ? (told.Occasion, told.Channel, told.To) : default)
        );
        Assert.Equal((rig.World.At(0), rig.World.At(1)), (alert.RaisedAt, alert.AnswerBy));
    }

    [Fact]
    public async Task Each_answer_stands_in_the_alert_and_in_the_audit_trail_once()
    {
        var rig = await AlertRig.WithAsync();
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);

        Assert.Equal(AlertChangeStatus.Changed, (await rig.AcknowledgeAsync(note: "  calling them tomorrow ")).Status);
        Assert.Equal(AlertChangeStatus.Unchanged, (await rig.AcknowledgeAsync(note: "calling them tomorrow")).Status);
        await rig.WaitAsync(1);
        await rig.SnoozeAsync(48, "ben@nimbus.example");
        await rig.WaitAsync(1);
        await rig.ResolveAsync(AlertReasons.FalseAlarm, "api");

        var alert = (await rig.AlertAsync())!;
        Assert.Equal(
            [(AlertRig.Csm, AlertState.Acknowledged), ("ben@nimbus.example", AlertState.Snoozed), ("api", AlertState.Resolved)],
            alert.Answers.Select(answer => (answer.By, answer.State))
        );
        Assert.Equal("calling them tomorrow", alert.Answers[0].Note);
        Assert.Equal(
            [
                ("api", "alert.resolved", alert.Id, "false-alarm"),
                ("ben@nimbus.example", "alert.snoozed", alert.Id, "until 2025-03-05 11:00 UTC"),
                (AlertRig.Csm, "alert.acknowledged", alert.Id, ""),
            ],
            (await AuditAsync(rig)).Select(entry => (entry.Who, entry.Action, entry.Subject, entry.Detail))
        );
    }

    [Fact]
    public async Task An_answer_whose_process_died_still_comes_into_the_audit_trail()
    {
        var rig = await AlertRig.WithAsync();
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);
        rig.World.Store.Probe.Before = call => call.Target == AuditLog.Table ? throw new IOException("died") : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => rig.AcknowledgeAsync());
        rig.World.Store.Probe.Reset();
        await rig.World.RestartAsync();

        await rig.WaitAsync(0.5);

        Assert.Equal("alert.acknowledged", Assert.Single(await AuditAsync(rig)).Action);
    }

    [Theory]
    [InlineData(-1, "expected a time to come within 90 days")]
    [InlineData(0, "expected a time to come within 90 days")]
    [InlineData(91 * 24, "expected a time to come within 90 days")]
    public async Task A_snooze_ends_within_a_quarter(double hours, string refusal)
    {
        var rig = await AlertRig.WithAsync();
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);

        var change = await rig.SnoozeAsync(hours);

        Assert.Equal(AlertChangeStatus.Refused, change.Status);
        Assert.EndsWith(refusal, change.Refusal, StringComparison.Ordinal);
        Assert.Equal("open", await rig.StateAsync());
    }

    [Theory]
    [InlineData("recovered")]
    [InlineData("because")]
    public async Task A_person_resolves_for_a_reason_of_people(string reason)
    {
        var rig = await AlertRig.WithAsync();
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);

        var change = await rig.ResolveAsync(reason);

        Assert.Equal(
            (AlertChangeStatus.Refused, $"found the reason '{reason}', expected one of helped, false-alarm, accepted, other"),
            (change.Status, change.Refusal)
        );
    }

    [Fact]
    public async Task Who_resolves_what_another_resolved_for_another_reason_is_told_so()
    {
        var rig = await AlertRig.WithAsync();
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);
        await rig.ResolveAsync();

        Assert.Equal(AlertChangeStatus.Unchanged, (await rig.ResolveAsync()).Status);
        var change = await rig.ResolveAsync(AlertReasons.Other, "ben@nimbus.example");

        Assert.Equal(
            (AlertChangeStatus.Refused, "it was resolved by zoe@nimbus.example (helped) at 2025-03-03 10:00 UTC"),
            (change.Status, change.Refusal)
        );
    }

    [Fact]
    public async Task An_alert_whose_place_a_newer_one_took_is_not_found()
    {
        var rig = await AlertRig.WithAsync();
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);
        var first = await rig.IdAsync();
        await rig.ReviewAsync(RiskLevel.Healthy);
        await rig.WaitAsync(1);
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);

        Assert.Equal(AlertChangeStatus.NotFound, (await rig.Book.AcknowledgeAsync(first, "api", null, Cancel)).Status);
        Assert.Null(await rig.Book.GetAsync(first, Cancel));
        Assert.NotNull(await rig.Book.GetAsync(await rig.IdAsync(), Cancel));
    }

    [Fact]
    public async Task The_list_has_strategic_accounts_first_then_the_level_then_the_most_at_stake_then_the_oldest()
    {
        var rig = await AlertRig.WithAsync();
        var lists = rig.World.Get<AlertLists>();
        (string Name, bool Strategic, RiskLevel Level, int Day, string? Csm, double Stake)[] alerts =
        [
            ("new critical", false, RiskLevel.Critical, 5, "zoe@nimbus.example", 50),
            ("old critical", false, RiskLevel.Critical, 1, "ben@nimbus.example", 50),
            ("dear critical", false, RiskLevel.Critical, 7, "zoe@nimbus.example", 400),
            ("strategic watch", true, RiskLevel.Watch, 9, "ZOE@nimbus.example ", 0),
            ("at risk", false, RiskLevel.AtRisk, 0, null, 900),
            ("strategic critical", true, RiskLevel.Critical, 9, "zoe@nimbus.example", 20),
        ];
        foreach (var (name, strategic, level, day, csm, stake) in alerts)
        {
            var account = AccountKey.Group(name);
            await lists.SyncAsync(
                AlertLists.Listed(
                    new Alert
                    {
                        Id = AlertId.Of(account, rig.World.At(day)).Value,
                        Account = account.Value,
                        AccountId = name,
                        AccountName = name,
                        Csm = csm,
                        Strategic = strategic,
                        Level = level,
                        StakeSteps = Stake.Steps(stake),
                        Causes = [],
                        RaisedAt = rig.World.At(day),
                        WorseAt = rig.World.At(day),
                    },
                    null
                ),
                Cancel
            );
        }

        Assert.Equal(
            ["strategic critical", "strategic watch", "dear critical", "old critical", "new critical", "at risk"],
            (await rig.ListAsync()).Select(alert => alert.AccountName)
        );
        Assert.Equal(
            ["strategic critical", "strategic watch", "dear critical", "new critical"],
            (await rig.ListAsync("Zoe@nimbus.example")).Select(alert => alert.AccountName)
        );
        Assert.Empty(await rig.ListAsync("nobody@nimbus.example"));

        // Page by page it is the same list.
        var paged = new List<string>();
        for (string? cursor = null; ; )
        {
            var (alert, next) = await rig.Book.ReadAsync(null, cursor, 1, Cancel).FirstOrDefaultAsync(Cancel);
            if (alert is null)
                break;
            paged.Add(alert.AccountName);
            cursor = next;
        }
        Assert.Equal(["strategic critical", "strategic watch", "dear critical", "old critical", "new critical", "at risk"], paged);
    }

    [Fact]
    public async Task What_was_answered_before_it_left_does_not_leave()
    {
        var rig = await AlertRig.WithAsync();
        rig.World.Queue.Probe.Before = call =>
            call is { Kind: Signals.Testing.StoreCallKind.Receive, Target: "outreach" }
                ? throw new IOException("busy")
                : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => rig.ReviewAsync(RiskLevel.AtRisk, Drop));
        rig.World.Queue.Probe.Reset();
        await rig.AcknowledgeAsync();

        await rig.World.RunAsync();

        var record = Assert.Single(await rig.World.AlertsAsync("acme"));
        Assert.Equal((OutreachState.Suppressed, "the alert was acknowledged by zoe@nimbus.example"), (record.State, record.Reason));
        Assert.Empty(rig.World.Mail.Left);
    }

    [Fact]
    public async Task An_account_whose_level_was_told_by_an_earlier_version_is_listed_and_not_told_again()
    {
        var rig = await AlertRig.WithAsync();
        var rows = new AccountRows(rig.World.Store);
        var account = (await rows.GetAccountAsync(rig.Account, Cancel))!;
        account.Review = new Core.State.Assessments.AccountReview { AlertedLevel = RiskLevel.AtRisk };
        await rig.World.Store.CommitAsync(AccountRows.Table, rig.Account.Value, [AccountRows.Save(account)], Cancel);

        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);

        Assert.Equal(("", "open"), (await rig.ToldAsync(), await rig.StateAsync()));
        Assert.Single(await rig.ListAsync());
    }

    [Fact]
    public async Task Alerts_leave_from_their_own_sender_and_are_answered_to_a_colleague_not_to_help()
    {
        var model = AlertRig.Model with
        {
            Outreach = AlertRig.Model.Outreach with
            {
                From = new Sender("help@nimbus.example", "Nimbus help"),
                ReplyTo = "help@nimbus.example",
            },
        };
        var rig = await AlertRig.WithAsync(model);
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);
        var mail = Assert.Single(rig.World.Mail.Left).Mail;
        Assert.Equal(
            (
                new Core.Response.Mail.EmailAddress("help@nimbus.example", "Nimbus Signals"),
                new Core.Response.Mail.EmailAddress(AlertRig.Boss)
            ),
            (mail.From, mail.ReplyTo)
        );

        rig = await AlertRig.WithAsync(
            model with
            {
                Alerts = model.Alerts with { From = new Sender("signals@nimbus.example", null), Locale = "fr-CA" },
            }
        );
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);
        Assert.Equal(
            new Core.Response.Mail.EmailAddress("signals@nimbus.example", "Nimbus Signals"),
            Assert.Single(rig.World.Mail.Left).Mail.From
        );
        Assert.Equal("fr-CA", Assert.Single(await rig.World.AlertsAsync("acme")).Locale);
    }

    [Theory]
    [InlineData("20250303100000000.g_acme", true)]
    [InlineData("2025030310000000.g_acme", false)]
    [InlineData("20250303100000000.g_ac/me", false)]
    [InlineData("20250303100000000.", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Ids_are_checked_before_they_are_looked_up(string? text, bool valid) => Assert.Equal(valid, AlertId.Parse(text) is not null);

    private static string Text(AlertCause cause) => cause.Evidence!.Text.In("fr");

    private static async Task<IReadOnlyList<AuditEntry>> AuditAsync(AlertRig rig) =>
        (await rig.World.Get<AuditLog>().ReadAsync(null, 100, Cancel)).Entries;
}
