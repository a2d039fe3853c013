using Signals.Core.Model;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Asked for help, got no answer, said so, and uses Nimbus ever less. No automated tip should reach them now.</summary>
public sealed class UnhappyScript : Script
{
    private static readonly string[] Words =
    [
        "Messages have gone out twice since Tuesday and nobody answers us.",
        "Third time I write about the broken signature. Very disappointing service.",
        "Cannot reach support. Our own customers are waiting.",
    ];

    public override string Name => "unhappy";

    public override int Accounts => 8;

    public override StoryEnd End => new(null, null, RiskLevel.AtRisk, RiskLevel.Critical) { Holds = CauseIds.SupportUnhappy };

    public override AccountShape Shape(int number, Random chance) =>
        AccountShape.Established(number % 2 == 0 ? "basic" : "pro", chance.Next(3, 7), chance);

    public override void Play(StoryAccount account, StoryDay day)
    {
        int asked = 66 + account.Number;
        foreach (var person in account.People)
        {
            if (person.WorksOn(day) && (day.Index <= asked || account.Chance.NextDouble() < 0.08))
                Work.Of(account, person, day);
        }
        string words = Words[account.Number % Words.Length];
        if (day.Index == asked)
            day.Visit(account, account.Champion)
                .Track(
                    "Ticket Opened",
                    ticket =>
                    {
                        ticket.WriteString("ticketId", $"T-{1000 + account.Number}");
                        ticket.WriteString("body", words);
                    }
                );
        if (day.Index == asked + 6)
            day.Visit(account, account.Champion)
                .Track(
                    "NPS Answered",
                    answer =>
                    {
                        answer.WriteNumber("score", account.Number % 4);
                        answer.WriteString("comment", words);
                        answer.WriteString("channel", "in-app");
                    }
                );
    }
}
