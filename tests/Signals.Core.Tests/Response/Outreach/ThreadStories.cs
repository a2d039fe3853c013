using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Outreach;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Outreach;

/// <summary>One story per account: what blocks it is followed up on once, a person takes over, and the rest is silent meanwhile.</summary>
public sealed class ThreadStories
{
    private const string Again = "onboarding-stalled-again";

    private static readonly ValueModel SetUp = StoryModels.OfGroups.WithSetUp();

    private static readonly ValueModel Billed = StoryModels.OfGroups with
    {
        Billing = new BillingDefinition { Failed = ["Payment Failed"], Recovered = ["Payment Succeeded"] },
        Tickets = new TicketDefinition
        {
            Opened = ["Ticket Opened"],
            Solved = ["Ticket Solved"],
            WithinHours = 48,
        },
    };

    [Fact]
    public async Task A_step_that_still_stands_is_followed_up_on_once_and_then_a_person_takes_over()
    {
        var world = await SignalsWorld.WithAsync(SetUp);
        Member(world, "ann").Tracks("Import Failed").Times(2).At(11).On(1);
        await world.AdvanceToAsync(day: 60);

        var told = await world.MessagesAsync("acme");
        Assert.Equal([CauseIds.OnboardingStalled, Again], told.Select(record => record.Template));
        Assert.Equal([null, told[0].Id], told.Select(record => record.FollowsUp));
        Assert.All(told, record => Assert.Equal((OutreachState.Sent, "ann"), (record.State, record.PersonId)));
        Assert.Equal(7, (int)(told[1].PlannedAt - told[0].PlannedAt).TotalDays);

        var alert = (await world.Get<AlertRows>().GetAsync(world.KeyOf("acme"), TestContext.Current.CancellationToken))!.Alert;
        Assert.Equal([CauseIds.OnboardingStalled], alert.HandedOver);
        Assert.Contains(
            await world.AlertsAsync("acme"),
            record => record.Variables.Alert!.HandedOver.Count == 1 && record.PlannedAt >= told[1].PlannedAt.AddDays(7)
        );
    }

    [Fact]
    public async Task A_step_that_was_done_after_the_first_message_is_not_followed_up_on()
    {
        var world = await SignalsWorld.WithAsync(SetUp);
        Member(world, "ann").Tracks("Import Failed").Times(2).At(11).On(1).Tracks("Users Imported").On(5);
        await world.AdvanceToAsync(day: 20);

        Assert.DoesNotContain(await world.MessagesAsync("acme"), record => record.Template == Again);
    }

    [Fact]
    public async Task The_goal_is_measured_once_for_a_message_and_its_follow_up()
    {
        var world = await SignalsWorld.WithAsync(SetUp);
        Member(world, "ann").Tracks("Import Failed").Times(2).At(11).On(1).Tracks("Users Imported").On(12);
        await world.AdvanceToAsync(day: 40);

        var told = await world.MessagesAsync("acme");
        Assert.Equal([true, null], told.Select(record => record.GoalReached));
        await world.Get<EffectLog>().SumAsync(TestContext.Current.CancellationToken);
        var effect = Assert.Single(await world.Get<EffectLog>().ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, effect.Message.Treated.People);
    }

    [Fact]
    public async Task Who_is_held_out_gets_no_follow_up_either()
    {
        var world = await SignalsWorld.WithAsync(SetUp with { Outreach = SetUp.Outreach with { Holdout = 1 } });
        Member(world, "ann").Tracks("Import Failed").Times(2).At(11).On(1);
        await world.AdvanceToAsync(day: 20);

        Assert.Equal(OutreachState.HeldOut, Assert.Single(await world.MessagesAsync("acme")).State);
    }

    [Fact]
    public async Task A_follow_up_whose_first_message_never_left_is_the_first()
    {
        var world = await SignalsWorld.WithAsync(SetUp with { Outreach = SetUp.Outreach with { WarmUpHours = 24 * 6 } });
        Member(world, "ann").Tracks("Import Failed").Times(2).At(11).On(1);
        await world.AdvanceToAsync(day: 20);

        Assert.Equal(
            [(OutreachState.Expired, CauseIds.OnboardingStalled), (OutreachState.Sent, CauseIds.OnboardingStalled)],
            (await world.MessagesAsync("acme")).Select(record => (record.State, record.Template))
        );
    }

