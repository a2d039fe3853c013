using Signals.Core.Daily.Digests;
using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;
using Signals.Testing;

namespace Signals.Core.Tests.Response.Alerts;

/// <summary>
/// What of an alert is told at once, and what the next working morning tells. It begins on a Monday at ten; mornings are at seven, UTC. The
/// CS manager is zoe, the default address boss.
/// </summary>
public sealed class AlertMorningTests
{
    private const string Friction = CauseIds.Friction;

    private static readonly FoundCause Drop = AlertRig.Cause(CauseIds.UsageDrop);

    private static readonly ValueModel Model = AlertRig.Model with { Alerts = new AlertSettings { To = [AlertRig.Boss] } };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_can_wait_is_told_by_the_next_mornings_list_once()
    {
        var rig = await AlertRig.WithAsync(Model);
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);
        await rig.WaitAsync(20);
        Assert.Empty(rig.World.Mail.Left);
        Assert.Null((await rig.AlertAsync())!.AnswerBy);

        await MorningAsync(rig, 1);

        var line = Assert.Single(Digest(rig, AlertRig.Csm).Alerts);
        Assert.Equal(("acme", "at-risk", "Usage drop, at risk"), (line.Name, line.RiskLevel, line.News));
        var alert = (await rig.AlertAsync())!;
        Assert.Equal(rig.World.At(2, 7), alert.AnswerBy);
        Assert.Equal((AlertOccasion.Raised, AlertRig.Csm), (Assert.Single(alert.Told).Occasion, alert.Told[0].To));

