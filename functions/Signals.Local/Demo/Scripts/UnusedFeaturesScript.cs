using Signals.Core.Model;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>
/// Pays for campaigns, automations and reports, and uses the inbox only. Asked in the product, they would recommend it as much as others
/// do, and are less satisfied with it.
/// </summary>
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

    public override void Play(StoryAccount account, StoryDay day)
    {
        Work.Everyone(account, day);
        // Neither a grudge nor a delight: nothing that would be a cause by itself.
        if (IsAsked(50 + account.Number * 5 % 30, day))
            Answer(account, account.Champion, day, "CSAT Answered", account.Number % 4 == 0 ? 4 : 3);
        if (IsAsked(46 + account.Number * 7 % 34, day))
            Answer(account, account.People[1], day, "NPS Answered", 7 + account.Number % 2);
    }

    /// <summary>On that day of the story, or on the Monday after it.</summary>
    private static bool IsAsked(int index, StoryDay day) =>
        !day.IsWeekend && (day.Index == index || (day.Weekday == DayOfWeek.Monday && day.Index - index is 1 or 2));

    private static void Answer(StoryAccount account, StoryPerson person, StoryDay day, string survey, int score) =>
        day.Visit(account, person)
            .Track(
                survey,
                answer =>
                {
                    answer.WriteNumber("score", score);
                    answer.WriteString("channel", "in-app");
                }
            );
}
