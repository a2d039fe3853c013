using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Outreach;

/// <summary>Whom of an account a message goes to.</summary>
public sealed class AudienceStories
{
    private static readonly ValueModel SetUp = StoryModels.OfGroups.WithSetUp();
    private static readonly ValueModel Paying = StoryModels.OfGroups with
    {
        Billing = new BillingDefinition { Failed = ["Payment Failed"], Recovered = ["Payment Succeeded"] },
    };

    [Fact]
    public async Task The_accounts_step_is_told_to_whoever_tried_it_and_to_nobody_else()
    {
        var world = await SignalsWorld.WithAsync(SetUp);
        Member(world, "ann", "admin");
        Member(world, "bob", "agent").Tracks("Import Failed").Times(2).At(11).On(1);
        Member(world, "cid", "agent");
        await world.AdvanceToAsync(day: 8);

        var told = Assert.Single(await ToldAsync(world, CauseIds.OnboardingStalled));
        Assert.Equal(("bob", "import", 2), (told.PersonId, told.Detail, told.Variables.Step!.Failures));
        Assert.Equal(OutreachState.Sent, told.State);
    }

    [Fact]
    public async Task Of_several_who_tried_it_is_the_administrator()
    {
        var world = await SignalsWorld.WithAsync(SetUp);
        Member(world, "ann", "agent").Tracks("Import Started").Times(5).On(1);
        Member(world, "bob", "Workspace Admin").Tracks("Import Started").On(1);
        await world.AdvanceToAsync(day: 8);

        Assert.Equal("bob", Assert.Single(await ToldAsync(world, CauseIds.OnboardingStalled)).PersonId);
    }

    [Fact]
    public async Task A_step_that_nobody_tried_is_told_to_the_administrator_else_to_the_champion_else_to_who_came_first()
    {
        var world = await SignalsWorld.WithAsync(SetUp);
        Member(world, "ann", "agent", "acme").Works(0, 10);
        Member(world, "bob", "owner", "acme");
        Member(world, "cid", "agent", "bolt");
        Member(world, "dan", "agent", "bolt").Works(0, 10);
        Member(world, "eve", "agent", "coil", day: 1);
        Member(world, "fay", "agent", "coil");
        await world.AdvanceToAsync(day: 10);

        Assert.Equal("bob", Assert.Single(await ToldAsync(world, CauseIds.OnboardingStalled, "acme")).PersonId);
        Assert.Equal("dan", Assert.Single(await ToldAsync(world, CauseIds.OnboardingStalled, "bolt")).PersonId);
        Assert.Equal("fay", Assert.Single(await ToldAsync(world, CauseIds.OnboardingStalled, "coil")).PersonId);
    }

