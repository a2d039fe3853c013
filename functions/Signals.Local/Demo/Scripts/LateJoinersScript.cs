using Signals.Core.Model;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Works well for those who were there first; those who joined later open the composer, and never send a reply.</summary>
public sealed class LateJoinersScript : Script
{
    public override string Name => "late-joiners";

    public override int Accounts => 12;

    public override StoryEnd End => new(CauseIds.OnboardingStalled, "first-reply", RiskLevel.Healthy, RiskLevel.AtRisk);

    public override AccountShape Shape(int number, Random chance) =>
        AccountShape.Established("pro", chance.Next(5, 8), chance) with
        {
            Joiners = [62 + number, 63 + number, 65 + number, 66 + number],
        };

    public override void Play(StoryAccount account, StoryDay day)
    {
        foreach (var person in account.People)
        {
            bool isLate = person.CreatedOn >= 0;
            if (!isLate && person.WorksOn(day))
                Work.Of(account, person, day);
            else if (isLate && day.Index - person.JoinsOn is 0 or 3)
                day.Visit(account, person).Track("Composer Opened").Track("Settings Opened");
        }
    }
}
