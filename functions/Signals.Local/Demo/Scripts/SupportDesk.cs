using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Questions of customers who do well, and how fast Nimbus answers: mostly as promised, at times a day late.</summary>
internal static class SupportDesk
{
    private const int TicketsEach = 2;

    /// <summary>Whatever is asked is solved before the story ends.</summary>
    private const int FirstDay = 6;
    private const int DaysToAsk = 74;

    private static readonly (string English, string French)[] Questions =
    [
        ("How do I add a colleague to a shared inbox?", "Comment ajouter un collègue à une boîte partagée ?"),
        ("Where do I see who answered a conversation?", "Où voit-on qui a répondu à une conversation ?"),
        ("Can a campaign be sent again to those who did not open it?", "Peut-on renvoyer une campagne à ceux qui ne l’ont pas ouverte ?"),
        ("How long are conversations kept?", "Combien de temps les conversations sont-elles conservées ?"),
        ("Which address do reports come from?", "De quelle adresse partent les rapports ?"),
    ];

    /// <summary>What happens on a day to the account's tickets.</summary>
    public static void Play(StoryAccount account, StoryDay day)
    {
        for (int ticket = 0; ticket < TicketsEach; ticket++)
        {
            int asked = WorkingDay(FirstDay + (account.Number * 11 + ticket * 37) % DaysToAsk, day);
            int since = day.Index - asked;
            if (since is < 0 or > 5)
                continue;
            Play(account, day, $"Q-{account.Number}-{ticket + 1}", pace: (account.Number + ticket) % 6, asked, ticket);
        }
    }

    private static void Play(StoryAccount account, StoryDay day, string id, int pace, int asked, int ticket)
    {
        int answered = pace == 4 ? WorkingDay(asked + 1, day) : asked,
            solved = pace == 5 ? asked : WorkingDay(answered + (pace == 4 ? 2 : 1), day);
        if (day.Index == asked)
        {
            var visit = day.Visit(account, account.Champion)
                .Track(
                    "Ticket Opened",
                    properties =>
                    {
                        var (english, french) = Questions[(account.Number + ticket * 2) % Questions.Length];
                        properties.WriteString("ticketId", id);
                        properties.WriteString(
                            "body",
                            account.Champion.Locale.StartsWith("fr", StringComparison.Ordinal) ? french : english
                        );
                    }
                );
            if (pace < 4)
                visit.Later(TimeSpan.FromMinutes(25 + 35 * pace)).Track("Ticket Answered", "ticketId", id);
            if (pace == 5)
                visit.Later(TimeSpan.FromMinutes(50)).Track("Ticket Solved", "ticketId", id);
            return;
        }
        if (day.Index == answered)
            day.Visit(account, account.Champion).Track("Ticket Answered", "ticketId", id);
        if (day.Index == solved)
            day.Visit(account, account.Champion).Track("Ticket Solved", "ticketId", id);
    }

    /// <summary>That day of the story, or the Monday after it.</summary>
    private static int WorkingDay(int index, StoryDay day) =>
        index
        + day.Date.AddDays(index - day.Index).DayOfWeek switch
        {
            DayOfWeek.Saturday => 2,
            DayOfWeek.Sunday => 1,
            _ => 0,
        };
}
