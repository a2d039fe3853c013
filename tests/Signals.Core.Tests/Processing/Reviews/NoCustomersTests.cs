using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Indexes;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Reviews;

/// <summary>Staff, tests, bots and machines: counted, never reviewed, never mailed.</summary>
public sealed class NoCustomersTests
{
    private static readonly LeaveOutRule Staff = new("staff") { Domains = ["nimbus.example"] };

    [Theory]
    [InlineData("service")]
    [InlineData("Bot")]
    [InlineData(" service-account ")]
    [InlineData("machine")]
    public async Task A_customers_own_machine_gives_value_and_is_no_person(string role)
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups.WithSetUp());
        world.Given("ann").HasEmail().Joins("acme").On(0).Tracks("Users Imported").On(0).Tracks("Profile Saved").On(0);
        world.Given("svc").HasEmail().Identifies().With("role", role).On(0).Joins("acme").On(0).Tracks("Report Shared").OnDays(0, 30);
        await world.AdvanceToAsync(day: 30);

        var review = await world.ReviewAsync("acme");

        Assert.Equal((1, 0), (review.People.Reviewed, review.People.Leaders.Count));
        Assert.DoesNotContain(review.Assessment.Causes, cause => cause.Id == "onboarding-stalled");
        Assert.Equal(31, (await world.AccountAsync("acme"))!.History.Total("Report Shared")!.Count);
        Assert.DoesNotContain(await world.MessagesAsync("acme"), message => message.To.StartsWith("svc", StringComparison.Ordinal));
        Assert.Equal("service-accounts", Assert.Single(await LeftOutAsync(world)).Rule);
    }

    [Theory]
    [InlineData("ann@nimbus.example", "ann")]
    [InlineData("Ann@Nimbus.Example", "ann")]
    [InlineData("ann@eu.nimbus.example", "ann")]
    [InlineData("ann@elsewhere.example", "test-ann")]
    [InlineData("ann@elsewhere.example", "TEST-7")]
    public async Task Staff_and_tests_give_no_value_are_not_reviewed_and_get_no_mail(string email, string id)
    {
        var rule = Staff with { Ids = ["test-*"] };
        var world = await SignalsWorld.WithAsync(With(StoryModels.OfGroups.WithSetUp(), rule));
        world.Given("boss").Joins("acme").On(0);
        world.Given(id).HasEmail(email).Joins("acme").On(0).Tracks("Report Shared").OnDays(1, 20);
        await world.AdvanceToAsync(day: 20);

        var review = await world.ReviewAsync("acme");

        Assert.Equal(1, review.People.Reviewed);
        Assert.Null((await world.AccountAsync("acme"))!.History.Total("Report Shared"));
        Assert.Equal(20, (await world.PersonAsync("acme", id))!.History.Total("Report Shared")!.Count);
        Assert.DoesNotContain(await world.MessagesAsync("acme"), message => message.To == email);
        Assert.Equal("staff", Assert.Single(await LeftOutAsync(world)).Rule);
    }

    [Theory]
    [InlineData("ann@nimbus.example.evil.example", "ann")]
    [InlineData("ann@notnimbus.example", "ann")]
    [InlineData("nimbus.example", "ann")]
    [InlineData("ann@customer.example", "my-test-1")]
    public async Task Who_only_looks_like_it_is_a_customer(string email, string id)
    {
        var world = await SignalsWorld.WithAsync(With(StoryModels.OfGroups.WithSetUp(), Staff with { Ids = ["test-*"] }));
        world.Given(id).HasEmail(email).Joins("acme").On(0).Browses().On(1);
        await world.AdvanceToAsync(day: 2);

        Assert.Equal(1, (await world.ReviewAsync("acme")).People.Reviewed);
        Assert.DoesNotContain(await LeftOutAsync(world), left => left.Kind == LeftOutKind.People);
    }

    [Fact]
    public async Task A_rule_that_comes_later_holds_for_who_was_there_and_gone_again_nothing_is_lost()
    {
        var model = StoryModels.OfGroups.WithSetUp();
        var world = await SignalsWorld.WithAsync(model);
        world.Given("boss").HasEmail().Joins("acme").On(0).Tracks("Users Imported").On(0).Tracks("Profile Saved").On(0);
        world.Given("sue").HasEmail("sue@nimbus.example").Joins("acme").On(0).Tracks("Report Shared").OnDays(0, 9).Browses().OnDays(10, 40);
        await world.AdvanceToAsync(day: 10);
        var before = await world.ReviewAsync("acme");
        int mails = (await world.MessagesAsync("acme")).Count(message => message.To == "sue@nimbus.example");
        Assert.Equal((2, true), (before.People.Reviewed, before.People.Affected.ContainsKey("onboarding-stalled")));
        Assert.Equal(1, mails);

        await world.RestartAsync(With(model, Staff));
        await world.AdvanceToAsync(day: 40);

        var after = await world.ReviewAsync("acme");
        Assert.Equal((1, false), (after.People.Reviewed, after.People.Affected.ContainsKey("onboarding-stalled")));
        Assert.DoesNotContain(after.People.Leaders, leader => leader.Person.Contains("sue", StringComparison.Ordinal));
        Assert.Equal(mails, (await world.MessagesAsync("acme")).Count(message => message.To == "sue@nimbus.example"));

        await world.RestartAsync(model);
        await world.AdvanceToAsync(day: 41);

        Assert.Equal(2, (await world.ReviewAsync("acme")).People.Reviewed);
        Assert.Equal(10, (await world.PersonAsync("acme", "sue"))!.History.Total("Report Shared")!.Count);
    }

    [Fact]
    public async Task A_mail_that_was_planned_before_the_rule_is_not_sent_under_it()
    {
        var quiet = StoryModels.OfGroups.WithSetUp();
        quiet = quiet with { Outreach = quiet.Outreach with { QuietHours = new QuietHours(new TimeOnly(0, 0), new TimeOnly(23, 0)) } };
        var world = await SignalsWorld.WithAsync(quiet);
        world.Given("sue").HasEmail("sue@nimbus.example").Joins("acme").On(0).Browses().OnDays(1, 6);
        await world.AdvanceToAsync(day: 6);
        Assert.Equal(OutreachState.Planned, Assert.Single(await world.MessagesAsync("acme")).State);

        await world.RestartAsync(With(quiet, Staff));
        await world.AdvanceToAsync(world.At(6, 23.5));

        var message = Assert.Single(await world.MessagesAsync("acme"));
        Assert.Equal(OutreachState.Suppressed, message.State);
        Assert.Contains("staff", message.Reason!, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Mail.Left, sent => sent.To == "sue@nimbus.example");
    }

    [Fact]
    public async Task Where_people_are_accounts_one_who_is_no_customer_leaves_the_lists()
    {
        var model = StoryModels.OfPeople.WithSetUp();
        var world = await SignalsWorld.WithAsync(model);
        world.Given("ann").HasEmail("ann@customer.example").Browses().OnDays(0, 20);
        world.Given("sue").HasEmail("sue@nimbus.example").Browses().OnDays(0, 20);
        await world.AdvanceToAsync(day: 8);
        Assert.Equal(2, (await world.ListAsync(AccountLists.ByName)).Count);

        await world.RestartAsync(With(model, Staff));
        await world.AdvanceToAsync(day: 20);

        Assert.Equal(["ann"], await world.ListAsync(AccountLists.ByName));
    }

    [Fact]
    public async Task A_trait_that_only_a_rule_asks_for_is_kept_for_it()
    {
        var rule = new LeaveOutRule("internal")
        {
            Traits = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["is_internal"] = ["true"] },
        };
        var world = await SignalsWorld.WithAsync(With(StoryModels.OfGroups, rule));
        world.Given("ann").Identifies().With("is_internal", true).On(0).Joins("acme").On(0).Browses().On(1);
        world.Given("bob").Identifies().With("is_internal", false).On(0).Joins("acme").On(0).Browses().On(1);
        await world.AdvanceToAsync(day: 2);

        Assert.Equal(1, (await world.ReviewAsync("acme")).People.Reviewed);
    }

    private static ValueModel With(ValueModel model, LeaveOutRule rule) =>
        model with
        {
            Fingerprint = $"{model.Fingerprint}+{rule.Name}",
            People = model.People with { LeaveOut = [rule, .. LeaveOutRule.Usual] },
        };

    private static async Task<IReadOnlyList<LeftOut>> LeftOutAsync(SignalsWorld world)
    {
        var list = world.Get<LeftOutList>();
        await list.FlushAsync(TestContext.Current.CancellationToken);
        return await list.ReadAsync(TestContext.Current.CancellationToken);
    }
}
