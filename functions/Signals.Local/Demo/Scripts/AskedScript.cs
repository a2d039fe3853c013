using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>
/// Does well, and says how well whenever Nimbus asks: in the product, by mail, in English and French, kindly and not. Has a question now
/// and then, and is answered.
/// </summary>
public sealed class AskedScript : Script
{
    /// <summary>After this day nobody says anything that would still be news at the end: neither a grudge nor a delight.</summary>
    private const int StrongWordsUntil = 56;

    private const int DaysBetween = 21;

    public override string Name => "asked";

    public override int Accounts => 36;

    public override StoryEnd End => StoryEnd.Well;

    public override AccountShape Shape(int number, Random chance) =>
        AccountShape.Established(number % 3 == 0 ? "basic" : "pro", chance.Next(3, 8), chance);

    public override void Play(StoryAccount account, StoryDay day)
    {
        Work.Everyone(account, day);
        SupportDesk.Play(account, day);
        for (int i = 0; i < account.People.Count; i++)
        {
            int since = day.Index - FirstAsked(account, i);
            if (since < 0 || since % DaysBetween != 0 || !account.People[i].WorksOn(day))
                continue;
            Answer(account, account.People[i], day, turn: account.Number * 5 + i * 3 + since / DaysBetween);
        }
    }

    private static int FirstAsked(StoryAccount account, int person) => 4 + (account.Number * 7 + person * 5) % DaysBetween;

    private static void Answer(StoryAccount account, StoryPerson person, StoryDay day, int turn)
    {
        var said = SurveyAnswers.Pick(turn, mild: day.Index > StrongWordsUntil);
        bool isFrench = person.Locale.StartsWith("fr", StringComparison.Ordinal);
        // Who is asked by mail is a little less kind, as people are.
        bool byMail = turn % 4 == 3;
        day.Visit(account, person)
            .Track(
                said.Survey,
                answer =>
                {
                    answer.WriteNumber("score", byMail && said.Survey == "NPS Answered" && said.Score is 9 ? 8 : said.Score);
                    answer.WriteString("channel", byMail ? "email" : "in-app");
                    if ((isFrench ? said.French : said.English) is { Length: > 0 } words)
                        answer.WriteString("comment", words);
                }
            );
    }
}
