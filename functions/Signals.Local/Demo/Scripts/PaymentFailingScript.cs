using Signals.Core.Model;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Works well, and the card has expired.</summary>
public sealed class PaymentFailingScript : Script
{
    public override string Name => "payment-failing";

    public override int Accounts => 6;

    public override StoryEnd End => new(CauseIds.PaymentFailing, null, RiskLevel.Watch, RiskLevel.AtRisk);

    public override AccountShape Shape(int number, Random chance) => AccountShape.Established("basic", chance.Next(2, 6), chance);

    public override void Play(StoryAccount account, StoryDay day)
    {
        Work.Everyone(account, day);
        if (day.Index == 80 + account.Number || day.Index == 83 + account.Number)
            day.Visit(account, account.Champion).Track("Payment Failed", "amount", account.Mrr);
        // Some months before, it went through at the second try.
        if (day.Index == 20 + account.Number)
            day.Visit(account, account.Champion)
                .Track("Payment Failed", "amount", account.Mrr)
                .Track("Payment Succeeded", "amount", account.Mrr);
    }
}
