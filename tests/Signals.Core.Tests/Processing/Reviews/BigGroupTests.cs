using Signals.Core.Model;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Reviews;

public sealed class BigGroupTests
{
    private const int People = 300;

    private static readonly ValueModel Model = StoryModels.OfGroups.WithSetUp() with { Outreach = new OutreachSettings() };

    [Fact]
    public async Task Three_hundred_people_are_reviewed_in_pages_with_exact_counts()
    {
        var world = await WorldAsync(Model);
        await world.AdvanceToAsync(day: 8);
        var review = await world.ReviewAsync("acme");
        Assert.Equal((People, 100), (review.People.Reviewed, review.People.Active));
        Assert.Equal(150, review.People.Affected["onboarding-stalled/profile"]);
        Assert.Equal(BruteForce.Say((await BruteForce.AssessAsync(world, "acme")).People), BruteForce.Say(review.People));
    }

    [Fact]
    public async Task When_the_most_telling_recover_the_others_still_speak_for_the_cause()
    {
        var world = await WorldAsync(Model);
        await world.AdvanceToAsync(day: 8);
        var telling = (await world.ReviewAsync("acme")).People.Telling.Where(entry => entry.Detail == "profile").ToList();
        Assert.Equal(50, telling.Count);
        foreach (var person in telling)
            world.Given(person.Person[2..]).Joins("acme").On(9).Tracks("Profile Saved").On(9);
        await world.AdvanceToAsync(day: 10);

        var review = await world.ReviewAsync("acme");
        var cause = Assert.Single(review.Assessment.Causes, cause => cause.Detail == "profile");
        Assert.Equal(100, cause.Affected);
        Assert.Equal(50, review.People.Telling.Count(entry => entry.Detail == "profile"));
    }

    [Fact]
    public async Task A_pass_under_a_new_model_survives_a_crash_at_every_call()
    {
        var changed = Model with
        {
            Fingerprint = "another",
            Value = Model.Value with { From = [.. Model.Value.From, new ValueSource("Something Else", 20, null)] },
        };
        string expected = "";
        int calls = 0;
        foreach (int dies in Enumerable.Range(0, 60))
        {
            var world = await WorldAsync(Model, people: 45);
            await world.AdvanceToAsync(day: 8);
            await world.RestartAsync(changed);
            world.Store.Probe.Reset();
            if (dies > 0)
                world.Store.Probe.After = call => call.Number >= dies ? throw new SimulatedCrashException(call) : ValueTask.CompletedTask;
            if (dies > calls && calls > 0)
                break;
            try
            {
                await world.RunAsync();
            }
            catch (SimulatedCrashException)
            {
                // The death is what this is about.
            }
            calls = dies == 0 ? world.Store.Probe.Total : calls;
            world.Store.Probe.Reset();
            await world.RestartAsync();
            await world.AdvanceToAsync(world.At(8, 20));
            var review = await world.ReviewAsync("acme");
            if (dies == 0)
                expected = BruteForce.Say((await BruteForce.AssessAsync(world, "acme")).People);
            Assert.Equal($"died at {dies}: {expected}", $"died at {dies}: {BruteForce.Say(review.People)}");
            Assert.Null(review.Pass);
            Assert.Equal(45, review.People.Active);
            Assert.Equal(world.At(8, 18), review.ReviewedAt, TimeSpan.FromHours(3));
        }
        Assert.InRange(calls, 20, 2000);
    }

    /// <summary>A third active, half with the profile undone, all of them counting something that the model does not know.</summary>
    private static async Task<SignalsWorld> WorldAsync(ValueModel model, int people = People)
    {
        var world = await SignalsWorld.WithAsync(model);
        for (int i = 0; i < people; i++)
        {
            var person = world.Given($"p{i:D3}").Joins("acme").On(0).Tracks("Something Else").On(1);
            if (i % 3 == 0)
                person.Tracks("Report Shared").Times(3).On(1);
            if (i % 2 == 0)
                person.Tracks("Profile Saved").On(1);
        }
        world.Given("p000").Tracks("Users Imported").On(1);
        return world;
    }
}
