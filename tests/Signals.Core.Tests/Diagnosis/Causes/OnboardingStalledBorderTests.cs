using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.OnboardingStalled;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>The borders of the rule, on numbers: one person of an account, and a step of each kind.</summary>
public sealed class OnboardingStalledBorderTests
{
    private const int Today = 740_000;

    private static readonly ValueModel Model = StoryModels.OfGroups.WithSetUp();

    private readonly AccountState _account = new(AccountKey.Group("acme"), "acme") { People = 1 };
    private readonly PersonState _person = new(PersonKey.User("ann"));

    [Theory]
    [InlineData(1, 0.75)]
    [InlineData(2, 0.9)]
    public void A_second_failure_makes_it_sure(int failures, double confidence)
    {
        Both("Opened", daysAgo: 1);
        for (int i = 0; i < failures; i++)
            Both("Import Failed", daysAgo: 0);

        Assert.Equal(("import", confidence), Found());
    }

    [Fact]
    public void Of_two_steps_the_surer_is_told()
    {
        Both("Opened", daysAgo: 10);
        Person("Profile Opened", daysAgo: 2);

        Assert.Equal(("profile", 0.75), Found());
    }

    [Fact]
    public void Of_two_alike_the_first_is_told()
    {
        Both("Opened", daysAgo: 10);

        Assert.Equal(("import", 0.6), Found());
    }

    [Fact]
    public void One_of_many_who_tried_and_failed_once_each_is_concerned()
    {
        _account.People = 50;
        Both("Profile Saved", daysAgo: 10);
        Both("Import Started", daysAgo: 2);
        Both("Import Failed", daysAgo: 2);

        Assert.Equal(("import", 0.75), Found());
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void An_accounts_step_is_for_its_first_people(int people, bool found)
    {
        _account.People = people;
        Both("Profile Saved", daysAgo: 10);

        Assert.Equal(found, Find() is not null);
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void It_is_history_so_long_after_the_last_try(int daysAgo, bool found)
    {
        Both("Opened", daysAgo: 120);
        Both("Profile Saved", daysAgo: 120);
        Person("Import Started", daysAgo);

        Assert.Equal(found, Find() is not null);
    }

    [Theory]
    [InlineData(8, 6)]
    [InlineData(6, 8)]
    public void A_failure_is_told_with_the_day_of_the_last_try(int failed, int tried)
    {
        Both("Profile Saved", daysAgo: 10);
        Both("Import Failed", failed);
        Both("Import Started", tried);

        Assert.Equal(Days.Date(Today - 6), Find()!.Evidence[0].Since);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void A_step_whose_time_was_not_watched_may_have_been_done(int seenAfter, bool found)
    {
        _account.Profile.Set(Traits.CreatedAt, Days.Date(Today - 40).ToString("O"), SignalsWorld.Start, 1);
        Both("Profile Saved", daysAgo: 40 - seenAfter);

        Assert.Equal(found, Find() is not null);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void A_persons_step_is_counted_from_when_they_came_themselves(int seenAfter, bool found)
    {
        _account.Profile.Set(Traits.CreatedAt, Days.Date(Today - 70).ToString("O"), SignalsWorld.Start, 1);
        _person.Profile.Set(Traits.CreatedAt, Days.Date(Today - 40).ToString("O"), SignalsWorld.Start, 1);
        Account("Users Imported", daysAgo: 60);
        Both("Opened", daysAgo: 40 - seenAfter);

        Assert.Equal(found, Find()?.Detail == "profile");
    }

    [Theory]
    [InlineData(3, "done")]
    [InlineData(4, "done by")]
    public void While_the_time_runs_nothing_should_have_been_done_by_a_day(int age, string expected)
    {
        Both("Profile Saved", age);
        Both("Import Failed", age);

        Assert.StartsWith(expected, Find()!.Evidence[1].Expected.En, StringComparison.Ordinal);
        Assert.Equal(expected == "done", Find()!.Evidence[1].Expected.En == "done");
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(75, 0.75)]
    [InlineData(120, 0)]
    [InlineData(200, 0)]
    public void It_matters_less_from_the_third_month_on(int age, double freshness)
    {
        Both("Opened", age);

        Assert.Equal(freshness, new OnboardingStalledCause().Freshness(AccountContexts.Of(_account, Model, Today)));
    }

    private void Both(string name, int daysAgo)
    {
        Account(name, daysAgo);
        Person(name, daysAgo);
    }

    private void Account(string name, int daysAgo) => Record(_account.History, name, daysAgo);

    private void Person(string name, int daysAgo) => Record(_person.History, name, daysAgo);

    private static void Record(History history, string name, int daysAgo) => history.Record(name, Days.Start(Today - daysAgo), true, []);

    private RuleFinding? Find() =>
        new OnboardingStalledRule().Assess(AccountContexts.Of(_person, AccountContexts.Of(_account, Model, Today)));

    private (string? Step, double Confidence) Found() => (Find()!.Detail, Find()!.Confidence);
}
