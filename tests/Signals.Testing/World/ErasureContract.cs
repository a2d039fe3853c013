using Signals.Core.Daily;
using Signals.Core.Daily.Erasure;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Suppressions;
using Signals.Testing.Folding;
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

    [Fact]
    public async Task Who_was_silent_for_longer_than_people_are_kept_goes_wholly_and_is_let_in_again()
    {
        var model = ErasureStory.Nimbus with { Keep = new KeepDefinition { PeopleDays = 90 } };
        var world = await ErasureStory.GivenAnnAndBobAsync(model, days: 2, await CreateStoreAsync());
        string recipient = world.RecipientKey.Of(ErasureStory.Address);
        await world.Get<Recipients>().UnsubscribeAsync(recipient, null, "link", world.Clock.GetUtcNow(), Cancel);
        world.Clock.Advance(TimeSpan.FromDays(60));
        await ErasureStory.HappensNowAsync(world, EventOf.Track("bob-22", "Report Shared", world.Clock.GetUtcNow(), group: "acme"));
        await world.Get<Housekeeping>().RunAsync(Cancel);
        Assert.NotNull(await world.PersonAsync("acme", ErasureStory.Id));

        world.Clock.Advance(TimeSpan.FromDays(40));
        await world.Get<Housekeeping>().RunAsync(Cancel);
        await ErasureStory.ProveAsync(world);

        Assert.Empty(await ErasureStory.FoundAsync(world));
        Assert.NotNull(await world.PersonAsync("acme", "bob-22"));
        Assert.Equal(1, (await world.AccountAsync("acme"))!.People);
        Assert.Empty(await world.Get<ErasureBook>().ReadAsync(Cancel).ToListAsync(Cancel));

        await ErasureStory.HappensNowAsync(world, EventOf.Track(ErasureStory.Id, "Report Shared", world.Clock.GetUtcNow(), group: "acme"));
        Assert.NotNull((await world.PersonAsync("acme", ErasureStory.Id))!.History.Total("Report Shared"));
        Assert.True(await world.Get<Recipients>().IsSuppressedAsync(recipient, null, Cancel));
    }
}
