using Signals.Core.Daily.Norms;
using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

public sealed class ValueNotFoundTests
{
    private static readonly ValueModel Model = StoryModels.OfPeople;

    [Fact]
    public async Task Someone_who_comes_often_and_leaves_without_value_is_flagged_with_every_number()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Browses().On(0, 2, 4, 6).Tracks("Video Watched").With("minutes", 2).On(6);
        await world.AdvanceToAsync(day: 7);

        var cause = Assert.Single((await world.ReviewAsync("ann")).Assessment.Causes);
        Assert.Equal(CauseIds.ValueNotFound, cause.Id);
        Assert.Equal((CauseSubject.People, 1), (cause.Subject, cause.Affected));
        Assert.Equal(Math.Round(Math.Sqrt(2 / 4d) * 4 / 6, 3), cause.Confidence);
        Assert.Equal(
            [
                new Line("2 minutes of value since 3 March 2025", "2 minutes", "at least 4 minutes", world.Date(0)),
                new Line("came 4 times in those days", "4 sessions", "value in some of them", world.Date(0)),
            ],
            Line.Of(cause)
        );
    }

    [Fact]
    public async Task A_newcomer_gets_the_models_week_before_anything_is_said()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Browses().On(0, 1, 2, 3);
        await world.AdvanceToAsync(day: 6);
        Assert.Empty((await world.ReviewAsync("ann")).Assessment.Causes);

        await world.AdvanceToAsync(day: 7);
        Assert.Equal(CauseIds.ValueNotFound, Assert.Single((await world.ReviewAsync("ann")).Assessment.Causes).Id);
    }

    [Theory]
    [InlineData("others find it at once", 25, 0, 1)]
    [InlineData("others take twelve days", 25, 12, 13)]
    [InlineData("too few others tell", 15, 12, 7)]
    [InlineData("hardly any other ever finds it", 25, 99, null)]
    public async Task What_is_early_is_told_by_others_who_started(string story, int others, int findAfter, int? toldAtAge)
    {
        const int Comes = 45;
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("first").Works(0, 80);
        for (int i = 0; i < others; i++)
        {
            var other = world.Given($"c{i}");
            other.Browses().On(10, 11);
            if (findAfter < Comes)
                other.Tracks("Report Shared").Times(6).On(10 + findAfter);
        }
        world.Given("ann").Browses().On([.. Enumerable.Range(Comes, 26)]);
        int? told = null;
        for (int age = 1; age <= 25 && told is null; age++)
        {
            await world.AdvanceToAsync(day: Comes + age);
            Assert.True(await world.Get<CohortPass>().RunAsync(TestContext.Current.CancellationToken));
            var review = await world.ReviewNowAsync("ann");
            if (review!.Assessment.Causes.Any(cause => cause.Id == CauseIds.ValueNotFound))
                told = age;
        }
        Assert.True(told == toldAtAge, $"{story}: {told}");
    }

    [Fact]
    public async Task Two_looks_on_the_first_day_are_no_search_however_fast_others_were()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("first").Works(0, 80);
        for (int i = 0; i < 25; i++)
            world.Given($"c{i}").Browses().On(10, 11).Tracks("Report Shared").Times(6).On(10);
        world.Given("ann").Browses().InSessions(2).On(45);
        for (int age = 1; age < 9; age++)
        {
            await world.AdvanceToAsync(day: 45 + age);
            Assert.True(await world.Get<CohortPass>().RunAsync(TestContext.Current.CancellationToken));
            var causes = (await world.ReviewNowAsync("ann"))!.Assessment.Causes;
            Assert.Equal(age >= 7, causes.Any(cause => cause.Id == CauseIds.ValueNotFound));
        }
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public async Task Two_sessions_are_the_least_that_says_anything(int sessions, bool flagged)
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Browses().InSessions(sessions).On(0);
        await world.AdvanceToAsync(day: 10);
        Assert.Equal(flagged, (await world.ReviewAsync("ann")).Assessment.Causes.Count > 0);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(2, true)]
    public async Task Whoever_reaches_the_floor_exactly_found_it(int reports, bool flagged)
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Browses().On(0, 1, 2).Tracks("Report Shared").Times(reports).On(3);
        await world.AdvanceToAsync(day: 31);
        var review = await world.ReviewAsync("ann");
        Assert.Equal(flagged, review.Assessment.Causes.Count > 0);
        Assert.Equal(flagged ? 0 : 1, review.People.Active);
    }

    [Fact]
    public async Task Nobody_is_flagged_for_value_not_found_who_never_came_back_to_look()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Identifies().With("email", "ann@example.com").On(0, 5, 9);
        await world.AdvanceToAsync(day: 40);
        Assert.Empty((await world.ReviewAsync("ann")).Assessment.Causes);
    }

    [Fact]
    public async Task Value_found_later_ends_the_cause_at_the_next_review()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Browses().On(0, 2, 4, 6).Tracks("Video Watched").With("minutes", 20).On(12);
        await world.AdvanceToAsync(day: 11);
        Assert.NotEmpty((await world.ReviewAsync("ann")).Assessment.Causes);

        await world.AdvanceToAsync(day: 12);
        Assert.Empty((await world.ReviewAsync("ann")).Assessment.Causes);
    }

    [Fact]
    public async Task Someone_who_stopped_coming_is_forgotten_when_the_window_has_passed()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Browses().On(0, 1, 2);
        await world.AdvanceToAsync(day: 30);
        Assert.NotEmpty((await world.ReviewAsync("ann")).Assessment.Causes);

        await world.AdvanceToAsync(day: 31);
        Assert.Empty((await world.ReviewAsync("ann")).Assessment.Causes);
    }

    [Fact]
    public async Task A_value_property_that_is_summed_only_since_today_keeps_the_rule_silent_for_a_window()
    {
        var world = await SignalsWorld.WithAsync(
            Model with
            {
                Value = Model.Value with { From = [new ValueSource("Report Shared", 5, null)] },
            }
        );
        world
            .Given("ann")
            .Browses()
            .OnDays(0, 60)
            .Tracks("Video Watched")
            .With("minutes", 1)
            .OnDays(0, 60)
            .Tracks("Report Shared")
            .OnDays(0, 15);
        await world.AdvanceToAsync(day: 20);
        await world.RestartAsync(Model with { Fingerprint = "story-2" });

        await world.AdvanceToAsync(day: 48);
        Assert.DoesNotContain((await world.ReviewAsync("ann")).Assessment.Causes, cause => cause.Id == CauseIds.ValueNotFound);
    }
}
