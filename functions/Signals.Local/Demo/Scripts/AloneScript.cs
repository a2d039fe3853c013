using Signals.Core.Model;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Set nearly everything up and works in it, alone: opened the invitation of the team, and never sent it.</summary>
public sealed class AloneScript : Script
{
    public override string Name => "alone";

    public override int Accounts => 6;

    public override StoryEnd End => new(CauseIds.OnboardingStalled, "invite-team", RiskLevel.Healthy, RiskLevel.AtRisk);

    public override AccountShape Shape(int number, Random chance) => new("basic", 1, 66 + number);

    public override void SignIn(StoryAccount account, StoryPerson person, StoryDay day)
    {
        base.SignIn(account, person, day);
        Setup.ConnectChannel(account, day);
        Setup.Import(account, day);
        Work.Start(account, person, day);
    }

    public override void Play(StoryAccount account, StoryDay day)
    {
        if (day.Index == account.CreatedOn + 2)
            day.Visit(account, account.Champion).Track("Invite Opened");
        Work.Everyone(account, day);
    }
}
