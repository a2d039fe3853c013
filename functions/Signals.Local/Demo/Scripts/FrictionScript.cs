using Signals.Core.Model;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Works as ever, and meets an error at every turn since a fortnight.</summary>
public sealed class FrictionScript : Script
{
    public override string Name => "friction";

    public override int Accounts => 6;

    public override StoryEnd End => new(CauseIds.Friction, null, RiskLevel.Healthy, RiskLevel.AtRisk);

    public override AccountShape Shape(int number, Random chance) => AccountShape.Established("basic", chance.Next(2, 6), chance);

    public override void Play(StoryAccount account, StoryDay day)
    {
        Work.Everyone(account, day);
        if (day.Index < 78 || day.IsWeekend)
            return;
        var visit = day.Visit(account, account.Champion);
        for (int i = account.Chance.Next(2, 5); i > 0; i--)
            visit.Track("Error", "code", "SEND_TIMEOUT").Track("Message Rejected", "reason", "attachment too large");
    }
}
