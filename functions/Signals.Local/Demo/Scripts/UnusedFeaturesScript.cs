using Signals.Core.Model;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Pays for campaigns, automations and reports, and uses the inbox only.</summary>
public sealed class UnusedFeaturesScript : Script
{
    public override string Name => "unused-features";

    public override int Accounts => 16;

    public override StoryEnd End => new(CauseIds.FeaturesUnused, null, RiskLevel.Healthy, RiskLevel.AtRisk);

    public override AccountShape Shape(int number, Random chance) =>
        AccountShape.Established(
            number % 5 == 0 ? "enterprise" : "pro",
            number % 5 == 0 ? chance.Next(12, 18) : chance.Next(4, 8),
            chance
        ) with
        {
            OnlyAgents = true,
            RenewsOn = number % 4 == 1 ? 100 + number : 300,
        };

    public override void Play(StoryAccount account, StoryDay day) => Work.Everyone(account, day);
}
