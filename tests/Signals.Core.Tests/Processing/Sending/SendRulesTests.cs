using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Sending;

/// <summary>Someone stuck, written to on day 7 unless a rule says otherwise.</summary>
public sealed class SendRulesTests
{
    private static readonly ValueModel Model = StoryModels.OfPeople;

    private static OutreachSettings Usual => Model.Outreach;

    [Fact]
    public async Task Someone_stuck_gets_one_message_about_it()
    {
        var (world, record) = await StuckAsync(Model);
        Assert.Equal((OutreachState.Sent, "value-not-found", "ann@example.com"), (record.State, record.Cause, record.To));
        var mail = Assert.Single(world.Mail.Left, sent => sent.To == "ann@example.com").Mail;
        Assert.Equal(record.Id, mail.Id);
        Assert.StartsWith("<https://signals.example/u/", mail.Headers["List-Unsubscribe"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dry_run_does_everything_but_the_send() =>
        await StopsAsync(Model with { Outreach = Usual with { Mode = OutreachMode.DryRun } }, OutreachState.Suppressed, "dry-run");

    [Fact]
    public async Task Imported_history_never_mails()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Identifies().With("email", "ann@example.com").Imported().On(0).Browses().Imported().On(0, 2, 4, 6);
        await world.AdvanceToAsync(day: 20);
        Assert.NotEmpty((await world.ReviewAsync("ann")).Assessment.Causes);
        Assert.Empty(await world.OutreachAsync("ann"));
    }

    [Fact]
    public async Task Imported_people_stay_unmailed_when_a_colleague_goes_live()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        world
            .Given("ann")
            .Joins("acme")
            .Imported()
            .On(0)
            .Identifies()
            .In("acme")
            .With("email", "ann@example.com")
            .Imported()
            .On(0)
            .Browses()
            .Imported()
            .On(0, 2, 4, 6);
        world.Given("bob").Joins("acme").On(5).Tracks("Report Shared").Times(9).On(5);
        await world.AdvanceToAsync(day: 20);
        Assert.NotEmpty((await world.PersonAsync("acme", "ann"))!.Finding.Causes);
        Assert.Empty(await world.MessagesAsync("acme"));
    }

    [Fact]
    public async Task Nothing_leaves_in_the_warm_up_and_what_waits_leaves_after_it()
    {
        var (world, record) = await StuckAsync(Model with { Outreach = Usual with { WarmUpHours = 8 * 24 } });
        Assert.Equal((OutreachState.Planned, world.At(8, 9)), (record.State, record.NotBefore));
        await world.AdvanceToAsync(day: 8);
        Assert.Equal(OutreachState.Sent, (await world.MessagesAsync("ann"))[0].State);
    }

    [Fact]
    public async Task What_cannot_leave_in_time_expires() =>
        await StopsAsync(
            Model with
            {
                Outreach = Usual with { WarmUpHours = 30 * 24 },
            },
            OutreachState.Expired,
            "warming up until 2025-04-02 09:00 UTC; stale by then"
        );

    [Fact]
    public async Task Quiet_hours_are_the_persons_own()
    {
        var model = Model with { Outreach = Usual with { QuietHours = new QuietHours(new TimeOnly(20, 0), new TimeOnly(8, 0)) } };
        var world = await SignalsWorld.WithAsync(model);
        foreach (var (person, zone) in new[] { ("ann", "Asia/Tokyo"), ("bob", "UTC"), ("cid", "America/Los_Angeles") })
            world.Given(person).Identifies().With("email", $"{person}@example.com").With("timezone", zone).On(0).Browses().On(0, 2, 4, 6);
        await world.AdvanceToAsync(day: 9);
        var sent = world.Mail.Left.Where(mail => mail.To != "cs@nimbus.example").ToDictionary(mail => mail.To, mail => mail.At);
        Assert.Equal(3, sent.Count);
        Assert.Equal(world.At(7, 4.5), sent["ann@example.com"]);
        Assert.Equal(world.At(7, 12), sent["bob@example.com"]);
        Assert.Equal(world.At(7, 18), sent["cid@example.com"]);
    }

    [Fact]
    public async Task Who_found_the_goal_meanwhile_is_left_alone() =>
        await StopsAsync(
            Model with
            {
                Outreach = Usual with { WarmUpHours = 8 * 24 },
            },
            OutreachState.Suppressed,
            "the goal is already reached",
            world => world.Given("ann").Tracks("Report Shared").Times(4).On(7)
        );

    [Fact]
    public async Task The_unsubscribed_trait_counts_until_the_last_moment() =>
        await StopsAsync(
            Model with
            {
                Outreach = Usual with { WarmUpHours = 8 * 24 },
            },
            OutreachState.Suppressed,
            "the person's trait unsubscribed is true",
            world => world.Given("ann").Identifies().With("unsubscribed", true).On(7)
        );

    [Fact]
    public async Task A_message_is_not_sent_to_an_address_it_was_not_written_for() =>
        await StopsAsync(
            Model with
            {
                Outreach = Usual with { WarmUpHours = 8 * 24 },
            },
            OutreachState.Suppressed,
            "the person's address changed since the message was planned",
            world => world.Given("ann").HasEmail("ann@elsewhere.example", day: 7)
        );

    [Fact]
    public async Task A_ticket_open_past_its_time_wants_a_person_first() =>
        await StopsAsync(
            Model with
            {
                Tickets = new TicketDefinition
                {
                    Opened = ["Ticket Opened"],
                    Solved = ["Ticket Solved"],
                    WithinHours = 48,
                },
                Outreach = Usual with { WarmUpHours = 8 * 24 },
            },
            OutreachState.Suppressed,
            "a support ticket is open past its time: a person should answer first",
            world => world.Given("ann").Tracks("Ticket Opened").With("ticketId", "t1").At(7).On(6)
        );

    [Fact]
    public async Task A_ticket_that_was_solved_stops_nothing()
    {
        var world = await SignalsWorld.WithAsync(
            Model with
            {
                Tickets = new TicketDefinition
                {
                    Opened = ["Ticket Opened"],
                    Solved = ["Ticket Solved"],
                    WithinHours = 48,
                },
            }
        );
        world
            .Given("ann")
            .HasEmail()
            .Browses()
            .On(0, 2, 4, 6)
            .Tracks("Ticket Opened")
            .With("ticketId", "t1")
            .On(3)
            .Tracks("Ticket Solved")
            .With("ticketId", "t1")
            .On(4);
        await world.AdvanceToAsync(day: 9);
        Assert.Equal(OutreachState.Sent, Assert.Single(await world.MessagesAsync("ann")).State);
    }

    [Fact]
    public async Task Who_left_for_good_is_left_alone() =>
        await StopsAsync(
            Model.WithChurn() with
            {
                Outreach = Usual with { WarmUpHours = 8 * 24 },
            },
            OutreachState.Suppressed,
            "the customer has left",
            world => world.Given("ann").Tracks("Subscription Cancelled").On(7)
        );

    [Fact]
    public async Task Who_unsubscribed_by_link_gets_nothing()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").HasEmail().Browses().On(0, 2, 4, 6);
        await world
            .Get<ISuppressions>()
            .UnsubscribeAsync(world.RecipientKey.Of(" ANN@example.com"), null, "page", world.At(0), TestContext.Current.CancellationToken);
        await world.AdvanceToAsync(day: 9);
        Assert.Equal((OutreachState.Suppressed, "the recipient unsubscribed"), (await StateAsync(world)));
        Assert.DoesNotContain(world.Mail.Left, mail => mail.To == "ann@example.com");
    }

