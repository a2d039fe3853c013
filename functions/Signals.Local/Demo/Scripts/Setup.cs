using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>The steps of setting Nimbus up.</summary>
internal static class Setup
{
    private static readonly string[] Reasons = ["missing column: email", "not UTF-8", "row 1 has 7 fields, expected 6"];

    public static void ConnectChannel(StoryAccount account, StoryDay day) =>
        day.Visit(account, account.Champion).Track("Channel Connect Started").Track("Channel Connected", "channel", "email");

    public static void Import(StoryAccount account, StoryDay day) =>
        day.Visit(account, account.Champion).Track("Import Started").Track("Users Imported", "count", account.Chance.Next(200, 9000));

    public static void FailToImport(StoryAccount account, StoryDay day, int times)
    {
        var visit = day.Visit(account, account.Champion);
        for (int i = 0; i < times; i++)
            visit.Track("Import Started").Track("Import Failed", "reason", Reasons[account.Chance.Next(Reasons.Length)]);
    }

    public static void InviteTeam(StoryAccount account, StoryDay day) =>
        day.Visit(account, account.Champion).Track("Invite Opened").Track("Teammate Invited");

    /// <summary>Everything an account is to do once, in one go.</summary>
    public static void Everything(StoryAccount account, StoryDay day)
    {
        ConnectChannel(account, day);
        Import(account, day);
        InviteTeam(account, day);
    }
}
