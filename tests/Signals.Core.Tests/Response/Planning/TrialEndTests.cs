using System.Globalization;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Planning;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.Storage;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Planning;

/// <summary>What is worth saying before a trial or a term ends, and after it.</summary>
public sealed class TrialEndTests
{
    private const string Day = "2026-03-12";

    private static readonly ValueModel Model = StoryModels.OfGroups.WithSetUp().WithFeatures();

    [Theory]
    [InlineData("2026-02-25", "", false)]
    [InlineData("2026-02-26", Day, false)]
    [InlineData("2026-03-08", Day, false)]
    [InlineData("2026-03-09", Day, true)]
    [InlineData("2026-03-11", Day, true)]
    // There is no day left to do anything on.
    [InlineData("2026-03-12", Day, false)]
    [InlineData("2026-03-13", "", false)]
    public void Its_end_is_told_for_two_weeks_and_that_there_is_time_for_one_thing_in_the_last_days(string today, string ends, bool soon)
    {
        var said = Said(today, trialEndsAt: Day);

        Assert.Equal((ends, soon), (said.TrialEndsOn, said.TrialEndsSoon));
    }

    [Fact]
    public void What_waits_to_leave_says_what_is_true_on_the_day_it_does()
    {
        var planned = Said("2026-03-07", trialEndsAt: Day);

        Assert.False(planned.TrialEndsSoon);
        Assert.True(planned.On(Number("2026-03-10")).TrialEndsSoon);
        Assert.Equal(("", false), (planned.On(Number("2026-03-13")).TrialEndsOn, planned.On(Number("2026-03-13")).TrialEndsSoon));
    }

    [Theory]
    [InlineData("2026-03-12", null, null, "")]
    [InlineData("2026-03-13", null, null, Day)]
    [InlineData("2026-03-26", null, null, Day)]
    [InlineData("2026-03-27", null, null, "")]
    // Who pays, or has a term, stayed.
    [InlineData("2026-03-13", "49", null, "")]
    [InlineData("2026-03-13", null, "2027-03-12", "")]
    public void That_it_ended_is_told_to_whom_nothing_says_to_have_stayed(string today, string? price, string? renewsOn, string ended) =>
        Assert.Equal(ended, Said(today, trialEndsAt: Day, price: price, renewalAt: renewsOn).TrialEndedOn);

    [Fact]
    public void A_terms_end_waits_while_the_trial_is_still_to_be_decided()
    {
        Assert.Equal("2026-03-20", Said("2026-03-10", renewalAt: "2026-03-20").RenewsOn);
        Assert.Equal("", Said("2026-03-10", trialEndsAt: Day, renewalAt: "2026-03-20").RenewsOn);
    }

    [Theory]
    [InlineData(CauseIds.FeaturesUnused, "2026-03-10", false)]
    [InlineData(CauseIds.FeaturesUnused, "2026-04-08", false)]
    [InlineData(CauseIds.FeaturesUnused, "2026-04-30", true)]
    [InlineData(CauseIds.Delight, "2026-03-10", false)]
    [InlineData(CauseIds.UsageDrop, "2026-03-10", true)]
    [InlineData(CauseIds.UsageDrop, "2026-03-20", false)]
    [InlineData(CauseIds.ChampionLeft, "2026-03-20", false)]
    [InlineData(CauseIds.NeverTookOff, "2026-03-20", true)]
    [InlineData(CauseIds.ValueNotFound, "2026-03-20", true)]
    public void Neither_tour_nor_question_why_they_do_less_for_whose_trial_ended(string cause, string today, bool fits)
    {
        var account = Account(today, trialEndsAt: Day);
        var person = new PersonState(PersonKey.User("ann"));

        Assert.Equal(fits, new MessageFitness(Model).Fits(account, person, new UsageView(person.History, Model), cause, null));
    }

    [Fact]
    public void Who_stayed_is_asked_why_they_do_less()
    {
        var account = Account("2026-03-20", trialEndsAt: Day, price: "49");
        var person = new PersonState(PersonKey.User("ann"));

        Assert.True(new MessageFitness(Model).Fits(account, person, new UsageView(person.History, Model), CauseIds.UsageDrop, null));
    }

    private static int Number(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;

    private static MessageVariables Said(string today, string? trialEndsAt = null, string? price = null, string? renewalAt = null) =>
        new MessageContents(Model).For(
            Account(today, trialEndsAt, price, renewalAt),
            new PersonState(PersonKey.User("ann")),
            CauseIds.NeverTookOff,
            null,
            "en",
            ""
        );

    private static AccountContext Account(string today, string? trialEndsAt = null, string? price = null, string? renewalAt = null)
    {
        var start = Days.Start(Number("2026-02-01"));
        var account = new AccountState(AccountKey.Group("acme"), "acme");
        account.History.Record("Something Else", start, false, []);
        foreach (var (trait, value) in new[] { (Traits.TrialEndsAt, trialEndsAt), (Traits.Price, price), (Traits.RenewalAt, renewalAt) })
            account.Profile.Set(trait, value, start, 1);
        return AccountContext.Of(account, null, Model, new KnownEvents(new InMemoryEntityStore(), TimeProvider.System), Number(today));
    }
}
