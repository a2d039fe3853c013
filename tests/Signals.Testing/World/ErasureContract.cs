using Signals.Core.Daily.Erasure;
using Signals.Core.Platform.Storage;
using Xunit;

namespace Signals.Testing.World;

/// <summary>An erasure on a host's own store: what is kept of Ann goes, what is kept of Bob stays, and the walk proves it.</summary>
public abstract class ErasureContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<IEntityStore> CreateStoreAsync();

    [Fact]
    public async Task No_table_of_the_store_holds_anything_of_who_was_erased()
    {
        var world = await ErasureStory.GivenAnnAndBobAsync(ErasureStory.Nimbus, days: 2, await CreateStoreAsync());
        Assert.NotEmpty(await ErasureStory.FoundAsync(world));

        var asked = await world.Get<ErasureDesk>().AskAsync(new ErasureWish { UserIds = [ErasureStory.Id] }, "api", Cancel);
        await ErasureStory.ProveAsync(world);

        Assert.Empty(await ErasureStory.FoundAsync(world));
        Assert.Equal(ErasureState.Proved, (await world.Get<ErasureBook>().FindAsync(asked.Id, Cancel))!.State);
        Assert.NotNull(await world.PersonAsync("acme", "bob-22"));
    }
}
