using Signals.Core.Processing.Help;
using Signals.Core.Response.Cards;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Cards;

/// <summary>Reviews keep how far a person is with the set-up: own steps, and those that anybody did for the account.</summary>
public sealed class ChecklistTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Own_steps_are_each_persons_and_the_accounts_everybodys()
    {
        var world = await TeamAsync(shows: true);
        Assert.Empty((await ListAsync(world, "ann"))!.Done);

        world.Given("ben").Joins("acme").On(1).Tracks("Users Imported").On(1).Tracks("Profile Saved").On(1);
        await world.AdvanceToAsync(day: 1);
        Assert.Null(await ListAsync(world, "ben"));
        world.Given("ann").Joins("acme").On(2);
        await world.AdvanceToAsync(day: 2);
        Assert.Equal(["import"], (await ListAsync(world, "ann"))!.Done);
    }

    [Fact]
    public async Task Where_the_model_shows_none_none_is_kept()
    {
        var world = await TeamAsync(shows: false);
        Assert.Null(await ListAsync(world, "ann"));
    }

    private static async Task<SignalsWorld> TeamAsync(bool shows)
    {
        var model = StoryModels.OfGroups.WithSetUp();
        var world = await SignalsWorld.WithAsync(model with { Outreach = model.Outreach with { Checklist = shows } });
        world.Given("ann").HasEmail().Joins("acme").On(0).Tracks("Import Started").On(0);
        await world.AdvanceToAsync(day: 0);
        return world;
    }

    private static async Task<Checklist?> ListAsync(SignalsWorld world, string user) =>
        (await world.Get<HelpDesk>().OfAsync(user, Cancel)).Checklist;
}
