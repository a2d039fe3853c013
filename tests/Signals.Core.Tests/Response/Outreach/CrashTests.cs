using Signals.Core.Model;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Outreach;

/// <summary>The process dies at every single call of the store or the queue, on the day that a message is planned and sent.</summary>
public sealed class CrashTests
{
    private static readonly ValueModel Model = StoryModels.OfPeople;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Whatever_call_the_process_dies_at_the_mail_leaves_once(bool idempotent, bool applied)
    {
        int calls = await CallsOfTheDayAsync(idempotent);
        Assert.InRange(calls, 40, 400);
        for (int call = 1; call <= calls; call++)
        {
            var world = await StuckAsync(idempotent);
            await DieAtAsync(world, call, applied);
            await world.AdvanceToAsync(day: 9);

            var record = Assert.Single(await world.MessagesAsync("ann"));
            int left = world.Mail.Left.Count(mail => mail.To == "ann@example.com");
            var alerts = await world.AlertsAsync("ann");
            Assert.True(left <= 1, $"died at {call}: {left} mails left");
            Assert.True(
                record.State == OutreachState.Sent ? left == 1 : !idempotent && record.State == OutreachState.Uncertain,
                $"died at {call}: {record.State} with {left} mails"
            );
            Assert.True(
                world.Mail.Left.Count(mail => mail.To == "cs@nimbus.example") <= alerts.Count,
                $"died at {call}: an alert left twice"
            );
            Assert.True(alerts.Count <= 1, $"died at {call}: {alerts.Count} alerts");
        }
    }

    [Theory]
    [InlineData(true, OutreachState.Sent, 1)]
    [InlineData(false, OutreachState.Uncertain, 1)]
    public async Task A_process_that_dies_when_the_mail_has_left_never_sends_another(bool idempotent, OutreachState state, int left)
    {
        var world = await StuckAsync(idempotent);
        bool died = false;
        world.Mail.AfterLeaving = mail => Die(mail, ref died);
        for (int minute = 0; minute < 30; minute++)
            await world.AdvanceToAsync(world.At(7, 4.5).AddMinutes(minute));
        await world.AdvanceToAsync(day: 9);
        Assert.Equal(state, Assert.Single(await world.MessagesAsync("ann")).State);
        Assert.Equal(left, world.Mail.Left.Count(mail => mail.To == "ann@example.com"));
    }

    [Fact]
    public async Task A_send_of_unknown_outcome_is_uncertain_never_repeated_and_counts_toward_the_cap()
    {
        var world = await StuckAsync(idempotent: false);
        world.Mail.Answers = _ => new SendOutcome(SendStatus.Unknown, "no answer");
        await world.AdvanceToAsync(day: 12);
        Assert.Equal(
            (OutreachState.Uncertain, "no answer"),
            (await RecordAsync(world) is var record ? (record.State, record.Reason) : default)
        );
        Assert.Single(world.Mail.Left, mail => mail.To == "ann@example.com");
        var recipient = await world
            .Get<Recipients>()
            .GetAsync(world.RecipientKey.Of("ann@example.com"), TestContext.Current.CancellationToken);
        Assert.Equal(ClaimStatus.Capped, recipient.Check("another", "friction", heedsProduct: true, new SendCap(1, 7), world.At(8)).Status);
    }

    [Fact]
    public async Task A_refused_mail_failed_for_good_and_counts_toward_no_cap()
    {
        var world = await StuckAsync(idempotent: false);
        int tries = 0;
        world.Mail.Answers = mail =>
            mail.To.Address == "ann@example.com" && ++tries > 0
                ? new SendOutcome(SendStatus.Refused, "no such mailbox")
                : new SendOutcome(SendStatus.Accepted);
        await world.AdvanceToAsync(day: 12);
        var record = await RecordAsync(world);
        Assert.Equal((OutreachState.Failed, "no such mailbox", 1), (record.State, record.Reason, tries));
        Assert.Empty(
            (await world.Get<Recipients>().GetAsync(world.RecipientKey.Of("ann@example.com"), TestContext.Current.CancellationToken)).Sends
        );
    }

    [Fact]
    public async Task Who_is_unknown_at_their_server_is_never_written_to_again()
    {
        var world = await StuckAsync(idempotent: false);
        world.Mail.Answers = _ => new SendOutcome(SendStatus.NoSuchRecipient, "550 5.1.1 user unknown");
        await world.AdvanceToAsync(day: 12);
        var record = await RecordAsync(world);
        var recipient = await world
            .Get<Recipients>()
            .GetAsync(world.RecipientKey.Of("ann@example.com"), TestContext.Current.CancellationToken);
        Assert.Equal((OutreachState.Bounced, $"bounce:{record.Id}"), (record.State, recipient.SuppressedBy));
    }

