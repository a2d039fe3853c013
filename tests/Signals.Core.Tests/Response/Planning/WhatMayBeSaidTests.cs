using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.Delight;
using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Planning;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.Collection;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.Storage;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Planning;

/// <summary>
/// For each variable that a sentence of a mail hangs on: who is told it, and their neighbour to whom the same sentence would not be true.
/// The ends of trials and terms have tests of their own (<see cref="TrialEndTests"/>), and so have greetings (<see cref="GreetingNameTests"/>).
/// </summary>
public sealed class WhatMayBeSaidTests
{
    private const int Today = 20_000;

    /// <summary>Ten floors of 15 minutes.</summary>
    private const double Hours = 150;

    private static readonly string Praise = "It saved us a day.";

    private static readonly ValueModel Model = StoryModels.OfGroups.WithSetUp().WithFeatures() with
    {
        Billing = new BillingDefinition
        {
            Failed = ["Payment Failed"],
            Recovered = ["Payment Succeeded"],
            Amount = "amount",
        },
        Friction =
        [
            new FrictionKind("errors", "errors", ["Error"]) { Fixed = "Fewer now." },
            new FrictionKind("adverts", "adverts", ["Advert"]),
        ],
        Sunsets =
        [
            new Sunset
            {
                Feature = "exports",
                Announced = DateOnly.FromDayNumber(Today - 10),
                LastOrder = DateOnly.FromDayNumber(Today + 5),
                Ends = DateOnly.FromDayNumber(Today + 60),
                NoticeDays = [30],
                Why = "Why",
                Terms = "Terms",
                ReplacementFeature = "feeds",
                Differences = "None",
                Steps = [],
            },
        ],
    };

    private readonly AccountState _account = new(AccountKey.Group("acme"), "acme");
    private readonly PersonState _ann = new(PersonKey.User("ann"));

    [Fact]
    public void A_team_is_one_where_groups_are_the_accounts_and_a_person_alone_is_none()
    {
        var alone = new AccountState(AccountKey.Own(_ann.Key), "ann");

        Assert.True(Said(CauseIds.UsageDrop).IsTeam);
        Assert.False(Contents.For(Context(alone, Model), _ann, CauseIds.UsageDrop, null, "en", "").IsTeam);
    }

    [Theory]
    [InlineData(Hours, true)]
    [InlineData(15, false)]
    public void Who_got_hours_of_value_knows_the_way_around_and_who_got_minutes_does_not(double minutes, bool isExperienced)
    {
        Did(_ann.History, "Video Watched", daysAgo: 3, "minutes", minutes);

        Assert.Equal(isExperienced, Said(CauseIds.ChampionLeft).IsExperienced);
    }

    [Fact]
    public void The_hours_of_a_colleague_make_nobody_else_experienced()
    {
        Did(_account.History, "Video Watched", daysAgo: 3, "minutes", Hours);

        Assert.False(Said(CauseIds.ChampionLeft).IsExperienced);
    }

    [Fact]
    public void Tries_and_failures_of_a_step_are_the_readers_own()
    {
        Did(_ann.History, "Import Started", daysAgo: 2);
        Did(_ann.History, "Import Failed", daysAgo: 2);
        Did(_ann.History, "Import Failed", daysAgo: 1);
        Did(_account.History, "Import Failed", daysAgo: 1);

        Assert.Equal((1, 2), Step(_ann));
        Assert.Equal((0, 0), Step(new PersonState(PersonKey.User("bob"))));
    }

    [Theory]
    [InlineData("Export Completed", true)]
    [InlineData("Report Shared", false)]
    public void A_feature_was_used_once_anybody_of_the_account_did_whenever_that_was(string used, bool wasUsed)
    {
        Did(_account.History, used, daysAgo: 200);

        Assert.Equal(wasUsed, Said(CauseIds.FeaturesUnused, "exports").Feature!.WasUsed);
    }

