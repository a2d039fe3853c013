using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Does well and takes new people on, who find their way on their first day.</summary>
public sealed class GrowingScript : Script
{
    private const int LimitsFrom = 66;

    public override string Name => "growing";

    public override int Accounts => 18;

    public override StoryEnd End => StoryEnd.Well;

    public override AccountShape Shape(int number, Random chance) =>
        AccountShape.Established(number % 3 == 0 ? "basic" : "pro", chance.Next(3, 7), chance) with
        {
            Joiners = [20 + number, 40 + number, 60 + number],
            Repriced = number % 2 == 0 ? (25 + number, 1.3) : null,
        };

    public override void SignIn(StoryAccount account, StoryPerson person, StoryDay day)
    {
        base.SignIn(account, person, day);
        if (person.CreatedOn >= 0)
            Work.Start(account, person, day);
    }

    /// <summary>The small ones grow out of their plan in the end.</summary>
    public override void Play(StoryAccount account, StoryDay day)
    {
        Work.Everyone(account, day);
        if (account.Plan == "basic" && day.Index >= LimitsFrom && day.Index % 3 == 0 && !day.IsWeekend)
            day.Visit(account, account.Champion).Track("Plan Limit Reached", "limit", "contacts");
    }
}
