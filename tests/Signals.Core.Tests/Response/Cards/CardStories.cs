using Signals.Core.Model;
using Signals.Core.Response.Cards;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;
using Signals.Core.State.Identity;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Cards;

/// <summary>A card is the message: whoever sees it gets no mail, and whoever does not gets it later.</summary>
public sealed class CardStories
{
    private const int AfterTheWait = 7;

    [Fact]
    public async Task A_card_stands_before_any_mail_with_the_words_of_the_mail()
    {
        var world = await CardRig.StuckAsync();
        var card = await world.CardAsync();
        Assert.NotNull(card);
        Assert.Equal("onboarding-stalled for ", card.Words!.Title);
        Assert.Equal("https://nimbus.example/import", card.Words.Step!.Url);
        Assert.Equal(CardKinds.Help, card.Kind);
        Assert.DoesNotContain(CardRig.Ann, card.Id, StringComparison.Ordinal);
        Assert.Equal(0, world.Mails());
        var record = await world.MessageAsync();
        Assert.Equal((OutreachState.Sent, CustomerChannels.InApp), (record.State, record.Channel));
    }

    [Fact]
    public async Task A_card_that_was_seen_is_the_message_and_no_mail_follows()
    {
        var world = await CardRig.StuckAsync();
        Assert.True(await world.SaysAsync(CardAnswer.Seen));
        Assert.Equal(OutreachState.Delivered, (await world.MessageAsync()).State);
        Assert.NotNull(await world.CardAsync());
        await world.AdvanceToAsync(day: 40);
        Assert.Equal(0, world.Mails());
        Assert.Null(await world.CardAsync());
    }

    [Fact]
    public async Task A_card_that_nobody_saw_gives_way_to_the_mail_after_its_hours()
    {
        var world = await CardRig.StuckAsync(CardRig.Model(playbook => playbook with { MailAfterHours = 30 }));
        var until = (await world.CardAsync())!.Life.Until;
        await world.AdvanceToAsync(until.AddMinutes(-1));
        Assert.Equal(0, world.Mails());
        await world.AdvanceToAsync(until.AddMinutes(10));
        Assert.Equal(1, world.Mails());
        Assert.Null(await world.CardAsync());
        var record = await world.MessageAsync();
        Assert.Equal((OutreachState.Sent, "email"), (record.State, record.Channel));
        Assert.NotNull(record.Card!.WithdrawnAt);
        Assert.True(record.StartsAsCard);
    }

    [Fact]
    public async Task Without_mail_in_the_playbook_an_unseen_card_just_ends()
    {
        var world = await CardRig.StuckAsync(CardRig.Model(playbook => playbook with { Channels = MessageChannels.InApp, GoalDays = 5 }));
        await world.AdvanceToAsync(day: 12);
        Assert.Equal(OutreachState.Expired, (await world.MessageAsync()).State);
        Assert.Equal(0, world.Mails());
        Assert.Null(await world.CardAsync());
    }

    [Theory]
    [InlineData(AfterDismissed.Nothing, 0)]
    [InlineData(AfterDismissed.Mail, 1)]
    public async Task After_a_card_was_put_away_the_playbook_says_whether_a_mail_comes(AfterDismissed after, int mails)
    {
        var world = await CardRig.StuckAsync(CardRig.Model(playbook => playbook with { AfterDismissed = after }));
        await world.SaysAsync(CardAnswer.Seen);
        var until = (await world.CardAsync())!.Life.Until;
        await world.SaysAsync(CardAnswer.Dismissed);
        Assert.Null(await world.CardAsync());
        await world.AdvanceToAsync(until.AddMinutes(-1));
        Assert.Equal(0, world.Mails());
        await world.AdvanceToAsync(until.AddMinutes(10));
        Assert.Equal(mails, world.Mails());
    }

    [Fact]
    public async Task A_step_that_was_taken_ends_the_card_and_no_mail_comes_even_where_putting_away_would_bring_one()
    {
        var world = await CardRig.StuckAsync(CardRig.Model(playbook => playbook with { AfterDismissed = AfterDismissed.Mail }));
        await world.SaysAsync(CardAnswer.Done);
        Assert.Null(await world.CardAsync());
        var record = await world.MessageAsync();
        Assert.Equal((OutreachState.Delivered, "its step was taken"), (record.State, record.Reason));
        await world.AdvanceToAsync(AfterTheWait);
        Assert.Equal(0, world.Mails());
    }

    /// <summary>Whoever takes a customer in hand themselves does not want the product to talk over them.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hold_takes_the_card_away_and_what_still_holds_is_said_after_it(bool isSeen)
    {
        var world = await CardRig.StuckAsync();
        if (isSeen)
            await world.SaysAsync(CardAnswer.Seen);
        var now = world.Clock.GetUtcNow();
        await world
            .Get<MessageHolds>()
            .HoldAsync(
                AccountKey.Own(PersonKey.User(CardRig.Ann)),
                now.AddDays(1),
                "marie@nimbus.example",
                "I call them today",
                TestContext.Current.CancellationToken
            );
        await world.RunAsync();

        Assert.Null(await world.CardAsync());
        var held = await world.MessageAsync();
        Assert.Equal(isSeen ? OutreachState.Delivered : OutreachState.Planned, held.State);
        await world.AdvanceToAsync(now.AddDays(1).AddMinutes(-1));
        Assert.Equal(0, world.Mails());
        await world.AdvanceToAsync(now.AddDays(4));
        Assert.Equal(isSeen ? 0 : 1, world.Mails());
    }

