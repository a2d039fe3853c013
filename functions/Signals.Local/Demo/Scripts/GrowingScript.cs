using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Does well and takes new people on, who find their way on their first day.</summary>
public sealed class GrowingScript : Script
{
    public override string Name => "growing";

    public override int Accounts => 18;

    public override StoryEnd End => StoryEnd.Well;

    public override AccountShape Shape(int number, Random chance) =>
        AccountShape.Established(number % 3 == 0 ? "basic" : "pro", chance.Next(3, 7), chance) with
        {
            Joiners = [20 + number, 40 + number, 60 + number],
        };

    public override void SignIn(StoryAccount account, StoryPerson person, StoryDay day)
    {
        base.SignIn(account, person, day);
        if (person.CreatedOn >= 0)
            Work.Start(account, person, day);
    }

    public override void Play(StoryAccount account, StoryDay day) => Work.Everyone(account, day);
}
