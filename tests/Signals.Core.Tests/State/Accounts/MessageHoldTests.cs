using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Testing.World;

namespace Signals.Core.Tests.State.Accounts;

/// <summary>Ann is stuck from day 0 to 6 and would be written to on day 7.</summary>
public sealed class MessageHoldTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_messages_are_held_none_is_planned_and_after_the_last_day_one_is()
    {
        var world = await StuckAsync();
        await world.Get<MessageHolds>().HoldAsync(world.KeyOf("ann"), world.At(10, 0), "cs@nimbus.example", "we talk to them", Cancel);

        await world.AdvanceToAsync(world.At(9, 23));
        Assert.Empty(await world.MessagesAsync("ann"));

        await world.AdvanceToAsync(world.At(10, 12));
        Assert.Equal(OutreachState.Sent, Assert.Single(await world.MessagesAsync("ann")).State);
    }

    [Fact]
    public async Task A_message_that_was_planned_before_waits_or_goes_stale()
    {
        var model = StoryModels.OfPeople;
        var quiet = new QuietHours(new TimeOnly(0, 0), new TimeOnly(20, 0));
        var world = await SignalsWorld.WithAsync(model with { Outreach = model.Outreach with { QuietHours = quiet, ExpireAfterDays = 3 } });
        world.Given("ann").Identifies().With("email", "ann@example.com").On(0).Browses().On(0, 2, 4, 6);
        await world.AdvanceToAsync(world.At(7, 6));
        Assert.Equal(OutreachState.Planned, Assert.Single(await world.MessagesAsync("ann")).State);

        await world.Get<MessageHolds>().HoldAsync(world.KeyOf("ann"), world.At(9, 0), "cs@nimbus.example", "renewal talk", Cancel);
        await world.AdvanceToAsync(world.At(8, 23));

        var held = Assert.Single(await world.MessagesAsync("ann"));
        Assert.Equal((OutreachState.Planned, world.At(9, 0)), (held.State, held.NotBefore));
        Assert.Equal($"held by cs@nimbus.example until {world.Date(9):yyyy-MM-dd} 00:00 UTC: renewal talk", held.Reason);
        Assert.DoesNotContain(world.Mail.Left, mail => mail.To == "ann@example.com");
    }

    [Fact]
    public async Task Messages_that_are_let_go_are_planned_at_once()
    {
        var world = await StuckAsync();
        await world.Get<MessageHolds>().HoldAsync(world.KeyOf("ann"), world.At(60, 0), "cs@nimbus.example", "we talk to them", Cancel);
        await world.AdvanceToAsync(world.At(8, 12));
        Assert.Empty(await world.MessagesAsync("ann"));

        Assert.True(await world.Get<MessageHolds>().ReleaseAsync(world.KeyOf("ann"), "cs@nimbus.example", Cancel));
        await world.AdvanceToAsync(world.At(8, 18));

        Assert.Single(await world.MessagesAsync("ann"));
        Assert.False(await world.Get<MessageHolds>().ReleaseAsync(world.KeyOf("ann"), "cs@nimbus.example", Cancel));
    }

    [Fact]
    public async Task Who_holds_and_lets_go_stands_in_the_audit_trail()
    {
        var world = await StuckAsync();
        await world.Get<MessageHolds>().HoldAsync(world.KeyOf("ann"), world.At(9, 0), "cs@nimbus.example", "we talk to them", Cancel);
        await world.Get<MessageHolds>().ReleaseAsync(world.KeyOf("ann"), "boss@nimbus.example", Cancel);

        var entries = (await world.Get<AuditLog>().ReadAsync(null, 10, Cancel)).Entries;

        Assert.Contains(
            entries,
            entry =>
                (entry.Who, entry.Action, entry.Subject) == ("cs@nimbus.example", "account.held", "ann")
                && entry.Detail.StartsWith("until ", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(entries, entry => entry.Detail.Contains("we talk to them", StringComparison.Ordinal));
        Assert.Contains(entries, entry => (entry.Who, entry.Action) == ("boss@nimbus.example", "account.released"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(MessageHold.MaxDays + 1)]
    public async Task A_hold_ends_at_a_time_to_come_that_is_not_too_far(int days)
    {
        var world = await StuckAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            world
                .Get<MessageHolds>()
                .HoldAsync(world.KeyOf("ann"), world.Clock.GetUtcNow().AddDays(days), "cs@nimbus.example", "why", Cancel)
        );
    }

    [Fact]
    public async Task Nobody_is_held_that_does_not_exist()
    {
        var world = await StuckAsync();
        Assert.Null(await world.Get<MessageHolds>().HoldAsync(world.KeyOf("nobody"), world.At(9, 0), "cs@nimbus.example", "why", Cancel));
    }

    private static async Task<SignalsWorld> StuckAsync()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").Identifies().With("email", "ann@example.com").On(0).Browses().On(0, 2, 4, 6);
        await world.AdvanceToAsync(day: 6);
        return world;
    }
}