    [Fact]
    public async Task That_somebody_of_an_account_is_unknown_at_their_server_is_noted_at_them()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups.WithSetUp());
        world.Mail.Answers = _ => new SendOutcome(SendStatus.NoSuchRecipient, "550 5.1.1 user unknown");
        world.Team("acme", 1)[0].HasEmail().Tracks("Import Started").On(0);
        await world.AdvanceToAsync(day: 12);
        var record = Assert.Single(await world.MessagesAsync("acme"), message => message.State == OutreachState.Bounced);
        Assert.Equal(
            record.To,
            (
                await new AccountRows(world.Store).GetPersonAsync(
                    new AccountKey(record.Account),
                    new PersonKey(record.Person),
                    TestContext.Current.CancellationToken
                )
            )!.Profile[PersonState.BouncedAddress]
        );
    }

    [Fact]
    public async Task A_provider_that_is_away_for_a_day_delays_the_mail_and_loses_nothing()
    {
        var world = await StuckAsync(idempotent: false);
        world.Mail.Answers = _ =>
            world.Clock.GetUtcNow() < world.At(8, 6)
                ? new SendOutcome(SendStatus.Transient, "connection refused")
                : new SendOutcome(SendStatus.Accepted);
        for (double hour = 4.5; hour < 34; hour += 1 / 12d)
            await world.AdvanceToAsync(world.At(7, hour));
        var sent = Assert.Single(world.Mail.Left, mail => mail.To == "ann@example.com");
        Assert.InRange(sent.At, world.At(8, 6), world.At(8, 8));
        Assert.Equal(OutreachState.Sent, (await RecordAsync(world)).State);
    }

    [Fact]
    public async Task A_provider_that_never_comes_back_lets_the_mail_expire()
    {
        var world = await StuckAsync(idempotent: false);
        world.Mail.Answers = _ => new SendOutcome(SendStatus.Transient, "connection refused");
        for (double hour = 4.5; hour < 4 * 24; hour += 0.25)
            await world.AdvanceToAsync(world.At(7, hour));
        Assert.Equal(OutreachState.Expired, (await RecordAsync(world)).State);
    }

    [Fact]
    public async Task A_broken_template_is_a_failure_with_its_reason_and_claims_nothing()
    {
        var world = await StuckAsync(idempotent: false);
        world.Renderer.Broken.Add("value-not-found");
        await world.AdvanceToAsync(day: 9);
        var record = await RecordAsync(world);
        Assert.Equal((OutreachState.Failed, "Template 'value-not-found' is broken."), (record.State, record.Reason));
        Assert.Empty(
            (await world.Get<Recipients>().GetAsync(world.RecipientKey.Of("ann@example.com"), TestContext.Current.CancellationToken)).Sends
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_unsubscribes_between_a_crash_and_the_next_try_gets_nothing(bool beforeTheRecord)
    {
        var world = await StuckAsync(idempotent: true);
        if (beforeTheRecord)
            world.Store.Probe.After = call =>
                call is { Kind: StoreCallKind.Commit, Target: "recipients" }
                    ? throw new SimulatedCrashException(call)
                    : ValueTask.CompletedTask;
        else
            world.Mail.BeforeLeaving = mail => throw new InvalidOperationException($"died before {mail.Id} left");
        await world.AdvanceToAsync(world.At(7, 4.5));
        await world.RestartAsync();
        world.Store.Probe.Reset();
        world.Mail.BeforeLeaving = _ => { };
        await world
            .Get<ISuppressions>()
            .UnsubscribeAsync(
                world.RecipientKey.Of("ann@example.com"),
                null,
                "page",
                world.At(7, 4.6),
                TestContext.Current.CancellationToken
            );
        await world.AdvanceToAsync(day: 9);
        Assert.DoesNotContain(world.Mail.Left, mail => mail.To == "ann@example.com");
        Assert.Equal(beforeTheRecord ? OutreachState.Suppressed : OutreachState.Uncertain, (await RecordAsync(world)).State);
    }

    [Fact]
    public async Task An_account_with_the_longest_id_is_reviewed_and_written_to_like_any_other()
    {
        string id = new('x', 118);
        var world = await SignalsWorld.WithAsync(Model);
        world.Given(id).HasEmail("long@example.com").Browses().On(0, 2, 4, 6);
        await world.AdvanceToAsync(day: 9);
        Assert.Single(world.Mail.Left, mail => mail.To == "long@example.com");
    }

    private static void Die(EmailMessage mail, ref bool died)
    {
        if (died || mail.To.Address != "ann@example.com")
            return;
        died = true;
        throw new InvalidOperationException("the process died");
    }

    private static async Task<OutreachRecord> RecordAsync(SignalsWorld world) => Assert.Single(await world.MessagesAsync("ann"));

    /// <summary>Ann, stuck, on the evening before the day on which she is written to.</summary>
    private static async Task<SignalsWorld> StuckAsync(bool idempotent)
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Mail.IsIdempotent = idempotent;
        world.Given("ann").HasEmail().Browses().On(0, 2, 4, 6);
        await world.AdvanceToAsync(day: 6);
        world.Store.Probe.Reset();
        world.Queue.Probe.Reset();
        return world;
    }

    private static async Task<int> CallsOfTheDayAsync(bool idempotent)
    {
        var world = await StuckAsync(idempotent);
        await world.AdvanceToAsync(world.At(7, 4.5));
        return world.Store.Probe.Total + world.Queue.Probe.Total;
    }

    /// <summary>
    /// From the n-th call on, of store and queue together, every call fails: the process is dead. Then another one starts.
    /// </summary>
    private static async Task DieAtAsync(SignalsWorld world, int call, bool applied)
    {
        int calls = 0;
        foreach (var probe in new[] { world.Store.Probe, world.Queue.Probe })
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
            await world.AdvanceToAsync(world.At(7, 4.5));
        }
        catch (SimulatedCrashException)
        {
            // The death is what this is about.
        }
        world.Store.Probe.Reset();
        world.Queue.Probe.Reset();
        await world.RestartAsync();
    }
}
