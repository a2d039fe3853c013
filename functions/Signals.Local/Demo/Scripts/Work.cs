using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>What people do in Nimbus when all goes well.</summary>
internal static class Work
{
    private static readonly string[] Channels = ["email", "chat", "phone", "social"];

    /// <summary>Everybody who works on the day does what their role does.</summary>
    public static void Everyone(StoryAccount account, StoryDay day)
    {
        foreach (var person in account.People)
        {
            if (person.WorksOn(day))
                Of(account, person, day);
        }
    }

    /// <summary>A working day of one person.</summary>
    public static void Of(StoryAccount account, StoryPerson person, StoryDay day)
    {
        switch (person.Role)
        {
            case StoryRole.Agent:
                Answer(account, person, day, 2 + account.Chance.Next(3));
                break;
            case StoryRole.Marketer when account.IsPaidFeature("campaigns"):
                Market(account, person, day);
                break;
            default:
                Manage(account, person, day);
                break;
        }
    }

    /// <summary>Answers so many conversations of two to nine minutes each.</summary>
    public static void Answer(StoryAccount account, StoryPerson person, StoryDay day, int conversations)
    {
        var visit = day.Visit(account, person);
        for (int i = 0; i < conversations; i++)
            Converse(visit, account.Chance);
    }

    /// <summary>The first reply of somebody new.</summary>
    public static void Start(StoryAccount account, StoryPerson person, StoryDay day)
    {
        var visit = day.Visit(account, person).Track("Composer Opened").Track("First Reply Sent");
        Converse(visit, account.Chance);
    }

    private static void Market(StoryAccount account, StoryPerson person, StoryDay day)
    {
        var visit = day.Visit(account, person);
        if (account.Chance.NextDouble() < 0.75)
        {
            visit.Track("Campaign Sent", "recipients", account.Chance.Next(50, 4000));
            for (int i = account.Chance.Next(1, 3); i > 0; i--)
                visit.Track("Message Delivered", "recipientId", $"r{account.Chance.Next(5000)}");
        }
        else
            visit.Track("Article Published");
        if (account.IsPaidFeature("reports") && account.Chance.NextDouble() < 0.3)
            visit.Track("Report Shared");
    }

    private static void Manage(StoryAccount account, StoryPerson person, StoryDay day)
    {
        var visit = day.Visit(account, person);
        Converse(visit, account.Chance);
        if (account.IsPaidFeature("reports"))
            visit.Track("Automation Run").Track("Report Shared");
        else
            Converse(visit, account.Chance);
        if (
            account.People.All(other => other.Role != StoryRole.Marketer)
            && account.IsPaidFeature("campaigns")
            && account.Chance.NextDouble() < 0.7
        )
            visit.Track("Campaign Sent", "recipients", account.Chance.Next(20, 600));
        if (account.Chance.NextDouble() < 0.2)
            visit.Track("Settings Opened");
    }

    private static void Converse(StoryVisit visit, Random chance) =>
        visit.Track(
            "Conversation Handled",
            properties =>
            {
                properties.WriteNumber("seconds", chance.Next(120, 540));
                properties.WriteString("channel", Channels[chance.Next(Channels.Length)]);
            }
        );
}
