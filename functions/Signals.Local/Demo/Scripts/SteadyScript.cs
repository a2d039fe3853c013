using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Gets what they pay for, week after week. Most customers are like that, and should never hear from Signals.</summary>
public sealed class SteadyScript : Script
{
    public override string Name => "steady";

    public override int Accounts => 114;

    public override StoryEnd End => StoryEnd.Well;

    public override AccountShape Shape(int number, Random chance) =>
        AccountShape.Established(chance) with
        {
            Repriced = number % 19 == 4 ? (25 + (number / 4), 0.75) : null,
        };

    public override void Play(StoryAccount account, StoryDay day) => Work.Everyone(account, day);
}
