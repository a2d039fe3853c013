using Signals.Core.Diagnosis.Causes.ValueNotFound;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Collection;
using Signals.Core.State.Histories;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Reviews;

/// <summary>A model that changes on a filled store, against the same life under the new model from its start.</summary>
public sealed class ModelChangeTests
{
    private static readonly ValueModel Old = StoryModels.OfGroups with { Outreach = new OutreachSettings() };

    public static TheoryData<string> Changes => ["value event", "onboarding step", "floor", "cause numbers", "churn"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Reviewing_again_gives_what_a_fresh_fold_gives(string change)
    {
        var changed = Change(change);
        var before = await LiveAsync(Old);
        await before.RestartAsync(changed);
        await before.RunAsync();
        var fresh = await LiveAsync(changed);
        bool differs = false;
        var untouched = await LiveAsync(Old);
        foreach (string group in new[] { "acme", "zenith" })
        {
            var again = await before.ReviewAsync(group);
            var (people, anew) = await BruteForce.AssessAsync(fresh, group);
            Assert.Equal(BruteForce.Say(people), BruteForce.Say((await fresh.ReviewAsync(group)).People));
            Assert.Equal(BruteForce.Say(people), BruteForce.Say(again.People));
            Assert.Equal(BruteForce.Causes(anew), BruteForce.Causes(again.Assessment));
            Assert.Equal(anew.Risk.Score, again.Assessment.Risk.Score);
            Assert.Equal(before.Clock.GetUtcNow(), again.ReviewedAt);
            differs |=
                BruteForce.Say((await untouched.ReviewAsync(group)).People) != BruteForce.Say(again.People)
                || BruteForce.Say((await untouched.ReviewAsync(group)).Assessment) != BruteForce.Say(again.Assessment);
        }
        Assert.True(differs, "the change changes something");
    }

    [Fact]
    public async Task A_property_that_was_never_summed_is_known_from_the_change_on_and_says_so()
    {
        var world = await LiveAsync(Old);
        await world.RestartAsync(
            Old with
            {
                Fingerprint = "sums",
                Value = Old.Value with { From = [.. Old.Value.From, new ValueSource("Something Else", null, "weight")] },
            }
        );
        Assert.Equal(Days.Of(world.At(40)), world.Get<KnownEvents>().SumSince(History.PropertyKey("Something Else", "weight")));
        Assert.Equal(0, world.Get<KnownEvents>().SumSince(History.PropertyKey("Video Watched", "minutes")));
        await world.AdvanceToAsync(day: 60);
        Assert.DoesNotContain((await world.ReviewAsync("acme")).Assessment.Causes, cause => cause.Id == CauseIds.ValueNotFound);
    }

    [Fact]
    public async Task A_new_feature_is_missed_only_a_window_after_its_first_event_was_seen()
    {
        var world = await SignalsWorld.WithAsync(Old);
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Tracks("Report Shared").OnDays(0, 120);
        world.Given("zoe").Joins("zenith").On(0).Tracks("Export Completed").OnDays(10, 60).Tracks("Feed Read").OnDays(10, 60);
        await world.AdvanceToAsync(day: 50);
        await world.RestartAsync(Old.WithFeatures());
        await world.AdvanceToAsync(day: 78);
        Assert.DoesNotContain((await world.ReviewAsync("acme")).Assessment.Causes, cause => cause.Id == CauseIds.FeaturesUnused);
        await world.AdvanceToAsync(day: 83);
        Assert.Contains((await world.ReviewAsync("acme")).Assessment.Causes, cause => cause.Id == CauseIds.FeaturesUnused);
    }

    [Fact]
    public async Task Going_back_to_the_old_model_in_the_middle_of_a_pass_counts_everybody_once()
    {
        var world = await SignalsWorld.WithAsync(Old);
        for (int i = 0; i < 60; i++)
            world.Given($"p{i:D2}").Joins("acme").On(0).Tracks("Report Shared").Times(i % 2 == 0 ? 3 : 1).On(1);
        await world.AdvanceToAsync(day: 8);
        string before = BruteForce.Say((await world.ReviewAsync("acme")).People);
        await world.RestartAsync(Change("floor"));
        int commits = 0;
        world.Store.Probe.Before = call =>
            call is { Kind: Testing.StoreCallKind.Commit, Target: "accounts" } && ++commits > 1
                ? throw new Testing.SimulatedCrashException(call)
                : ValueTask.CompletedTask;
        await world.RunAsync();
        Assert.NotNull((await world.ReviewAsync("acme")).Pass);

        world.Store.Probe.Reset();
        await world.RestartAsync(Old);
        await world.AdvanceToAsync(world.At(8, 20));
        Assert.Equal(before, BruteForce.Say((await world.ReviewAsync("acme")).People));
    }

    private static ValueModel Change(string change) =>
        change switch
        {
            "value event" => Old with
            {
                Fingerprint = change,
                Value = Old.Value with { From = [.. Old.Value.From, new ValueSource("Something Else", 4, null)] },
            },
            "onboarding step" => Old.WithSetUp(),
            "floor" => Old with { Fingerprint = change, Value = Old.Value with { Floor = new Floor(5, 30) } },
            "cause numbers" => Old with { Fingerprint = change, Causes = CauseSettings.Usual.With(new ValueNotFoundSettings(Sessions: 9)) },
            "churn" => Old.WithChurn(),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "no such change"),
        };

    private static async Task<SignalsWorld> LiveAsync(ValueModel model)
    {
        var random = new Random(5);
        var world = await SignalsWorld.WithAsync(model);
        for (int i = 0; i < 30; i++)
        {
            var person = world.Given($"p{i:D2}").Joins(i % 2 == 0 ? "acme" : "zenith").On(random.Next(0, 20));
            for (int day = 1; day < 40; day += random.Next(1, 9))
                person
                    .Tracks(new[] { "Report Shared", "Something Else", "Import Started", "Profile Saved" }[random.Next(4)])
                    .With("weight", 3)
                    .At(6)
                    .On(day);
        }
        world.Given("p01").Joins("zenith").On(1).Tracks("Subscription Cancelled").At(6).On(30);
        await world.AdvanceToAsync(day: 40);
        return world;
    }
}
