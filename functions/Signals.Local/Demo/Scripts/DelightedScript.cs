using Signals.Core.Model;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Uses Nimbus more and more, asks a question, is answered within the hour, and says how good that was.</summary>
public sealed class DelightedScript : Script
{
    public override string Name => "delighted";

    public override int Accounts => 6;

    public override StoryEnd End => new(CauseIds.Delight, null, RiskLevel.Healthy, RiskLevel.Healthy);

    public override AccountShape Shape(int number, Random chance) => AccountShape.Established("pro", chance.Next(5, 9), chance);

    public override void Play(StoryAccount account, StoryDay day)
    {
        Work.Everyone(account, day);
        if (day.Index > 60 && !day.IsWeekend)
            Work.Answer(account, account.Champion, day, 3);
        if (day.Index == 78 + account.Number)
            day.Visit(account, account.Champion)
                .Track("Ticket Opened", "ticketId", $"D-{account.Number}")
                .Track("Ticket Answered", "ticketId", $"D-{account.Number}")
                .Track("Ticket Solved", "ticketId", $"D-{account.Number}");
        if (day.Index == 80 + account.Number)
            day.Visit(account, account.Champion)
                .Track(
                    "NPS Answered",
                    answer =>
                    {
                        answer.WriteNumber("score", 10);
                        answer.WriteString("comment", "The automations saved us two days a week. Wonderful support, too.");
                        answer.WriteString("channel", "email");
                    }
                );
    }
}
