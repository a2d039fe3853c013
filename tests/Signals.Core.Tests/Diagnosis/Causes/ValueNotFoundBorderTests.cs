using Signals.Core.Diagnosis.Causes.ValueNotFound;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>The borders of the rule, on numbers: somebody who came on two days and found little.</summary>
public sealed class ValueNotFoundBorderTests
{
    private const int Today = 740_000;

    [Theory]
    [InlineData(7.49, true)]
    [InlineData(7.5, false)]
    public void Half_a_window_asks_for_half_of_the_floor(double minutes, bool found)
    {
        var ann = CameFirst(daysAgo: 14);
        ann.History.Record(
            "Video Watched",
            Days.Start(Today - 1),
            true,
            [PropertySum.Of(History.PropertyKey("Video Watched", "minutes"), minutes)]
        );

        Assert.Equal(found, IsFound(ann, Account(), StoryModels.OfGroups));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void It_is_late_once_half_of_the_others_had_found_it(int others, bool found)
    {
        var start = new StartNorms();
        for (int i = 0; i < 20; i++)
            start.AddPerson([i < others, i < others, i < others]);
        var norms = new CohortNorms { Fingerprint = "story", Start = start };

        Assert.Equal(found, IsFound(CameFirst(daysAgo: 3), Account(), StoryModels.OfGroups, norms));
    }

    [Theory]
    [InlineData("Import Started", false)]
    [InlineData("Import Failed", false)]
    [InlineData("Profile Opened", true)]
    public void Only_a_step_of_the_whole_account_keeps_the_others_waiting(string begun, bool found)
    {
        var account = Account();
        account.History.Record(begun, Days.Start(Today - 5), true, []);

        Assert.Equal(found, IsFound(CameFirst(daysAgo: 14), account, StoryModels.OfGroups.WithSetUp()));
    }

    [Fact]
    public void A_step_that_is_done_keeps_nobody_waiting()
    {
        var account = Account();
        account.History.Record("Import Started", Days.Start(Today - 5), true, []);
        account.History.Record("Users Imported", Days.Start(Today - 4), true, []);

        Assert.True(IsFound(CameFirst(daysAgo: 14), account, StoryModels.OfGroups.WithSetUp()));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Machines_that_make_the_floors_value_make_it_for_everybody(int reports, bool found)
    {
        var account = Account();
        for (int i = 0; i < reports; i++)
            account.History.Record("Report Shared", Days.Start(Today - 5), true, []);
        var machines = new LeaveOutRule("keys") { GivesValue = true };

        var model = StoryModels.OfGroups;
        Assert.Equal(found, IsFound(CameFirst(daysAgo: 14), account, model with { People = model.People with { LeaveOut = [machines] } }));
    }

    /// <summary>Somebody was counted in it, so that a day without anybody tells something.</summary>
    private static AccountState Account()
    {
        var account = new AccountState(AccountKey.Group("acme"), "acme");
        account.History.Record("Opened", Days.Start(Today - 30), true, []);
        account.History.AddPeople(Today - 30, 1);
        return account;
    }

    private static PersonState CameFirst(int daysAgo)
    {
        var person = new PersonState(PersonKey.User("ann"));
        person.History.Record("Opened", Days.Start(Today - daysAgo), true, []);
        person.History.Record("Opened", Days.Start(Today - daysAgo + 1), true, []);
        return person;
    }

    private static bool IsFound(PersonState person, AccountState account, ValueModel model, CohortNorms? norms = null) =>
        new ValueNotFoundRule().Assess(
            AccountContexts.Of(person, AccountContexts.Of(account, model, Today) with { Norms = norms ?? CohortNorms.None })
        )
            is not null;
}
