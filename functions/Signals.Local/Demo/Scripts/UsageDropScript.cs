using Signals.Core.Model;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Used Nimbus a lot; then the one who carried it went silent, and the others followed.</summary>
public sealed class UsageDropScript : Script
{
    public override string Name => "usage-drop";

    public override int Accounts => 16;

    /// <summary>Where most of the fall is the champion's own, their going is told first.</summary>
    public override StoryEnd End => new(CauseIds.UsageDrop, null, RiskLevel.AtRisk, RiskLevel.Critical) { After = CauseIds.ChampionLeft };

    public override AccountShape Shape(int number, Random chance) =>
        AccountShape.Established(number % 3 == 0 ? "basic" : "pro", chance.Next(3, 8), chance) with
        {
            Strategic = number % 4 == 0,
            RenewsOn = number % 4 < 2 ? 98 + number : 400,
        };

    public override void Play(StoryAccount account, StoryDay day)
    {
        int silentFrom = SilentFrom(account);
        if (day.Index < silentFrom && !day.IsWeekend)
            Work.Answer(account, account.Champion, day, 3 + account.Chance.Next(3));
        foreach (var person in account.People.Skip(1))
        {
            bool stays = day.Index < silentFrom + 2 || account.Chance.NextDouble() < 0.08;
            if (person.WorksOn(day) && stays)
                Work.Of(account, person, day);
        }
    }

    /// <summary>The day from which the champion is gone: long enough ago to be seen, not so long as to be history.</summary>
    internal static int SilentFrom(StoryAccount account) => 64 + (account.Number % 12);
}
