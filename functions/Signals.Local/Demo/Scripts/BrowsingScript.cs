using Signals.Core.Model;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Is set up, keeps coming, searches and looks around, and leaves again without what they came for.</summary>
public sealed class BrowsingScript : Script
{
    private static readonly string[] Queries =
    [
        "merge conversations",
        "whatsapp",
        "sla timer",
        "export contacts",
        "round robin",
        "signature",
    ];

    public override string Name => "browsing";

    public override int Accounts => 16;

    public override StoryEnd End => new(CauseIds.ValueNotFound, null, RiskLevel.AtRisk, RiskLevel.Critical);

    public override AccountShape Shape(int number, Random chance)
    {
        int created = 24 + (3 * number);
        return new AccountShape(number % 4 == 0 ? "pro" : "basic", 1 + (number % 3), created)
        {
            TrialEndsOn = created > 62 ? created + 30 : null,
        };
    }

    public override void SignIn(StoryAccount account, StoryPerson person, StoryDay day)
    {
        base.SignIn(account, person, day);
        if (person == account.Champion)
            Setup.Everything(account, day);
        day.Visit(account, person).Track("Composer Opened").Track("First Reply Sent");
    }

    public override void Play(StoryAccount account, StoryDay day)
    {
        foreach (var person in account.People)
        {
            if (!person.WorksOn(day))
                continue;
            var visit = day.Visit(account, person).Track("Search Performed", "query", Queries[account.Chance.Next(Queries.Length)]);
            if (account.Chance.NextDouble() < 0.4)
                visit.Track("Empty Search", "query", Queries[account.Chance.Next(Queries.Length)]);
            visit.Track(account.Chance.NextDouble() < 0.5 ? "Template Gallery Viewed" : "Settings Opened");
        }
    }
}
