using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Sending;

/// <summary>What the product says of who wants no mail, and what it cannot undo. Ann's message is planned by day 7 and leaves on day 8.</summary>
public sealed class ProductOptOutTests
{
    private static readonly ValueModel Model = StoryModels.OfPeople with
    {
        Outreach = StoryModels.OfPeople.Outreach with { WarmUpHours = 8 * 24 },
    };

    [Theory]
    [InlineData("unsubscribed", true, "the person's trait unsubscribed is true")]
    [InlineData("Unsubscribed", "1", "the person's trait unsubscribed is 1")]
    [InlineData("unsubscribed_at", "2025-03-05", "the person's trait unsubscribedAt is 2025-03-05")]
    [InlineData("email_opt_out", "TRUE", "the person's trait emailOptOut is TRUE")]
    [InlineData("hs_email_optout", true, "the person's trait hs_email_optout is true")]
    [InlineData("email_subscription_status", "unsubscribed", "the person's trait email_subscription_status is unsubscribed")]
    [InlineData("emailSubscriptionStatus", "Opted-Out", "the person's trait email_subscription_status is Opted-Out")]
    [InlineData("marketing_consent", false, "the person's trait marketingConsent is false")]
    [InlineData("acceptsMarketing", "no", "the person's trait acceptsMarketing is no")]
    public async Task A_trait_stops_mail(string trait, object value, string reason)
    {
        foreach (int day in (int[])[0, 7])
            Assert.Equal($"suppressed: {reason}", await OutcomeAsync(ann => ann.Identifies().With(trait, value).At(12).On(day)));
    }

    [Theory]
    [InlineData("unsubscribed", false)]
    [InlineData("unsubscribed", "")]
    [InlineData("emailOptOut", "no")]
    [InlineData("email_subscription_status", "subscribed")]
    [InlineData("marketing_consent", true)]
    [InlineData("marketing_consent", "2025-03-01")]
    [InlineData("newsletter", "never")]
    public async Task A_trait_that_refuses_nothing_stops_nothing(string trait, object value) =>
        Assert.Equal("sent", await OutcomeAsync(ann => ann.Identifies().With(trait, value).On(7)));

    [Theory]
    [InlineData("Unsubscribed")]
    [InlineData("Email Unsubscribed")]
    [InlineData("Email Marked as Spam")]
    [InlineData("unsubscribed")]
    [InlineData("email_unsubscribed")]
    [InlineData("emailOptedOut")]
    [InlineData("EMAIL MARKED AS SPAM")]
    public async Task An_event_stops_mail_and_a_later_one_takes_it_back(string name)
    {
        Assert.Equal("suppressed: the person opted out in the product", await OutcomeAsync(ann => ann.Tracks(name).At(12).On(7)));
        Assert.Equal("sent", await OutcomeAsync(ann => ann.Tracks(name).On(2).Tracks("Resubscribed").On(5)));
        Assert.Equal("sent", await OutcomeAsync(ann => ann.Tracks(name).On(2).Tracks("email_resubscribed").On(5)));
        Assert.Equal(
            "suppressed: the person opted out in the product",
            await OutcomeAsync(ann => ann.Tracks("Resubscribed").On(2).Tracks(name).On(5))
        );
    }

    [Fact]
    public async Task A_refused_category_stops_mail_until_it_is_given()
    {
        Assert.Equal(
            "suppressed: the person refused the category marketing",
            await OutcomeAsync(ann => ann.Browses().Consenting("Marketing", false).At(12).On(7))
        );
        Assert.Equal("sent", await OutcomeAsync(ann => ann.Browses().Consenting("Analytics", false).On(7)));
        Assert.Equal(
            "sent",
            await OutcomeAsync(ann => ann.Browses().Consenting("email", false).On(2).Browses().Consenting("email", true).On(5))
        );
    }

