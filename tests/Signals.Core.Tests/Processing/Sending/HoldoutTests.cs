using Signals.Core.Response.Outreach;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Sending;

/// <summary>A share of people is never written to, always the same ones: what the messages achieve is told by comparing with them.</summary>
public sealed class HoldoutTests
{
    [Fact]
    public async Task The_holdout_is_stable_and_about_its_share()
    {
        var world = await SignalsWorld.WithAsync(
            StoryModels.OfPeople with
            {
                Outreach = StoryModels.OfPeople.Outreach with { Holdout = 0.3, PerDay = 10_000 },
            }
        );
        for (int i = 0; i < 400; i++)
            world.Given($"p{i}").HasEmail().Browses().On(0, 2, 4, 6).Browses().OnDays(40, 44);
        await world.AdvanceToAsync(day: 60);
        int heldOut = 0;
        for (int i = 0; i < 400; i++)
        {
            var states = (await world.MessagesAsync($"p{i}")).Select(record => record.State == OutreachState.HeldOut).ToList();
            Assert.NotEmpty(states);
            Assert.Single(states.Distinct());
            heldOut += states[0] ? 1 : 0;
        }
        Assert.InRange(heldOut, 90, 150);
        Assert.Equal(400 - heldOut, world.Mail.Left.Select(mail => mail.To).Where(to => to != "cs@nimbus.example").Distinct().Count());
    }
}
