using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Failed to import their users, was helped, did it, and has worked well since.</summary>
public sealed class RecoveredScript : Script
{
    internal const int HelpedAfterDays = 6;

    public override string Name => "recovered";

    public override int Accounts => 14;

    public override StoryEnd End => StoryEnd.Well;

    public override AccountShape Shape(int number, Random chance) =>
        new(number % 2 == 0 ? "basic" : "pro", 2 + (number % 3), 8 + (2 * number));

    public override void SignIn(StoryAccount account, StoryPerson person, StoryDay day)
    {
        base.SignIn(account, person, day);
        day.Visit(account, person).Track("Composer Opened").Track("First Reply Sent");
    }

    public override void Play(StoryAccount account, StoryDay day)
    {
        int age = day.Index - account.CreatedOn;
        if (age == 0)
            Setup.ConnectChannel(account, day);
        if (age is 0 or 1)
            Setup.FailToImport(account, day, 1 + age);
        if (age == HelpedAfterDays)
            Setup.Import(account, day);
        if (age == HelpedAfterDays + 1)
            Setup.InviteTeam(account, day);
        if (age > HelpedAfterDays)
            Work.Everyone(account, day);
    }
}
