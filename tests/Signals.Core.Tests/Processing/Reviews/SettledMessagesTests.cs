using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.State.WakeUps;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Reviews;

/// <summary>A batch comes in several folds: nobody is written to about what the next of them refutes.</summary>
public sealed class SettledMessagesTests
{
    private static readonly ValueModel OfPeople = StoryModels.OfPeople.WithSetUp();
    private static readonly ValueModel OfGroups = StoryModels.OfGroups.WithSetUp();

    private static readonly TimeSpan BetweenFolds = TimeSpan.FromSeconds(1.3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AccountsMode.Group)]
    [InlineData(AccountsMode.Person)]
    public async Task A_review_between_two_folds_of_a_batch_writes_nothing_that_the_second_refutes(AccountsMode mode)
    {
        var world = await WorldAsync(mode);
        await FoldAsync(world, "Import Failed", "Import Failed");
        await world.ReviewNowAsync(Account(mode));
        Assert.NotNull(await world.CauseAsync(Account(mode), CauseIds.OnboardingStalled));

        world.Clock.Advance(BetweenFolds);
        await FoldAsync(world, "Users Imported");
        await PassAsync(world, TimeSpan.FromMinutes(10));

        Assert.Empty(await world.MessagesAsync(Account(mode)));
        Assert.Null(await world.CauseAsync(Account(mode), CauseIds.OnboardingStalled));
    }

    [Theory]
    [InlineData(AccountsMode.Group)]
    [InlineData(AccountsMode.Person)]
    public async Task What_nothing_refutes_is_written_once_it_is_quiet_and_only_once(AccountsMode mode)
    {
        var world = await WorldAsync(mode);
        await FoldAsync(world, "Import Failed", "Import Failed");
        await world.ReviewNowAsync(Account(mode));
        Assert.Empty(await world.MessagesAsync(Account(mode)));

        await PassAsync(world, ReviewSchedule.Quiet);
        Assert.Equal(CauseIds.OnboardingStalled, Assert.Single(await world.MessagesAsync(Account(mode))).Cause);
        await PassAsync(world, TimeSpan.FromMinutes(10));
        Assert.Single(await world.MessagesAsync(Account(mode)));
        Assert.Null((await world.ReviewAsync(Account(mode))).WaitsSince);
    }

    [Fact]
    public async Task A_review_of_an_account_that_has_been_quiet_writes_at_once()
    {
        var world = await WorldAsync(AccountsMode.Group);
        await FoldAsync(world, "Import Failed", "Import Failed");
        world.Clock.Advance(ReviewSchedule.Quiet);
        await world.ReviewNowAsync("acme");

        Assert.Single(await world.MessagesAsync("acme"));
    }

    [Theory]
    [InlineData(AccountsMode.Group)]
    [InlineData(AccountsMode.Person)]
    public async Task Who_never_stops_sending_is_written_to_all_the_same(AccountsMode mode)
    {
        var world = await WorldAsync(mode);
        await FoldAsync(world, "Import Failed", "Import Failed");
        await world.ReviewNowAsync(Account(mode));
        var began = world.Clock.GetUtcNow();
        while ((await world.MessagesAsync(Account(mode))).Count == 0)
        {
            Assert.True(world.Clock.GetUtcNow() - began <= ReviewSchedule.LongestWait + TimeSpan.FromSeconds(20));
            await FoldAsync(world, "Something Else");
            await PassAsync(world, TimeSpan.FromSeconds(5));
        }
        Assert.True(world.Clock.GetUtcNow() - began > ReviewSchedule.Quiet * 2);
    }

    [Fact]
    public async Task Of_a_group_whose_people_all_wait_each_is_looked_at_and_the_review_ends()
    {
        var world = await WorldAsync(AccountsMode.Group, people: 50);
        await FoldAsync(world, "Profile Opened");
        world.Clock.Advance(TimeSpan.FromDays(1));
        for (int person = 0; person < 50; person++)
            await FoldAsync(world, $"p{person}", ["Something Else"]);
        await world.ReviewNowAsync("acme");
        var review = await world.ReviewAsync("acme");
        Assert.Empty(await world.MessagesAsync("acme"));
        Assert.Equal(50, review.People.Affected["onboarding-stalled/profile"]);

        await PassAsync(world, TimeSpan.FromMinutes(1));
        Assert.InRange((await world.MessagesAsync("acme")).Count, 10, 50);
        await PassAsync(world, TimeSpan.FromDays(1));
        Assert.Equal(50, (await world.MessagesAsync("acme")).Count);
        Assert.Empty((await world.ReviewAsync("acme")).Waiting);
    }

    private static string Account(AccountsMode mode) => mode == AccountsMode.Group ? "acme" : "p0";

    private static async Task<SignalsWorld> WorldAsync(AccountsMode mode, int people = 1)
    {
        var world = await SignalsWorld.WithAsync(mode == AccountsMode.Group ? OfGroups : OfPeople);
        for (int person = 0; person < people; person++)
        {
            world.Given($"p{person}").HasEmail().Joins("acme").On(0);
            if (people > 1)
                world.Given($"p{person}").Joins("acme").On(0).Tracks("Users Imported").On(0).Tracks("Profile Opened").On(0);
            else
                world.Given($"p{person}").Joins("acme").On(0).Tracks("Profile Saved").On(0);
        }
        await world.AdvanceToAsync(world.At(0, 18));
        return world;
    }

    private static Task FoldAsync(SignalsWorld world, params string[] events) => FoldAsync(world, "p0", events);

    private static async Task FoldAsync(SignalsWorld world, string person, string[] events)
    {
        var now = world.Clock.GetUtcNow();
        var batch = events.Select(name => new UsageEvent
        {
            Type = EventType.Track,
            MessageId = world.NextMessageId(),
            UserId = person,
            GroupId = world.Model.Accounts == AccountsMode.Group ? "acme" : null,
            Name = name,
            Timestamp = now,
            ReceivedAt = now,
        });
        await world.Queue.SendAsync(QueueNames.Usage, EventBatchCodec.Pack(new EventBatch([.. batch], []), now), Cancel);
        await world.DrainAsync();
    }

    private static async Task PassAsync(SignalsWorld world, TimeSpan time)
    {
        world.Clock.Advance(time);
        await world.RunAsync();
    }
}
