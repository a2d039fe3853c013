using Signals.Core.Model;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Signed up, tried to import their users several times, failed each time, and stopped.</summary>
public sealed class StuckImportScript : Script
{
    public override string Name => "stuck-import";

    public override int Accounts => 14;

    public override StoryEnd End => new(CauseIds.OnboardingStalled, "import-users", RiskLevel.AtRisk, RiskLevel.Critical);

    public override AccountShape Shape(int number, Random chance)
    {
        int created = 62 + (2 * number % 26);
        return new AccountShape(number % 3 == 0 ? "pro" : "basic", 1 + (number % 3), created)
        {
            TrialEndsOn = number % 2 == 0 ? created + 30 : null,
        };
    }

    public override void Play(StoryAccount account, StoryDay day)
    {
        switch (day.Index - account.CreatedOn)
        {
            case 0:
                Setup.ConnectChannel(account, day);
                Setup.FailToImport(account, day, 1);
                break;
            case 1:
                Setup.FailToImport(account, day, 1 + account.Chance.Next(2));
                Setup.InviteTeam(account, day);
                break;
            case 2:
                day.Visit(account, account.Champion).Track("Composer Opened").Track("First Reply Sent");
                Setup.FailToImport(account, day, 1);
                break;
            case 3 or 5 or 9:
                day.Visit(account, account.Champion).Track("Search Performed", "query", "import csv").Track("Settings Opened");
                break;
        }
    }
}