    [Fact]
    public async Task While_a_step_blocks_the_account_colleagues_hear_nothing_else_and_once_it_is_done_they_do()
    {
        var world = await SignalsWorld.WithAsync(SetUp);
        Member(world, "ann").Tracks("Import Failed").Times(2).At(11).On(1).Tracks("Users Imported").On(12);
        Member(world, "bob").Browses().On(0, 2, 4, 6);
        await world.AdvanceToAsync(day: 11);
        Assert.All(await world.MessagesAsync("acme"), record => Assert.Equal("ann", record.PersonId));

        await world.AdvanceToAsync(day: 14);
        var told = Assert.Single(await world.MessagesAsync("acme"), record => record.PersonId == "bob");
        Assert.Equal(CauseIds.ValueNotFound, told.Cause);
    }

    [Theory]
    [InlineData("Payment Failed", "Payment Succeeded")]
    [InlineData("Ticket Opened", "Ticket Solved")]
    public async Task A_payment_or_a_complaint_silences_the_rest_until_it_is_settled(string opens, string settles)
    {
        var world = await SignalsWorld.WithAsync(Billed);
        Member(world, "ann").Tracks(opens).With("ticketId", "t").On(3).Tracks(settles).With("ticketId", "t").On(15);
        Member(world, "bob").Browses().On(0, 2, 4, 6);
        await world.AdvanceToAsync(day: 14);
        Assert.DoesNotContain(await world.MessagesAsync("acme"), record => record.Cause == CauseIds.ValueNotFound);

        await world.AdvanceToAsync(day: 17);
        Assert.Contains(await world.MessagesAsync("acme"), record => record is { Cause: CauseIds.ValueNotFound, PersonId: "bob" });
    }

    [Fact]
    public async Task What_began_to_block_after_planning_stops_the_message_when_it_would_leave()
    {
        var world = await SignalsWorld.WithAsync(Billed with { Outreach = Billed.Outreach with { WarmUpHours = 24 * 9 } });
        Member(world, "ann").Tracks("Payment Failed").On(7);
        Member(world, "bob").Browses().On(0, 2, 4, 6);
        await world.AdvanceToAsync(day: 12);

        var told = Assert.Single(await world.MessagesAsync("acme"), record => record is { Cause: CauseIds.ValueNotFound, PersonId: "bob" });
        Assert.Equal((OutreachState.Suppressed, "a payment fails: that comes first"), (told.State, told.Reason));
    }

    [Fact]
    public async Task A_payment_that_fails_again_after_it_was_made_good_is_told_again()
    {
        var world = await SignalsWorld.WithAsync(Billed);
        Member(world, "ann")
            .Tracks("Report Shared")
            .Times(4)
            .On(0, 20)
            .Tracks("Payment Failed")
            .On(3)
            .Tracks("Payment Succeeded")
            .On(5)
            .Tracks("Payment Failed")
            .On(33);
        await world.AdvanceToAsync(day: 36);

        var told = (await world.MessagesAsync("acme")).Where(record => record.Cause == CauseIds.PaymentFailing).ToList();
        Assert.Equal([4, 34], told.Select(record => (int)(record.PlannedAt - SignalsWorld.Start).TotalDays));
        Assert.Equal(
            [world.Date(3).ToString("yyyy-MM-dd"), world.Date(33).ToString("yyyy-MM-dd")],
            told.Select(record => record.Variables.Payment!.FailedOn)
        );
        Assert.All(told, record => Assert.Null(record.FollowsUp));
    }

    [Fact]
    public async Task Nothing_for_beginners_is_written_to_whom_got_hours_of_value()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        Member(world, "ann").Tracks("Video Watched").With("minutes", 90).On(0, 1).Browses().On(40, 42, 44, 46);
        Member(world, "bob").Browses().On(40, 42, 44, 46);
        await world.AdvanceToAsync(day: 50);

        Assert.Equal(
            ["bob"],
            (await world.MessagesAsync("acme")).Where(record => record.Cause == CauseIds.ValueNotFound).Select(record => record.PersonId)
        );
    }

    private static PersonStory Member(SignalsWorld world, string person) =>
        world.Given(person).HasEmail().Joins("acme").On(0).Tracks("Profile Saved").On(0);
}
