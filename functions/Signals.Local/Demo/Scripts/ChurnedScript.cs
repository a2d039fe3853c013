using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>Came less and less, looked at the way out, and left.</summary>
public sealed class ChurnedScript : Script
{
    private const int FadingDays = 16;

    private static readonly (string English, string French)[] Reasons =
    [
        ("Too expensive for what we use.", "Trop cher pour ce que nous utilisons."),
        ("Nobody used the reports in the end.", "Personne n’utilisait les rapports, finalement."),
        ("We missed an integration with our shop.", "Il nous manquait une intégration avec notre boutique."),
        ("The import never worked for us.", "L’import n’a jamais fonctionné chez nous."),
        ("We found a simpler tool.", "Nous avons trouvé un outil plus simple."),
    ];

    public override string Name => "churned";

    public override int Accounts => 12;

    public override StoryEnd End => StoryEnd.Well;

    public override AccountShape Shape(int number, Random chance) =>
        AccountShape.Established(number % 2 == 0 ? "basic" : "pro", chance.Next(2, 6), chance) with
        {
            RenewsOn = LeavesOn(number) + 4,
        };

    public override void Play(StoryAccount account, StoryDay day)
    {
        int left = LeavesOn(account.Number) - day.Index;
        foreach (var person in account.People)
        {
            if (person.WorksOn(day) && (left > FadingDays || (left > 0 && account.Chance.NextDouble() < 0.15)))
                Work.Of(account, person, day);
        }
        if (left == 3)
            day.Visit(account, account.Champion).Track("Settings Opened").Track("Cancel Viewed");
        if (left == 0)
            day.Visit(account, account.Champion)
                .Track("Cancel Viewed", "comment", Words(account))
                .Track("Subscription Cancelled")
                .Group(DemoSummary.ChurnedStage);
    }

    private static string Words(StoryAccount account)
    {
        var (english, french) = Reasons[account.Number % Reasons.Length];
        return account.Champion.Locale.StartsWith("fr", StringComparison.Ordinal) ? french : english;
    }

    private static int LeavesOn(int number) => 60 + (2 * number);
}