    [Fact]
    public async Task The_same_said_by_another_tab_or_device_changes_nothing()
    {
        var world = await CardRig.StuckAsync();
        string id = (await world.CardAsync())!.Id;
        await world.SaysAsync(CardAnswer.Done, id);
        var first = await world.MessageAsync();
        world.Clock.MoveTo(world.Clock.GetUtcNow().AddHours(1));
        foreach (var answer in Enum.GetValues<CardAnswer>())
            Assert.True(await world.SaysAsync(answer, id));
        Assert.Equal(first.Card, (await world.MessageAsync()).Card);
    }

    [Fact]
    public async Task Nobody_answers_a_card_of_another_or_of_nobody()
    {
        var world = await CardRig.StuckAsync();
        string id = (await world.CardAsync())!.Id;
        Assert.False(await world.SaysAsync(CardAnswer.Done, id, user: "ben"));
        Assert.False(await world.SaysAsync(CardAnswer.Done, "00000000000000000-0000000000000000"));
        Assert.NotNull(await world.CardAsync());
    }

    [Fact]
    public async Task A_goal_reached_takes_the_card_back_and_no_mail_comes()
    {
        var world = await CardRig.StuckAsync();
        world.Given(CardRig.Ann).Tracks("Users Imported").On(2);
        await world.AdvanceToAsync(day: 2);
        Assert.Null(await world.CardAsync());
        Assert.Equal(OutreachState.Suppressed, (await world.MessageAsync()).State);
        await world.AdvanceToAsync(AfterTheWait);
        Assert.Equal(0, world.Mails());
    }

    [Fact]
    public async Task Who_is_held_out_by_lot_sees_no_card()
    {
        var model = CardRig.Model();
        var world = await CardRig.StuckAsync(model with { Outreach = model.Outreach with { Holdout = 1 } });
        Assert.Null(await world.CardAsync());
        var record = await world.MessageAsync();
        Assert.Equal((OutreachState.HeldOut, true), (record.State, record.StartsAsCard));
    }

    [Fact]
    public async Task A_card_takes_its_place_under_the_cap_and_gives_it_back_unseen()
    {
        var world = await CardRig.StuckAsync(CardRig.Model(playbook => playbook with { Channels = MessageChannels.InApp, GoalDays = 2 }));
        Assert.Single(await SendsAsync(world));
        await world.AdvanceToAsync(day: 8);
        Assert.Empty(await SendsAsync(world));
    }

    [Fact]
    public async Task A_card_that_was_seen_keeps_its_place_under_the_cap()
    {
        var world = await CardRig.StuckAsync();
        await world.SaysAsync(CardAnswer.Seen);
        await world.AdvanceToAsync(day: 8);
        Assert.Equal(OutreachState.Delivered, Assert.Single(await SendsAsync(world)).State);
    }

    [Fact]
    public async Task While_something_is_broken_no_card_is_shown()
    {
        var world = await CardRig.StuckAsync();
        Assert.NotNull(await world.CardAsync());
        var now = world.Clock.GetUtcNow();
        await world.RestartAsync(world.Model with { Incidents = [new Incident("Imports", now, now.AddHours(5), Apologises: true)] });
        Assert.Null(await world.CardAsync());
        world.Clock.MoveTo(now.AddHours(6));
        Assert.NotNull(await world.CardAsync());
    }

    [Fact]
    public async Task Quiet_hours_hold_mails_and_no_cards()
    {
        var model = CardRig.Model();
        var world = await CardRig.StuckAsync(
            model with
            {
                Outreach = model.Outreach with { QuietHours = new QuietHours(new TimeOnly(0, 0), new TimeOnly(23, 59)) },
            }
        );
        Assert.NotNull(await world.CardAsync());
    }

    [Fact]
    public async Task A_card_without_a_step_to_take_is_a_mail_at_once()
    {
        var model = CardRig.Model();
        var world = await CardRig.StuckAsync(model with { Onboarding = [.. model.Onboarding.Select(step => step with { Help = null })] });
        Assert.Null(await world.CardAsync());
        Assert.Equal(1, world.Mails());
    }

    [Fact]
    public async Task Whatever_is_lost_between_card_and_message_the_wake_up_at_its_end_makes_up_for()
    {
        var world = await CardRig.StuckAsync();
        var card = (await world.CardAsync())!;
        // The row was written and the queue's message lost.
        await world
            .Get<HelpRows>()
            .AnswerAsync(PersonKey.User(CardRig.Ann), card.Id, CardAnswer.Seen, TestContext.Current.CancellationToken);
        Assert.Equal(OutreachState.Sent, (await world.MessageAsync()).State);
        await world.AdvanceToAsync(card.Life.Until.AddMinutes(10));
        Assert.Equal(OutreachState.Delivered, (await world.MessageAsync()).State);
        Assert.Equal(0, world.Mails());
    }

    private static async Task<IReadOnlyList<Core.Response.Suppressions.RecipientSend>> SendsAsync(SignalsWorld world) =>
        (
            await world
                .Get<Core.Response.Suppressions.Recipients>()
                .GetAsync(world.RecipientKey.Of(CardRig.Address), TestContext.Current.CancellationToken)
        ).Sends;
}
