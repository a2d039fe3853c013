using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Outreach;

public sealed class OutreachListsTests
{
    [Fact]
    public async Task Outreach_stands_newest_first_in_the_list_of_its_state_and_in_that_of_all()
    {
        var world = await SignalsWorld.WithAsync(
            StoryModels.OfPeople with
            {
                Outreach = StoryModels.OfPeople.Outreach with { Holdout = 0.5 },
            }
        );
        for (int i = 0; i < 20; i++)
            world.Given($"p{i:D2}").HasEmail(day: i).Browses().On(i, i + 1, i + 2);
        await world.AdvanceToAsync(day: 40);
        var all = await IdsAsync(world, null);
        Assert.Equal(all.OrderByDescending(id => id[..17], StringComparer.Ordinal), all);
        foreach (var state in new[] { OutreachState.Sent, OutreachState.HeldOut })
            Assert.NotEmpty(await IdsAsync(world, state));
        Assert.Empty(await IdsAsync(world, OutreachState.Planned));
        int known = 0;
        for (int i = 0; i < 20; i++)
        {
            foreach (var record in await world.OutreachAsync($"p{i:D2}"))
            {
                known++;
                Assert.Contains(record.Id, all);
                Assert.Contains(record.Id, await IdsAsync(world, record.State));
            }
        }
        Assert.Equal(known, all.Count);
    }

    [Fact]
    public async Task A_hint_whose_record_was_never_written_or_moved_on_can_be_told_and_removed()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").HasEmail().Browses().On(0, 2, 4, 6);
        await world.AdvanceToAsync(day: 8);
        var record = Assert.Single(await world.MessagesAsync("ann"));
        var lists = world.Get<OutreachLists>();
        await lists.AddAsync(record with { State = OutreachState.Planned }, TestContext.Current.CancellationToken);

        var id = Assert.Single(await IdsAsync(world, OutreachState.Planned));
        var stored = await world.Get<OutreachRows>().GetAsync(new OutreachId(id), TestContext.Current.CancellationToken);
        Assert.NotEqual(OutreachState.Planned, OutreachLists.ListOf(stored!.Record.State));
        await lists.RemoveAsync(OutreachState.Planned, new OutreachId(id), TestContext.Current.CancellationToken);
        Assert.Empty(await IdsAsync(world, OutreachState.Planned));
        Assert.Contains(record.Id, await IdsAsync(world, OutreachState.Sent));
    }

    private static async Task<List<string>> IdsAsync(SignalsWorld world, OutreachState? state)
    {
        var ids = new List<string>();
        await foreach (
            var (id, _) in world.Get<OutreachLists>().ReadAsync(state, null, EntityLimits.MaxPage, TestContext.Current.CancellationToken)
        )
            ids.Add(id.Value);
        return ids;
    }
}
