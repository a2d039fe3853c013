using System.Text;
using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.Reviews;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Reviews;

/// <summary>One message asks for many reviews; what goes wrong with one account stays with it.</summary>
public sealed class ReviewQueueTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_message_holds_up_to_a_hundred_accounts()
    {
        AccountKey[] accounts = [.. Enumerable.Range(0, 250).Select(i => AccountKey.Group($"group {i}"))];

        var messages = ReviewMessage.Pack(accounts, SignalsWorld.Start).ToList();

        Assert.Equal([100, 100, 50], messages.Select(message => message.Items));
        Assert.Equal(
            accounts,
            messages.SelectMany(message => Assert.IsType<ReviewRequest.Of>(ReviewMessage.Parse(message.Body.Span)).Accounts)
        );
        Assert.Equal(3, messages.Select(message => message.MessageId).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme")]
    [InlineData("g_acme\n")]
    [InlineData("g_acme\nacme")]
    [InlineData("sweep:x")]
    [InlineData("all:-1")]
    public void Anything_else_is_no_review_message(string body) => Assert.Null(ReviewMessage.Parse(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public async Task An_account_that_cannot_be_reviewed_goes_on_alone_and_ends_in_the_dead_letter()
    {
        var world = await WorldAsync(accounts: 30);
        int neighbour = 0;
        world.Store.Probe.Before = call =>
        {
            neighbour += call.Key == "g_team8" ? 1 : 0;
            return call.Key == "g_team7" ? throw new InvalidDataException("a row that nobody can read") : ValueTask.CompletedTask;
        };

        await world.Get<ReviewFanOut>().AskAllAsync(Cancel);
        for (int i = 0; i < 12; i++)
        {
            await world.RunAsync();
            world.Clock.Advance(TimeSpan.FromMinutes(6));
        }

        var (dead, reason) = Assert.Single(world.Queue.PutAside(QueueNames.Reviews));
        Assert.Equal("asked\ng_team7", Encoding.UTF8.GetString(dead.Body.Span));
        Assert.Contains("a row that nobody can read", reason, StringComparison.Ordinal);
        Assert.Empty(world.Queue.Waiting(QueueNames.Reviews));
        Assert.Equal(1, neighbour);
    }

    [Fact]
    public async Task While_the_store_is_away_the_message_waits_as_it_is()
    {
        var world = await WorldAsync(accounts: 30);
        world.Store.Probe.Before = call =>
            call.Target == AccountRows.Table ? throw new Core.Platform.Storage.TransientStoreException("away") : ValueTask.CompletedTask;
        await world.Get<ReviewFanOut>().AskAllAsync(Cancel);
        int before = world.Queue.Waiting(QueueNames.Reviews).Count;
        await world.DrainAsync();
        Assert.Equal(before, world.Queue.Waiting(QueueNames.Reviews).Count);

        world.Store.Probe.Reset();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.RunAsync();

        Assert.Empty(world.Queue.Waiting(QueueNames.Reviews));
        Assert.NotNull((await world.ReviewAsync("team0")).Basis);
    }

    [Fact]
    public async Task A_shard_of_the_lists_with_more_than_a_page_is_handed_to_the_workers()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        var lists = world.Get<Core.Platform.Storage.ShardedList>();
        AccountKey[] accounts = [.. Enumerable.Range(0, 9000).Select(i => AccountKey.Group($"team{i}"))];
        foreach (var account in accounts)
        {
            var row = new Core.Platform.Storage.Entity(
                Core.Platform.Storage.ShardedList.Partition(Core.State.Indexes.AccountLists.ByRisk, account.Value),
                $"3100:{account.Value}"
            );
            Core.Platform.Storage.BlobColumns.Write(
                row,
                "summary",
                Encoding.UTF8.GetBytes($$"""{"key":"{{account.Value}}","id":"","name":"","causes":[]}""")
            );
            await lists.PutAsync(row, Cancel);
        }

        var asked = await world.Get<ReviewFanOut>().AskAllAsync("a new model", Cancel);
        var again = await world.Get<ReviewFanOut>().AskAllAsync("a new model", Cancel);

        Assert.False(asked.Complete);
        Assert.Equal(asked, again);
        var handedOver = world
            .Queue.Waiting(QueueNames.Reviews)
            .Select(message => ReviewMessage.Parse(message.Body.Span))
            .OfType<ReviewRequest.All>()
            .ToList();
        Assert.NotEmpty(handedOver);
        int found = asked.Accounts;
        foreach (var shard in handedOver)
            found += await world.Get<ReviewFanOut>().AskShardAsync(shard.Shard, Cancel);
        Assert.Equal(9000, found);
    }

    private static async Task<SignalsWorld> WorldAsync(int accounts)
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        for (int i = 0; i < accounts; i++)
            world.Given($"ann{i}").Joins($"team{i}").On(0);
        await world.AdvanceToAsync(world.At(0, 10.05));
        return world;
    }
}