    [Fact]
    public async Task One_matter_is_not_written_about_again_within_ninety_days_and_never_in_the_same_words()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").HasEmail().Browses().OnDays(0, 100);
        await world.AdvanceToAsync(day: 100);
        var messages = await world.MessagesAsync("ann");
        Assert.Equal([0, 90], messages.Select(message => (int)(message.PlannedAt - messages[0].PlannedAt).TotalDays));
        Assert.Equal(
            [(OutreachState.Sent, null), (OutreachState.Suppressed, "the same words were sent to this person before")],
            messages.Select(message => (message.State, message.Reason))
        );
    }

    [Fact]
    public async Task One_person_in_two_accounts_hears_from_one_of_them()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        foreach (string group in new[] { "acme", "zenith" })
        {
            world.Given("ann").Joins(group).On(0).Identifies().In(group).With("email", "ann@example.com").On(0).Browses().On(0, 2, 4, 6);
        }
        await world.AdvanceToAsync(day: 12);
        Assert.Single(world.Mail.Left, mail => mail.To == "ann@example.com");
        var states = (await world.MessagesAsync("acme")).Concat(await world.MessagesAsync("zenith")).Select(record => record.State);
        Assert.Equal([OutreachState.Suppressed, OutreachState.Sent], states.Order());
    }

    [Fact]
    public async Task The_days_limit_is_shared_and_never_passed_and_the_rest_comes_tomorrow()
    {
        var world = await SignalsWorld.WithAsync(Model with { Outreach = Usual with { PerDay = 10 } });
        for (int i = 0; i < 25; i++)
            world.Given($"p{i}").HasEmail().Browses().On(0, 2, 4, 6);
        await world.AdvanceToAsync(day: 12);
        var perDay = world
            .Mail.Left.Where(mail => mail.To != "cs@nimbus.example")
            .GroupBy(mail => mail.At.UtcDateTime.Date)
            .Select(day => day.Count());
        Assert.Equal([10, 10, 5], perDay);
    }

    [Fact]
    public async Task The_people_of_one_account_get_so_many_messages_together_and_others_theirs()
    {
        var world = await SignalsWorld.WithAsync(
            StoryModels.OfGroups with
            {
                Outreach = Usual with { PerAccount = new SendCap(3, 7), ExpireAfterDays = 8 },
            }
        );
        for (int i = 0; i < 5; i++)
            world
                .Given($"p{i}")
                .Joins("acme")
                .On(0)
                .Identifies()
                .In("acme")
                .With("email", $"p{i}@acme.example")
                .On(0)
                .Browses()
                .On(0, 2, 4, 6);
        world
            .Given("zoe")
            .Joins("zenith")
            .On(0)
            .Identifies()
            .In("zenith")
            .With("email", "zoe@zenith.example")
            .On(0)
            .Browses()
            .On(0, 2, 4, 6);

        await world.AdvanceToAsync(day: 9);
        Assert.Equal(3, world.Mail.Left.Count(mail => mail.To.EndsWith("@acme.example", StringComparison.Ordinal)));
        Assert.Single(world.Mail.Left, mail => mail.To == "zoe@zenith.example");
        Assert.Equal(
            "the account's people have had enough messages for now",
            (await world.MessagesAsync("acme"))
                .Where(record => record.State == OutreachState.Planned)
                .Select(record => record.Reason)
                .Distinct()
                .Single()
        );

        await world.AdvanceToAsync(day: 15);
        Assert.Equal(5, world.Mail.Left.Count(mail => mail.To.EndsWith("@acme.example", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_message_that_did_not_leave_takes_nothing_of_its_accounts_share()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups with { Outreach = Usual with { PerAccount = new SendCap(1, 7) } });
        foreach (string person in new[] { "ann", "bob" })
            world
                .Given(person)
                .Joins("acme")
                .On(0)
                .Identifies()
                .In("acme")
                .With("email", $"{person}@example.com")
                .On(0)
                .Browses()
                .On(0, 2, 4, 6);
        await world
            .Get<ISuppressions>()
            .UnsubscribeAsync(world.RecipientKey.Of("ann@example.com"), null, "page", world.At(0), TestContext.Current.CancellationToken);
        world.Mail.Answers = mail => new SendOutcome(mail.To.Address == "bob@example.com" ? SendStatus.Accepted : SendStatus.Refused);

        await world.AdvanceToAsync(day: 9);

        Assert.Equal(OutreachState.Sent, (await world.MessagesAsync("acme")).Single(record => record.To == "bob@example.com").State);
    }

    [Fact]
    public async Task Of_several_causes_the_one_with_the_higher_priority_speaks()
    {
        var model = Model.WithSetUp();
        var higher = new Dictionary<string, Playbook>(StringComparer.Ordinal)
        {
            ["value-not-found"] = model.PlaybookFor("value-not-found") with { Priority = 100 },
        };
        Assert.Equal("onboarding-stalled", await FirstCauseAsync(model));
        Assert.Equal("value-not-found", await FirstCauseAsync(model with { Playbooks = higher }));

        static async Task<string> FirstCauseAsync(ValueModel model)
        {
            // Both are found by the same review: everything of the first week arrives on day 9.
            var world = await SignalsWorld.WithAsync(model);
            world
                .Given("ann")
                .HasEmail(day: 9)
                .Browses()
                .Late(TimeSpan.FromDays(7))
                .On(2)
                .Browses()
                .Late(TimeSpan.FromDays(5))
                .On(4)
                .Tracks("Import Failed")
                .Times(3)
                .Late(TimeSpan.FromDays(5))
                .On(4);
            await world.AdvanceToAsync(day: 10);
            return (await world.MessagesAsync("ann"))[0].Cause;
        }
    }

    [Fact]
    public async Task A_transient_answer_costs_nothing_of_the_days_limit()
    {
        var world = await SignalsWorld.WithAsync(Model with { Outreach = Usual with { PerDay = 1 } });
        int tries = 0;
        world.Mail.Answers = mail =>
            mail.To.Address != "ann@example.com" || ++tries > 2
                ? new SendOutcome(SendStatus.Accepted)
                : new SendOutcome(SendStatus.Transient, "throttled");
        world.Given("ann").HasEmail().Browses().On(0, 2, 4, 6);
        // Tries lie further apart by chance: they have a day.
        await world.AdvanceToAsync(day: 8);
        Assert.Equal((OutreachState.Sent, 3), ((await StateAsync(world)).State, tries));
    }

    private static async Task<(SignalsWorld World, OutreachRecord Record)> StuckAsync(ValueModel model, Action<SignalsWorld>? more = null)
    {
        var world = await SignalsWorld.WithAsync(model);
        world.Given("ann").HasEmail().Browses().On(0, 2, 4, 6);
        more?.Invoke(world);
        await world.AdvanceToAsync(day: 7);
        return (world, Assert.Single(await world.MessagesAsync("ann")));
    }

    private static async Task StopsAsync(ValueModel model, OutreachState state, string reason, Action<SignalsWorld>? more = null)
    {
        var (world, _) = await StuckAsync(model, more);
        await world.AdvanceToAsync(day: 11);
        var (ended, why) = await StateAsync(world);
        Assert.Equal(state, ended);
        Assert.StartsWith(reason, why, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Mail.Left, mail => mail.To == "ann@example.com");
    }

    private static async Task<(OutreachState State, string? Reason)> StateAsync(SignalsWorld world)
    {
        var record = Assert.Single(await world.MessagesAsync("ann"));
        return (record.State, record.Reason);
    }
}
