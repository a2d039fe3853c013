using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Statistics;
using Signals.Core.Response.Experiments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Experiments;

/// <summary>
/// A playbook that began with mails and goes on with cards, in experiments whose truth is known: who comes to the product sees the card and
/// would have reached the goal more often anyway.
/// </summary>
public sealed class CardEffectTests
{
    private const int Runs = 1000;
    private const double Comes = 0.6;
    private const double ReachesWhoComes = 0.4;
    private const double ReachesWhoStaysAway = 0.05;
    private const double CardAdds = 0.15;
    private const double MailRate = 0.35;
    private const double MailAdds = 0.06;

    /// <summary>Of all whom a card was meant for, seen or not.</summary>
    private const double CardEffect = Comes * CardAdds;

    [Fact]
    public void The_intervals_of_cards_and_of_mails_cover_their_own_effects_95_times_in_100()
    {
        var random = new Random(17);
        int cards = 0,
            mails = 0;
        for (int run = 0; run < Runs; run++)
        {
            var effect = EffectOf(random, out _);
            cards += Covers(effect.Cards!, CardEffect) ? 1 : 0;
            mails += Covers(effect.Mails!, MailAdds) ? 1 : 0;
        }
        Assert.InRange(cards, 930, 980);
        Assert.InRange(mails, 930, 980);
    }

    /// <summary>What a dashboard that counts those who saw it would tell: several times the truth.</summary>
    [Fact]
    public void Who_saw_the_card_against_who_was_held_out_would_be_wrong()
    {
        var random = new Random(19);
        int covered = 0;
        for (int run = 0; run < Runs; run++)
        {
            var effect = EffectOf(random, out var seen);
            covered += Covers(new Comparison(seen, effect.Cards!.Control, 0.2), CardEffect) ? 1 : 0;
        }
        Assert.InRange(covered, 0, Runs / 20);
    }

    private static bool Covers(Comparison comparison, double truth) =>
        comparison.Interval is var (low, high) && low <= truth && truth <= high;

    private static PlaybookEffect EffectOf(Random random, out Arm seen)
    {
        var card = Cards(random, people: 1200, helped: true, out seen);
        var heldOutOfCards = Cards(random, people: 300, helped: false, out _);
        return PlaybookEffect.Of(
            StoryModels.OfPeople.PlaybookFor("value-not-found"),
            [
                new EffectSum(HeldOut: false, "t", card.People, card.Reached, Card: true),
                new EffectSum(HeldOut: true, "t", heldOutOfCards.People, heldOutOfCards.Reached, Card: true),
                new EffectSum(HeldOut: false, "t", 1200, Count(random, 1200, MailRate + MailAdds)),
                new EffectSum(HeldOut: true, "t", 300, Count(random, 300, MailRate)),
            ],
            StoryModels.OfPeople with
            {
                Outreach = StoryModels.OfPeople.Outreach with { Holdout = 0.2 },
            }
        );
    }

    private static Arm Cards(Random random, int people, bool helped, out Arm seen)
    {
        int came = Count(random, people, Comes);
        int reached = Count(random, came, ReachesWhoComes + (helped ? CardAdds : 0));
        seen = new Arm(came, reached);
        return new Arm(people, reached + Count(random, people - came, ReachesWhoStaysAway));
    }

    private static int Count(Random random, int of, double rate) => Enumerable.Range(0, of).Count(_ => random.NextDouble() < rate);
}
