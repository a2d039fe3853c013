using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Alerts;

/// <summary>Whom an alert names to talk to.</summary>
public sealed class AlertContactsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_left_is_nobody_to_talk_to_and_who_could_take_over_comes_first()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        var team = world.Team("acme", 3);
        team[0].HasEmail("ann@acme.example").Identifies().With("role", "admin").On(0).Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        team[1].HasEmail("bo@acme.example").Works(0, 90);
        team[2].HasEmail("cy@acme.example").Identifies().With("role", "admin").On(0).Tracks("Report Shared").On(3, 20, 50);
        await world.AdvanceToAsync(day: 76);
        Assert.Equal("u_ann", Assert.Single((await world.CauseAsync("acme", CauseIds.ChampionLeft))!.People!));

        Assert.Equal(["bo@acme.example", "cy@acme.example, admin"], await ContactsAsync(world, CauseIds.ChampionLeft));
        Assert.DoesNotContain(await ContactsAsync(world, CauseIds.UsageDrop), name => name.StartsWith("ann", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_is_named_where_the_only_one_left()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        var team = world.Team("acme", 2);
        team[0].HasEmail("ann@acme.example").Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        team[1].Browses().On(1, 5);
        await world.AdvanceToAsync(day: 76);
        Assert.NotNull(await world.CauseAsync("acme", CauseIds.ChampionLeft));

        Assert.Empty(await ContactsAsync(world, CauseIds.ChampionLeft));
    }

    private static async Task<IEnumerable<string>> ContactsAsync(SignalsWorld world, string cause)
    {
        var account = (await world.AccountAsync("acme"))!;
        var alert = new Alert
        {
            Id = "alert",
            Account = account.Key.Value,
            AccountId = "acme",
            AccountName = "Acme",
            Level = RiskLevel.Critical,
            Causes = [new AlertCause(cause, null, 0, 0.9, null)],
            RaisedAt = world.At(76),
            WorseAt = world.At(76),
        };
        return (await world.Get<AlertContacts>().OfAsync(account, alert, Cancel)).Select(contact => contact.Name);
    }
}