        await rig.AcknowledgeAsync();
        await MorningAsync(rig, 2);
        await MorningAsync(rig, 3);
        Assert.Single(rig.World.Mail.Left);
    }

    [Theory]
    [InlineData(CauseIds.PaymentFailing, RiskLevel.AtRisk, false, 0, true)]
    [InlineData(CauseIds.NeedsChanged, RiskLevel.AtRisk, false, 0, true)]
    [InlineData(CauseIds.ChampionLeft, RiskLevel.AtRisk, false, 0, true)]
    [InlineData(CauseIds.UsageDrop, RiskLevel.AtRisk, true, 999, false)]
    [InlineData(CauseIds.UsageDrop, RiskLevel.Critical, false, 10, false)]
    [InlineData(CauseIds.UsageDrop, RiskLevel.Critical, true, 10, true)]
    [InlineData(CauseIds.UsageDrop, RiskLevel.Critical, false, 99, true)]
    public async Task Only_what_cannot_wait_is_told_at_once(string cause, RiskLevel level, bool strategic, double price, bool atOnce)
    {
        var rig = await AlertRig.WithAsync(Model, strategic: strategic, price: price);

        await rig.ReviewAsync(level, AlertRig.Cause(cause));

        Assert.Equal(atOnce ? "raised:zoe" : "", await rig.ToldAsync());
        await MorningAsync(rig, 1);
        Assert.Equal(atOnce ? OutreachKind.Alert : OutreachKind.Digest, Assert.Single(await SentAsync(rig)).Kind);
    }

    [Fact]
    public async Task Critical_for_long_is_no_news_and_a_new_cause_is()
    {
        var rig = await AlertRig.WithAsync(Model, strategic: true);
        await rig.ReviewAsync(RiskLevel.Critical, Drop);
        await rig.AcknowledgeAsync();
        await rig.ReviewAsync(RiskLevel.Critical, Drop, AlertRig.Cause(Friction));
        Assert.Equal("raised:zoe", await rig.ToldAsync());

        await rig.ReviewAsync(RiskLevel.Critical, Drop, AlertRig.Cause(Friction), AlertRig.Cause(CauseIds.PaymentFailing));

        Assert.Equal("raised:zoe worse:zoe", await rig.ToldAsync());
        var news = (await rig.World.AlertsAsync("acme")).OrderBy(record => record.PlannedAt).Last().Variables.Alert!.News;
        Assert.Equal("Friction, Payment failing", news);
        await MorningAsync(rig, 1);
        Assert.Equal(2, rig.World.Mail.Left.Count);
    }

    [Fact]
    public async Task What_a_person_dealt_with_is_not_told_at_once_again_when_the_level_comes_back()
    {
        var champion = AlertRig.Cause(CauseIds.ChampionLeft);
        var rig = await AlertRig.WithAsync(Model);
        await rig.ReviewAsync(RiskLevel.Critical, champion);
        await rig.ResolveAsync(AlertReasons.Helped);
        await rig.ReviewAsync(RiskLevel.AtRisk, champion);

        await rig.ReviewAsync(RiskLevel.Critical, champion);

        Assert.Equal("raised:zoe", await rig.ToldAsync());
        await MorningAsync(rig, 1);
        Assert.Equal("acme", Assert.Single(Digest(rig, AlertRig.Csm).Alerts).Name);
    }

    [Fact]
    public async Task What_was_answered_or_over_before_the_morning_is_not_told()
    {
        var answered = await AlertRig.WithAsync(Model);
        await answered.ReviewAsync(RiskLevel.AtRisk, Drop);
        await answered.ResolveAsync(AlertReasons.FalseAlarm);
        await MorningAsync(answered, 1);
        Assert.Empty(answered.World.Mail.Left);

        var recovered = await AlertRig.WithAsync(Model);
        await recovered.ReviewAsync(RiskLevel.AtRisk, Drop);
        await recovered.ReviewAsync(RiskLevel.Healthy);
        await MorningAsync(recovered, 1);
        Assert.Empty(recovered.World.Mail.Left);
    }

    [Fact]
    public async Task What_gets_worse_before_the_morning_is_told_as_one()
    {
        var rig = await AlertRig.WithAsync(Model);
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);
        await rig.ReviewAsync(RiskLevel.Critical, Drop, AlertRig.Cause(Friction));

        await MorningAsync(rig, 1);

        var line = Assert.Single(Digest(rig, AlertRig.Csm).Alerts);
        Assert.Equal("critical", line.RiskLevel);
        Assert.Equal("Usage drop, Friction, critical", line.News);
        Assert.Equal(AlertOccasion.Raised, Assert.Single((await rig.AlertAsync())!.Told).Occasion);
    }

    [Fact]
    public async Task A_snooze_that_ends_speaks_in_the_morning()
    {
        var rig = await AlertRig.WithAsync(Model);
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);
        await MorningAsync(rig, 1);
        await rig.SnoozeAsync(10);
        await rig.WaitAsync(12);
        Assert.Single(rig.World.Mail.Left);

        await MorningAsync(rig, 2);

        Assert.Equal("acme", Assert.Single(Digest(rig, AlertRig.Csm).Alerts).Name);
        Assert.Equal([AlertOccasion.Raised, AlertOccasion.Reminder], (await rig.AlertAsync())!.Told.Select(told => told.Occasion));
        // It was told before: it is a reminder of something, and nothing of it is new.
        Assert.Equal(
            ("Usage drop", "", "Usage drop"),
            (Digest(rig, AlertRig.Csm).Alerts[0] is var line ? (line.News, line.Came, line.Cause) : default)
        );
    }

    [Theory]
    [InlineData(10)]
    [InlineData(0)]
    public async Task What_comes_while_a_reminder_waits_for_the_morning_is_alone_what_is_new(double snoozed)
    {
        var rig = await AlertRig.WithAsync(Model);
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);
        await MorningAsync(rig, 1);
        // Put off until the evening, or left unanswered until the day after: then the next morning is to say so.
        if (snoozed > 0)
            await rig.SnoozeAsync(snoozed);
        await rig.WaitAsync(snoozed > 0 ? snoozed + 1 : 25);
        Assert.Equal(snoozed > 0 ? AlertOccasion.Reminder : AlertOccasion.Escalated, (await rig.AlertAsync())!.Untold);

        await rig.ReviewAsync(RiskLevel.AtRisk, Drop, AlertRig.Cause(Friction));
        await MorningAsync(rig, 3);

        var line = Assert.Single(Digest(rig, AlertRig.Csm).Alerts);
        Assert.Equal(("worse", "Friction", false), (line.Occasion, line.Came, line.Risen));
    }

    [Fact]
    public async Task What_nobody_answered_stands_in_one_list_of_those_above()
    {
        var rig = await AlertRig.WithAsync(Model);
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);
        await MorningAsync(rig, 1);
        Assert.Equal([AlertRig.Csm], rig.World.Mail.Left.Select(mail => mail.To));

        await MorningAsync(rig, 2);
        await MorningAsync(rig, 3);
        await MorningAsync(rig, 4);

        Assert.Equal([AlertRig.Csm, AlertRig.Boss], rig.World.Mail.Left.Select(mail => mail.To));
        var digest = Digest(rig, AlertRig.Boss);
        Assert.Empty(digest.Alerts);
        Assert.Equal(("acme", AlertRig.Csm), (Assert.Single(digest.Unanswered) is var line ? (line.Name, line.ToldTo) : default));
    }

    [Fact]
    public async Task A_manager_gets_so_many_a_week_at_once_hears_which_is_the_last_and_the_rest_in_the_morning()
    {
        var rig = await AlertRig.WithAsync(Model with { Alerts = Model.Alerts with { AtOncePerWeek = 1 } });
        await rig.ReviewAsync(RiskLevel.AtRisk, AlertRig.Cause(CauseIds.PaymentFailing));
        Assert.Equal(1, Assert.Single(await rig.World.AlertsAsync("acme")).Variables.Alert!.LastOfWeek);

        await rig.ReviewAsync(RiskLevel.AtRisk, AlertRig.Cause(CauseIds.PaymentFailing), AlertRig.Cause(CauseIds.NeedsChanged));

        Assert.Equal("raised:zoe", await rig.ToldAsync());
        await MorningAsync(rig, 1);
        Assert.Equal((1, 1), (Digest(rig, AlertRig.Csm).Alerts.Count, Digest(rig, AlertRig.Csm).BudgetReached));

        await rig.JumpAsync(6 * 24);
        await rig.ReviewAsync(
            RiskLevel.AtRisk,
            AlertRig.Cause(CauseIds.PaymentFailing),
            AlertRig.Cause(CauseIds.NeedsChanged),
            AlertRig.Cause(CauseIds.ChampionLeft)
        );
        Assert.Equal("raised:zoe worse:zoe", await rig.ToldAsync());
    }

    [Theory]
    [InlineData(48, "zoe")]
    [InlineData(24, "boss zoe")] // Nobody answered what nobody read: those above hear of it as well.
    public async Task A_list_that_no_mail_server_took_is_told_by_the_next(double hours, string told)
    {
        var rig = await AlertRig.WithAsync(Model with { Alerts = Model.Alerts with { AnswerWithinHours = hours } });
        await MorningAsync(rig, 0);
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);
        rig.World.Mail.Answers = _ => new SendOutcome(SendStatus.Transient);
        await MorningAsync(rig, 1);
        rig.World.Mail.Answers = _ => new SendOutcome(SendStatus.Accepted);

        await MorningAsync(rig, 2);
        await MorningAsync(rig, 3);

        var digests = await DigestsAsync(rig);
        Assert.Equal(OutreachState.Expired, digests[0].State);
        Assert.Equal(
            told,
            string.Join(
                ' ',
                digests
                    .Where(record => record.State == OutreachState.Sent && record.PlannedAt == rig.World.At(2, 7))
                    .Select(record => record.To.Split('@')[0])
                    .Order(StringComparer.Ordinal)
            )
        );
        Assert.Equal("acme", Assert.Single(Digest(rig, AlertRig.Csm).Alerts).Name);
    }

    [Fact]
    public async Task Everybodys_morning_is_that_of_their_own_zone()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var model = Model with { Alerts = Model.Alerts with { Managers = [new AlertManager("ZOE@nimbus.example", zone, null)] } };
        var rig = await AlertRig.WithAsync(model);
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);

        await MorningAsync(rig, 1, hour: 11.9);
        Assert.Empty(rig.World.Mail.Left);
        await MorningAsync(rig, 1, hour: 12.1);

        Assert.Equal(AlertRig.Csm, Assert.Single(rig.World.Mail.Left).To);
        Assert.Equal(rig.World.At(2, 12), (await rig.AlertAsync())!.AnswerBy);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_call_the_process_dies_at_everything_is_told_once(bool applied)
    {
        Func<AlertRig, Task>[] life =
        [
            rig => rig.ReviewAsync(RiskLevel.AtRisk, Drop),
            rig => MorningAsync(rig, 1),
            rig => rig.ReviewAsync(RiskLevel.AtRisk, Drop, AlertRig.Cause(CauseIds.PaymentFailing)),
            rig => MorningAsync(rig, 4),
        ];
        for (int step = 0; step < life.Length; step++)
        {
            for (int call = 1, calls = int.MaxValue; call <= calls; call++)
            {
                var rig = await AlertRig.WithAsync(Model with { Alerts = Model.Alerts with { AtOncePerWeek = 1 } });
                for (int earlier = 0; earlier < step; earlier++)
                    await life[earlier](rig);
                if (!await DiesAsync(rig, life[step], call, applied))
                    calls = call;
                await rig.JumpAsync(0.5);
                for (int again = step; again < life.Length; again++)
                    await life[again](rig);
                await rig.JumpAsync(1);

                Assert.Equal(
                    $"{step}/{call}: digest:zoe acme | alert:zoe acme | digest:boss acme",
                    $"{step}/{call}: " + string.Join(" | ", (await SentAsync(rig)).Select(Said))
                );
                Assert.Equal(3, rig.World.Mail.Left.Count);
            }
        }
    }

    [Fact]
    public async Task Mails_of_an_account_are_one_thread_and_nothing_answers_them_by_itself()
    {
        var rig = await AlertRig.WithAsync(Model with { Alerts = Model.Alerts with { From = new Sender("signals@nimbus.example", null) } });
        await rig.ReviewAsync(RiskLevel.AtRisk, AlertRig.Cause(CauseIds.PaymentFailing));
        await rig.WaitAsync(1);
        await rig.ReviewAsync(RiskLevel.AtRisk, AlertRig.Cause(CauseIds.PaymentFailing), AlertRig.Cause(CauseIds.NeedsChanged));

        var (first, second) = (rig.World.Mail.Left[0].Mail, rig.World.Mail.Left[1].Mail);

        Assert.Matches(@"^<signals\.[0-9a-f]{16}@nimbus\.example>$", first.Headers["References"]);
        Assert.Equal(first.Headers["References"], second.Headers["References"]);
        Assert.Equal("auto-generated", first.Headers["Auto-Submitted"]);
        Assert.Equal(AlertRig.Boss, first.ReplyTo?.Address);
        Assert.Equal(
            ["Payment failing, at risk", "Needs changed"],
            (await rig.World.AlertsAsync("acme")).OrderBy(record => record.PlannedAt).Select(record => record.Variables.Alert!.News)
        );
    }

    [Theory]
    [InlineData(AlertOccasion.Raised, true, "usage-drop", "", "Usage drop, critical")]
    [InlineData(AlertOccasion.Worse, false, "friction", "", "Friction")]
    [InlineData(AlertOccasion.Worse, true, "", "", "now critical")]
    [InlineData(AlertOccasion.Worse, false, "", "friction", "Friction, two messages did not help")]
    [InlineData(AlertOccasion.Reminder, false, "", "", "Usage drop")]
    [InlineData(AlertOccasion.Escalated, false, "", "", "Usage drop")]
    public async Task What_is_new_is_said(AlertOccasion occasion, bool risen, string cause, string handedOver, string said)
    {
        var rig = await AlertRig.WithAsync(Model);
        await rig.ReviewAsync(RiskLevel.Critical, Drop, AlertRig.Cause(Friction));
        var alert = (await rig.AlertAsync())! with
        {
            Risen = risen,
            NewCauses = cause.Length > 0 ? [cause] : [],
            HandedOver = handedOver.Length > 0 ? [handedOver] : [],
        };

        Assert.Equal(said, new AlertMessages(Model).News(alert, occasion));
    }

    private static async Task<bool> DiesAsync(AlertRig rig, Func<AlertRig, Task> step, int call, bool applied)
    {
        int calls = 0;
        bool died = false;
        rig.World.Mail.IsIdempotent = true;
        foreach (var probe in new[] { rig.World.Store.Probe, rig.World.Queue.Probe })
        {
            probe.Before = made =>
                Interlocked.Increment(ref calls) > call - (applied ? 0 : 1)
                    ? throw new SimulatedCrashException(made)
                    : ValueTask.CompletedTask;
            probe.After = made =>
                applied && Volatile.Read(ref calls) >= call ? throw new SimulatedCrashException(made) : ValueTask.CompletedTask;
        }
        try
        {
            await step(rig);
        }
        catch (SimulatedCrashException)
        {
            died = true;
        }
        rig.World.Store.Probe.Reset();
        rig.World.Queue.Probe.Reset();
        await rig.World.RestartAsync();
        return died;
    }

    /// <summary>The host runs on until a morning, and through it.</summary>
    private static async Task MorningAsync(AlertRig rig, int day, double hour = 7.1)
    {
        if (rig.World.Clock.GetUtcNow() < rig.World.At(day, hour))
        {
            rig.World.Clock.MoveTo(rig.World.At(day, hour));
            await rig.World.RunAsync();
        }
        await rig.World.Get<DailyDigest>().RunAsync(Cancel);
        await rig.World.RunAsync();
    }

    private static async Task<IReadOnlyList<OutreachRecord>> DigestsAsync(AlertRig rig) =>
        [
            .. (await rig.World.Get<OutreachRows>().OfAccountAsync(new AccountKey("d_digests"), 50, null, Cancel)).OrderBy(record =>
                record.PlannedAt
            ),
        ];

    /// <summary>Everything that was sent to the team, oldest first.</summary>
    private static async Task<IReadOnlyList<OutreachRecord>> SentAsync(AlertRig rig) =>
        [
            .. (await rig.World.AlertsAsync("acme"))
                .Concat(await DigestsAsync(rig))
                .Where(record => record.State == OutreachState.Sent)
                .OrderBy(record => record.PlannedAt)
                .ThenBy(record => record.To, StringComparer.Ordinal),
        ];

    private static MessageDigest Digest(AlertRig rig, string to) =>
        DigestsAsync(rig).GetAwaiter().GetResult().Last(record => record.To == to && record.State == OutreachState.Sent).Variables.Digest!;

    private static string Said(OutreachRecord record) =>
        $"{record.Kind}:{record.To.Split('@')[0]} ".ToLowerInvariant()
        + (
            record.Variables.Digest is { } digest
                ? string.Join(",", digest.Alerts.Concat(digest.Unanswered).Select(line => line.Name))
                : record.AccountName
        );
}