    [Fact]
    public void Nobody_is_shown_where_to_begin_with_what_they_work_with_already()
    {
        Did(_ann.History, "Report Shared", daysAgo: 89);
        Assert.Null(Said(CauseIds.NeverTookOff).Feature);

        var bob = new PersonState(PersonKey.User("bob"));
        Did(bob.History, "Report Shared", daysAgo: 90);
        Assert.Equal("reports", Said(CauseIds.NeverTookOff, person: bob).Feature!.Id);
    }

    [Fact]
    public void Kind_words_are_quoted_to_who_wrote_them_and_to_nobody_else()
    {
        Answers(TextSentiment.Positive, Praise);

        Assert.Equal(Praise, Delighted(_ann).Praise);
        Assert.Equal("", Delighted(new PersonState(PersonKey.User("bob"))).Praise);
    }

    [Fact]
    public void Words_are_no_praise_where_nobody_understood_them_as_such_or_another_answer_came_after_them()
    {
        Answers(TextSentiment.Positive, Praise, daysAgo: 3);
        Answers(TextSentiment.Negative, "It broke.", daysAgo: 2);
        Assert.Equal("", Delighted(_ann).Praise);

        Answers(null, "It is back.", daysAgo: 1);
        Assert.Equal("", Delighted(_ann).Praise);
    }

    [Fact]
    public void A_score_without_words_and_a_long_letter_are_not_quoted()
    {
        Answers(TextSentiment.Positive, null);
        Assert.Equal("", Delighted(_ann).Praise);

        Answers(TextSentiment.Positive, new string('x', 201), daysAgo: 0);
        Assert.Equal("", Delighted(_ann).Praise);
    }

    [Fact]
    public void Who_gives_reasons_for_leaving_takes_back_no_praise_and_adds_none()
    {
        Answers(TextSentiment.Positive, "Nice, but no.", kind: FeedbackKind.Leaving);
        Assert.Equal("", Delighted(_ann).Praise);

        Answers(TextSentiment.Positive, Praise, daysAgo: 2);
        Assert.Equal(Praise, Delighted(_ann).Praise);
    }

    [Theory]
    [InlineData(DelightRule.PraiseDetail, true)]
    [InlineData("rise", false)]
    public void Praise_is_quoted_where_that_is_what_the_thanks_are_for(string moment, bool isQuoted)
    {
        Answers(TextSentiment.Positive, Praise);

        var said = Said(CauseIds.Delight, moment);

        Assert.Equal((moment, isQuoted ? Praise : ""), (said.Moment, said.Praise));
    }

    [Fact]
    public void No_other_cause_has_a_moment_to_thank_for()
    {
        Answers(TextSentiment.Positive, Praise);

        var said = Said(CauseIds.UsageDrop, DelightRule.PraiseDetail);

        Assert.Equal(("", ""), (said.Moment, said.Praise));
    }

    [Fact]
    public void A_payment_is_the_last_that_failed_with_its_amount_and_day()
    {
        Did(_account.History, "Payment Failed", daysAgo: 9, "amount", 20);
        Did(_account.History, "Payment Failed", daysAgo: 2, "amount", 49.5);

        Assert.Equal(new MessagePayment("49.50 USD", DayOf(Today - 2)), Said(CauseIds.PaymentFailing).Payment);
        Assert.Null(Said(CauseIds.UsageDrop).Payment);
    }

    [Fact]
    public void Where_no_amount_came_none_is_said_and_where_nothing_failed_no_payment()
    {
        Assert.Null(Said(CauseIds.PaymentFailing).Payment);

        Did(_account.History, "Payment Failed", daysAgo: 2);
        Assert.Equal(new MessagePayment("", DayOf(Today - 2)), Said(CauseIds.PaymentFailing).Payment);
    }

