using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Cards;
using Signals.Core.Response.Outreach;
using Signals.Core.Tests.Response.Cards;
using Signals.Testing.World;
using static Signals.Core.Tests.Response.Surveys.SurveyRig;

namespace Signals.Core.Tests.Response.Surveys;

/// <summary>A question inside the product: it stands in the one place of cards, gives way to help, and a mail follows where nobody saw it.</summary>
public sealed class SurveyCardStories
{
    private static readonly Survey InProduct = Nps with { Channels = MessageChannels.InAppThenMail };

    [Fact]
    public async Task It_stands_as_a_card_that_asks_at_any_hour()
    {
        var model = OfPeople(InProduct);
        var world = await AskedInProductAsync(
            model with
            {
                Outreach = model.Outreach with { QuietHours = new QuietHours(new TimeOnly(0, 0), new TimeOnly(23, 59)) },
            }
        );

        var card = (await world.CardAsync())!;

        Assert.Equal((CardKinds.Survey, 0, 10), (card.Kind, card.Survey!.Least, card.Survey.Most));
        Assert.NotNull(card.Words);
        Assert.Null(card.Words.Step);
        Assert.Equal(0, world.Mails());
    }

    [Fact]
    public async Task Nobody_saw_it_so_the_mail_goes_after_its_hours()
    {
        var world = await AskedInProductAsync(OfPeople(InProduct));
        var until = (await world.CardAsync())!.Life.Until;
        // Before that morning's events.
        await world.AdvanceToAsync(until.AddMinutes(-15));
        Assert.Equal(0, world.Mails());
        await world.AdvanceToAsync(until.AddMinutes(10));
        Assert.Equal(1, world.Mails());
        Assert.Null(await world.CardAsync());
        Assert.Equal(AlertChannels.Email, Assert.Single(await world.AskedAsync()).Channel);
    }

    [Theory]
    [InlineData(CardAnswer.Seen)]
    [InlineData(CardAnswer.Dismissed)]
    public async Task Once_it_was_seen_or_put_away_no_mail_asks_again(CardAnswer answer)
    {
        var world = await AskedInProductAsync(OfPeople(InProduct));
        await world.SaysAsync(answer);
        await world.AdvanceToAsync(40);
        Assert.Equal(0, world.Mails());
        Assert.Equal(OutreachState.Delivered, Assert.Single(await world.AskedAsync()).State);
    }

    [Fact]
    public async Task Without_mail_it_stands_for_two_weeks_and_ends_unseen()
    {
        var world = await AskedInProductAsync(OfPeople(InProduct with { Channels = MessageChannels.InApp }), until: 16);
        await world.AdvanceToAsync(First + Survey.CardDays - 1);
        Assert.NotNull(await world.CardAsync());
        await world.AdvanceToAsync(First + Survey.CardDays + 1);
        Assert.Null(await world.CardAsync());
        Assert.Equal((OutreachState.Expired, 0), (Assert.Single(await world.AskedAsync()).State, world.Mails()));
    }

    [Fact]
    public async Task A_ticket_that_is_opened_while_it_stands_takes_it_back()
    {
        var world = await AskedInProductAsync(OfPeople(InProduct));
        world.Given(Ann).Opens("T1", First + 1);
        await world.AdvanceToAsync(First + 1);
        Assert.Null(await world.CardAsync());
        Assert.Equal(OutreachState.Suppressed, Assert.Single(await world.AskedAsync()).State);
        Assert.Equal(0, world.Mails());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Help_takes_its_place_and_nothing_is_asked_after_that(bool wasSeen)
    {
        var model = OfPeople(InProduct);
        var leaving = model.PlaybookFor(CauseIds.NeedsChanged) with
        {
            Channels = MessageChannels.InApp,
            NextStep = new NextStep("https://nimbus.example/options"),
        };
        var world = await AskedInProductAsync(
            model with
            {
                LeaveIntent = ["Cancel Viewed"],
                Outreach = model.Outreach with { PerPerson = new SendCap(2, 7) },
                Playbooks = new Dictionary<string, Playbook>(StringComparer.Ordinal) { [CauseIds.NeedsChanged] = leaving },
            }
        );
        if (wasSeen)
            await world.SaysAsync(CardAnswer.Seen);
        world.Given(Ann).Tracks("Cancel Viewed").Times(3).On(First + 1);

        await world.AdvanceToAsync(First + 1);

        Assert.Equal(CardKinds.Help, (await world.CardAsync())!.Kind);
        var asked = Assert.Single(await world.AskedAsync());
        Assert.Equal(wasSeen ? OutreachState.Delivered : OutreachState.Suppressed, asked.State);
        await world.AdvanceToAsync(First + 10);
        Assert.Equal(0, world.Mails());
    }

    private static async Task<SignalsWorld> AskedInProductAsync(ValueModel model, int until = 40)
    {
        var world = await SignalsWorld.WithAsync(model);
        world.Given(Ann).HasEmail().Works(0, until);
        await world.AdvanceToAsync(First);
        return world;
    }
}