    [Fact]
    public async Task Any_word_that_stands_is_enough()
    {
        Assert.Equal(
            "suppressed: the person's trait marketingConsent is false",
            await OutcomeAsync(ann => ann.Identifies().With("marketingConsent", false).On(2).Identifies().With("unsubscribed", false).On(5))
        );
        // Late and out of order: the time of the event counts.
        Assert.Equal(
            "suppressed: the person's trait unsubscribed is true",
            await OutcomeAsync(ann =>
                ann.Identifies().With("unsubscribed", false).Late(TimeSpan.FromDays(3)).On(2).Identifies().With("unsubscribed", true).On(4)
            )
        );
    }

    [Theory]
    [InlineData("unsubscribed", false)]
    [InlineData("email_subscription_status", "subscribed")]
    [InlineData("marketingConsent", true)]
    public async Task The_product_never_undoes_what_the_person_said_by_a_link(string trait, object value) =>
        Assert.Equal(
            "suppressed: the recipient unsubscribed",
            await OutcomeAsync(
                ann => ann.Identifies().With(trait, value).On(6).Tracks("Resubscribed").On(6),
                async world =>
                    await world
                        .Get<ISuppressions>()
                        .UnsubscribeAsync(
                            world.RecipientKey.Of("ann@example.com"),
                            null,
                            "one-click:x",
                            world.At(0),
                            TestContext.Current.CancellationToken
                        )
            )
        );

    [Fact]
    public async Task It_holds_at_the_address_whoever_has_it()
    {
        Assert.Equal(
            "suppressed: the product says that the recipient wants no mail",
            await OutcomeAsync(ann =>
                ann.World.Given("other").Identifies().With("email", "<ANN@example.com>").With("emailOptOut", true).At(13).On(7)
            )
        );
        // The address becomes known after the wish.
        Assert.Equal(
            "suppressed: the product says that the recipient wants no mail",
            await OutcomeAsync(ann =>
                ann.World.Given("other").Identifies().With("emailOptOut", true).On(1).Identifies().With("email", "ann@example.com").On(7)
            )
        );
        // Another person's word takes nobody's back.
        Assert.Equal(
            "suppressed: the person's trait emailOptOut is true",
            await OutcomeAsync(ann =>
                ann.Identifies()
                    .With("emailOptOut", true)
                    .On(3)
                    .World.Given("other")
                    .Identifies()
                    .With("email", "ann@example.com")
                    .With("emailOptOut", false)
                    .On(5)
            )
        );
        // Of another person it is taken back by that one.
        Assert.Equal(
            "sent",
            await OutcomeAsync(ann =>
                ann.World.Given("other")
                    .Identifies()
                    .With("email", "ann@example.com")
                    .With("emailOptOut", true)
                    .On(3)
                    .Identifies()
                    .With("emailOptOut", false)
                    .On(5)
            )
        );
    }

    [Fact]
    public async Task Told_in_one_account_it_holds_in_the_persons_others()
    {
        var world = await SignalsWorld.WithAsync(Model with { Accounts = AccountsMode.Group });
        world.Given("ann").Joins("acme").On(0).HasEmail().Browses().On(0, 2, 4, 6);
        world.Given("ann").Identifies().With("email", "ann@example.com").With("unsubscribed", true).In("zeta").On(5);

        await world.AdvanceToAsync(day: 11);

        var record = Assert.Single(await world.MessagesAsync("acme"));
        Assert.Equal((OutreachState.Suppressed, "the product says that the recipient wants no mail"), (record.State, record.Reason));
    }

    [Fact]
    public async Task What_an_anonymous_visitor_refused_holds_when_it_turns_out_who_they_are()
    {
        var world = await SignalsWorld.WithAsync(Model with { Accounts = AccountsMode.Group });
        world.Given("ann").Browses().Consenting("marketing", false).On(0);
        world.Given("ann").Joins("acme").On(1).HasEmail(day: 1).Browses().On(2, 4, 6);

        await world.AdvanceToAsync(day: 11);

        Assert.All(await world.MessagesAsync("acme"), record => Assert.Equal(OutreachState.Suppressed, record.State));
        Assert.True(
            (
                await world.Get<Recipients>().GetAsync(world.RecipientKey.Of("ann@example.com"), TestContext.Current.CancellationToken)
            ).IsRefusedByProduct
        );
    }