    [Fact]
    public void What_was_done_about_friction_is_said_where_the_model_says_it()
    {
        Assert.Equal(("errors", "Fewer now."), (Said(CauseIds.Friction, "errors").Friction, Said(CauseIds.Friction, "errors").Fixed));
        Assert.Equal(("adverts", ""), (Said(CauseIds.Friction, "adverts").Friction, Said(CauseIds.Friction, "adverts").Fixed));
        Assert.Equal(("", ""), (Said(CauseIds.UsageDrop, "errors").Friction, Said(CauseIds.UsageDrop, "errors").Fixed));
    }

    [Theory]
    [InlineData("exports", 5)]
    [InlineData("feeds", 0)]
    public void A_notice_counts_the_days_left_to_whom_it_reminds_of_the_same_sunset(string toldOf, int daysLeft)
    {
        Assert.Equal(0, Said(CauseIds.FeatureSunset, "exports").Sunset!.DaysLeft);

        _ann.Outreach.Add(new OutreachMemory(CauseIds.FeatureSunset, toldOf, Days.Start(Today - 5), "o", _ann.Key.Value));
        Assert.Equal(daysLeft, Said(CauseIds.FeatureSunset, "exports").Sunset!.DaysLeft);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(6, false)]
    public void The_last_order_is_near_until_its_day_is_over(int daysLater, bool isNear) =>
        Assert.Equal(
            isNear,
            Contents.Of(CauseIds.FeatureSunset, "exports", "en", "", null, null, Today + daysLater).Sunset!.IsLastOrderNear
        );

    [Fact]
    public void An_account_is_called_by_the_name_it_has_and_never_by_its_id()
    {
        Assert.Equal(("acme", ""), (Said(CauseIds.UsageDrop).AccountId, Said(CauseIds.UsageDrop).AccountName));

        _account.Profile.Set(Traits.Name, "Acme Ltd", Days.Start(Today - 1), 1);
        Assert.Equal("Acme Ltd", Said(CauseIds.UsageDrop).AccountName);
    }

    [Fact]
    public void A_step_or_sunset_that_the_model_does_not_know_any_more_is_not_spoken_of()
    {
        Assert.Null(Said(CauseIds.OnboardingStalled, "gone").Step);
        Assert.Null(Said(CauseIds.FeatureSunset, "gone").Sunset);
        Assert.Null(Said(CauseIds.Friction, "import").Step);
    }

    private static MessageContents Contents { get; } = new(Model);

    private (int Tries, int Failures) Step(PersonState person)
    {
        var step = Said(CauseIds.OnboardingStalled, "import", person).Step!;
        return (step.Tries, step.Failures);
    }

    private MessageVariables Delighted(PersonState person) => Said(CauseIds.Delight, DelightRule.PraiseDetail, person);

    private MessageVariables Said(string cause, string? detail = null, PersonState? person = null) =>
        Contents.For(Context(_account, Model), person ?? _ann, cause, detail, "en", "");

    private static AccountContext Context(AccountState account, ValueModel model) =>
        AccountContext.Of(account, null, model, new KnownEvents(new InMemoryEntityStore(), TimeProvider.System), Today);

    private static void Did(History history, string name, int daysAgo, string? property = null, double amount = 0) =>
        history.Record(
            name,
            Days.Start(Today - daysAgo).AddHours(9),
            mentioned: true,
            property is null ? [] : [PropertySum.Of(History.PropertyKey(name, property), amount)]
        );

    private void Answers(TextSentiment? sentiment, string? words, int daysAgo = 1, FeedbackKind kind = FeedbackKind.Nps) =>
        _account.Feedback.Add(
            new FeedbackAnswer(
                Days.Start(Today - daysAgo).AddHours(9),
                1,
                kind,
                kind == FeedbackKind.Leaving ? double.NaN : 9,
                null,
                words,
                _ann.Key.Value
            )
            {
                Words = sentiment is { } understood ? new CustomerWords(understood, 0.9, []) : null,
            }
        );

    private static string DayOf(int day) => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd");
}
