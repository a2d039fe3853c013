using Signals.Core.Daily.Erasure;
using Signals.Core.Daily.Kept;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Cards;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Cards;

/// <summary>What a person is shown goes with them, with the account that it speaks of, and with old messages.</summary>
public sealed class ErasedCardTests
{
    private static readonly ValueModel Model = ErasureStory.Nimbus with
    {
        Playbooks = CardRig.Model().Playbooks,
        Outreach = ErasureStory.Nimbus.Outreach with { Checklist = true },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_goes_with_the_person() => await ErasedAsync(new ErasureWish { UserIds = [ErasureStory.Id] });

    [Fact]
    public async Task It_goes_with_the_account() => await ErasedAsync(new ErasureWish { Groups = ["acme"] });

    [Fact]
    public async Task It_goes_with_old_messages()
    {
        var world = await CardRig.StuckAsync(CardRig.Model() with { Keep = new KeepDefinition { MessageDays = 30 } });
        await world.SaysAsync(Core.Response.Outreach.CardAnswer.Done);
        Assert.NotNull(Row(world, CardRig.Ann));
        await world.AdvanceToAsync(day: 40);
        await world.Get<OldMessages>().PruneAsync(Cancel);
        Assert.Null(Row(world, CardRig.Ann));
    }

    [Fact]
    public async Task All_that_is_kept_of_it_is_told()
    {
        var world = await CardRig.StuckAsync();
        var kind = KeptData.KindOf(KeptData.Of(world.Model), AccountRows.Table, Row(world, CardRig.Ann)!);
        Assert.Equal("The card that a person is shown inside the product", kind?.What.ToString());
    }

    private static async Task ErasedAsync(ErasureWish wish)
    {
        var world = await ErasureStory.GivenAnnAndBobAsync(Model, days: 1);
        Assert.NotNull(Row(world, ErasureStory.Id));
        Assert.NotNull(Row(world, ErasureStory.Id, HelpRows.StepsRow));
        await world.Get<ErasureDesk>().AskAsync(wish, "api", Cancel);
        await ErasureStory.ProveAsync(world);
        Assert.Null(Row(world, ErasureStory.Id));
        Assert.Null(Row(world, ErasureStory.Id, HelpRows.StepsRow));
    }

    private static Entity? Row(SignalsWorld world, string user, string row = HelpRows.Row) =>
        world.Store.All(AccountRows.Table).FirstOrDefault(found => found.PartitionKey == PersonKey.User(user).Value && found.RowKey == row);
}