    [Theory]
    [InlineData(false, "suppressed: the person's trait unsubscribed is true")]
    [InlineData(true, "sent")]
    public async Task Notices_are_left_where_the_model_says_so(bool leaves, string expected)
    {
        var model = Model with
        {
            Billing = new BillingDefinition { Failed = ["Payment Failed"] },
            OptOut = new OptOutDefinition { LeavesNotices = leaves },
        };
        var world = await SignalsWorld.WithAsync(model);
        world.Given("ann").HasEmail().Works(0, 11).Tracks("Payment Failed").On(5).Identifies().With("unsubscribed", true).On(1);

        await world.AdvanceToAsync(day: 11);

        Assert.Equal(expected, Outcome(Assert.Single(await world.MessagesAsync("ann"))));
    }

    [Fact]
    public async Task The_words_are_the_models()
    {
        var optOut = new ModelFile()
            .With(
                "optOut",
                """
                { "traits": { "newsletter": ["never", "Opted Out"], "marketing_consent": null, "muted": true }, "events": ["Mail Off"],
                  "returned": ["Mail On"], "categories": ["C0004"], "stops": "help" }
                """
            )
            .ReadValid()
            .OptOut;
        var model = Model with { OptOut = optOut };

        Assert.True(optOut.LeavesNotices);
        Assert.StartsWith("suppressed", await OutcomeAsync(ann => ann.Identifies().With("Newsletter", "opted_out").On(5), model: model));
        Assert.StartsWith("suppressed", await OutcomeAsync(ann => ann.Identifies().With("unsubscribed", true).On(5), model: model));
        Assert.StartsWith("suppressed", await OutcomeAsync(ann => ann.Tracks("Mail Off").On(5), model: model));
        Assert.StartsWith("suppressed", await OutcomeAsync(ann => ann.Browses().Consenting("C0004", false).On(5), model: model));
        Assert.Equal("sent", await OutcomeAsync(ann => ann.Identifies().With("marketing_consent", false).On(5), model: model));
        Assert.Equal("sent", await OutcomeAsync(ann => ann.Tracks("Unsubscribed").On(5), model: model));
    }

    [Theory]
    [InlineData("""{ "traits": { "x": "yes" } }""", "optOut.traits.x: found \"yes\", expected true, false, a list")]
    [InlineData("""{ "traits": { "x": [] } }""", "optOut.traits.x: found a list, expected true, false, a list")]
    [InlineData("""{ "traits": { "--": true } }""", "optOut.traits.--: found \"--\", expected a trait's name")]
    [InlineData("""{ "events": ["A"], "returned": ["A"] }""", "optOut.returned: found \"A\", expected events that are not in \"events\"")]
    [InlineData(
        """{ "events": ["Mail Off"], "returned": ["mail_off"] }""",
        "optOut.returned: found \"mail_off\", expected events that are not in"
    )]
    [InlineData(
        """{ "traits": { "x1": true, "X-1": false } }""",
        "optOut.traits.X-1: found \"X-1\" a second time, expected each trait once"
    )]
    [InlineData("""{ "stops": "some" }""", "optOut.stops: found \"some\", expected one of \"all\", \"help\"")]
    [InlineData("""{ "trait": {} }""", "optOut.trait: found an unknown property, expected a known one: did you mean \"traits\"?")]
    public void A_mistake_in_the_model_is_told(string optOut, string expected) =>
        Assert.StartsWith(expected, Assert.Single(new ModelFile().With("optOut", optOut).Errors()), StringComparison.Ordinal);

    private static async Task<string> OutcomeAsync(
        Func<PersonStory, object> says,
        Func<SignalsWorld, Task>? given = null,
        ValueModel? model = null
    )
    {
        var world = await SignalsWorld.WithAsync(model ?? Model);
        var ann = world.Given("ann").HasEmail().Browses().On(0, 2, 4, 6);
        says(ann);
        await (given?.Invoke(world) ?? Task.CompletedTask);
        await world.AdvanceToAsync(day: 11);
        return Outcome(Assert.Single(await world.MessagesAsync("ann")));
    }

    private static string Outcome(OutreachRecord record) =>
        record.State == OutreachState.Sent ? "sent" : $"{record.State.Name()}: {record.Reason}";
}