    [Fact]
    public async Task A_step_of_each_person_is_still_told_to_each()
    {
        var world = await SignalsWorld.WithAsync(SetUp);
        foreach (string person in new[] { "ann", "bob" })
            world.Given(person).HasEmail().Joins("acme").On(0).Tracks("Users Imported").On(0).Tracks("Profile Opened").On(1);
        await world.AdvanceToAsync(day: 8);

        Assert.Equal(
            ["ann", "bob"],
            (await ToldAsync(world, CauseIds.OnboardingStalled)).Select(record => record.PersonId).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Somebodys_own_step_does_not_hide_the_accounts()
    {
        var world = await SignalsWorld.WithAsync(
            SetUp with
            {
                Onboarding = [.. SetUp.Onboarding.Select(step => step.Id == "profile" ? step with { Failed = ["Profile Failed"] } : step)],
            }
        );
        world.Given("ann").HasEmail().Identifies().With("role", "admin").On(0).Joins("acme").On(0).Tracks("Profile Saved").On(0);
        world.Given("bob").HasEmail().Joins("acme").On(0).Tracks("Profile Failed").Times(3).On(1);
        await world.AdvanceToAsync(day: 8);

        Assert.Equal(
            [("ann", "import"), ("bob", "profile")],
            (await ToldAsync(world, CauseIds.OnboardingStalled)).Select(record => (record.PersonId, record.Detail!)).Order()
        );
    }

    [Fact]
    public async Task A_failed_payment_is_told_to_the_administrator_who_hardly_uses_the_product_before_what_matters_less()
    {
        var world = await SignalsWorld.WithAsync(Paying with { Onboarding = SetUp.Onboarding });
        foreach (string agent in new[] { "bob", "cid", "dan", "eve", "fay", "gus" })
            Member(world, agent, "agent").Works(0, 12);
        Member(world, "ann", "billing-admin").Tracks("Payment Failed").On(2);
        await world.AdvanceToAsync(day: 9);

        Assert.Equal(
            [("ann", CauseIds.PaymentFailing)],
            (await world.MessagesAsync("acme")).Select(record => (record.PersonId, record.Cause))
        );
    }

    [Fact]
    public async Task When_the_champion_left_it_is_who_comes_next()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        Member(world, "ann", "admin").Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        Member(world, "bob", "agent").Works(0, 110);
        Member(world, "cid", "agent").Works(50, 110);
        await world.AdvanceToAsync(day: 100);

        Assert.Equal("bob", Assert.Single(await ToldAsync(world, CauseIds.ChampionLeft)).PersonId);
    }

    [Fact]
    public async Task Who_was_removed_hears_nothing_more()
    {
        var world = await SignalsWorld.WithAsync(Paying);
        Member(world, "ann", "admin").Works(0, 20).Identifies().With("deactivatedAt", world.At(10).ToString("O")).On(10);
        Member(world, "bob", "agent").Works(0, 4).Tracks("Payment Failed").On(20);
        await world.AdvanceToAsync(day: 25);

        Assert.Equal("ann", Assert.Single(await ToldAsync(world, CauseIds.PaymentFailing)).PersonId);

        world = await SignalsWorld.WithAsync(Paying);
        Member(world, "ann", "admin").Works(0, 8).Identifies().With("deactivatedAt", world.At(10).ToString("O")).On(10);
        Member(world, "bob", "agent").Works(0, 4).Tracks("Payment Failed").On(20);
        await world.AdvanceToAsync(day: 25);

        Assert.Equal("bob", Assert.Single(await ToldAsync(world, CauseIds.PaymentFailing)).PersonId);
    }

    [Fact]
    public async Task Who_thinks_of_leaving_is_asked_in_person()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups with { LeaveIntent = ["Cancel Viewed"] });
        Member(world, "ann", "admin").Works(0, 40);
        Member(world, "bob", "agent").Works(20, 40).Tracks("Cancel Viewed").Times(2).On(30);
        await world.AdvanceToAsync(day: 33);

        Assert.Equal("bob", Assert.Single(await ToldAsync(world, CauseIds.NeedsChanged)).PersonId);
    }

    [Fact]
    public async Task A_playbook_may_address_what_was_found_in_a_person_to_somebody_else()
    {
        var model = SetUp with
        {
            Fingerprint = "to-champion",
            Playbooks = new Dictionary<string, Playbook>(StringComparer.Ordinal)
            {
                [CauseIds.OnboardingStalled] = new()
                {
                    Cause = CauseIds.OnboardingStalled,
                    Message = "onboarding-stalled",
                    To = Audience.Champion,
                },
            },
        };
        var world = await SignalsWorld.WithAsync(model);
        Member(world, "ann", "agent").Works(0, 10);
        world.Given("bob").HasEmail().Joins("acme").On(0).Tracks("Users Imported").On(0).Tracks("Profile Opened").On(1);
        await world.AdvanceToAsync(day: 9);

        Assert.Equal("ann", Assert.Single(await ToldAsync(world, CauseIds.OnboardingStalled)).PersonId);
    }

    private static PersonStory Member(SignalsWorld world, string person, string role, string account = "acme", int day = 0) =>
        world
            .Given(person)
            .HasEmail(day: day)
            .Identifies()
            .With("role", role)
            .On(day)
            .Joins(account)
            .On(day)
            .Tracks("Profile Saved")
            .On(day);

    private static async Task<IReadOnlyList<OutreachRecord>> ToldAsync(SignalsWorld world, string cause, string account = "acme") =>
        [.. (await world.MessagesAsync(account)).Where(record => record.Cause == cause && record.FollowsUp is null)];
}
