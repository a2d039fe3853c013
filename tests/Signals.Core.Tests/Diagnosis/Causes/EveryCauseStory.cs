using Signals.Core.Daily.Norms;
using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>One story in which every cause holds somewhere, told up to day 90, for what all of them have to do alike.</summary>
internal static class EveryCauseStory
{
    public const int Day = 90;

    /// <summary>The accounts that something holds back.</summary>
    public static readonly IReadOnlyList<string> Accounts = ["acme", "thin", "failed", "tried", "late"];

    private const int Customers = 24;

    private static readonly ValueModel Model = StoryModels.OfGroups.WithSetUp() with
    {
        Fingerprint = "every-cause",
        Causes = CauseSettings.Usual,
        Features =
        [
            new Feature("reports", "Reports", ["Report Shared"], true, [], null),
            new Feature("exports", "Exports", ["Export Completed"], true, ["pro"], null),
            new Feature("feeds", "Feeds", ["Feed Read"], true, ["pro"], null),
            new Feature("boards", "Boards", ["Board Opened"], true, ["pro"], null),
        ],
        Friction = [new FrictionKind("errors", "errors", ["Error"])],
        Feedback = new FeedbackDefinition { Nps = ["NPS Answered"], Csat = ["CSAT Answered"] },
        Tickets = new TicketDefinition { Opened = ["Ticket Opened"], Solved = ["Ticket Solved"] },
        LeaveIntent = ["Cancel Viewed"],
        Billing = new BillingDefinition { Failed = ["Payment Failed"], Recovered = ["Payment Succeeded"] },
        Sunsets =
        [
            new Sunset
            {
                Feature = "exports",
                Announced = Date(40),
                LastOrder = Date(60),
                Ends = Date(120),
                Why = "Too few use it.",
                Terms = "As before until then.",
                ReplacementFeature = "feeds",
                Differences = "Nothing to download.",
                Steps = ["Open feeds."],
            },
        ],
    };

    public static async Task<SignalsWorld> TellAsync(CancellationToken cancellationToken)
    {
        var world = await SignalsWorld.WithAsync(Model);
        for (int i = 0; i < Customers; i++)
        {
            world
                .Given($"c{i}")
                .Joins($"customer-{i}")
                .With("plan", "pro")
                .On(0)
                .Tracks("Users Imported")
                .On(0)
                .Tracks("Profile Saved")
                .On(0)
                .Tracks("Report Shared")
                .Times(2)
                .OnWeekdays(0, Day)
                .Tracks("Feed Read")
                .On(20)
                .Tracks("Board Opened")
                .On(20);
        }
        // An account is looked at again when something happens in it: new norms alone wake nobody.
        world
            .Given("tom")
            .Joins("thin")
            .With("plan", "pro")
            .On(0)
            .Tracks("Users Imported")
            .On(0)
            .Tracks("Report Shared")
            .On(Enumerable.Range(0, 12).Select(week => week * 7))
            .Browses()
            .On(Day);
        Acme(world);
        world.Given("fay").Joins("failed").On(50).Browses().On(51, 55, 80, 85).Tracks("Import Failed").On(80, 81);
        world
            .Given("tim")
            .Joins("tried")
            .On(50)
            .Browses()
            .On(51, 55, 80, 85)
            .Tracks("Import Started")
            .On(80)
            .Tracks("NPS Answered")
            .With("score", 3)
            .On(85);
        world.Given("lea").Joins("late").On(50).Browses().On(51, 55, 80, 85);
        await world.AdvanceToAsync(Day - 1);
        Assert.True(await world.Get<CohortPass>().RunAsync(cancellationToken));
        await world.AdvanceToAsync(Day);
        return world;
    }

    /// <summary>
    /// Ann carried it up to day 75, met errors, and used what ends; the others stopped earlier, or have something to say.
    /// </summary>
    private static void Acme(SignalsWorld world)
    {
        var team = world.Team("acme", 6);
        team[0]
            .Joins("acme")
            .With("plan", "pro")
            .On(0)
            .Tracks("Users Imported")
            .On(0)
            .Tracks("Report Shared")
            .Times(4)
            .OnWeekdays(0, 75)
            .Tracks("Error")
            .On(10, 30)
            .Tracks("Error")
            .Times(6)
            .OnWeekdays(65, 75)
            .Tracks("Export Completed")
            .OnWeekdays(65, 75);
        foreach (var person in team.Skip(1))
            person.Tracks("Profile Saved").On(0).Tracks("Report Shared").OnWeekdays(0, 58);
        team[1]
            .Tracks("Cancel Viewed")
            .On(84)
            .Tracks("Cancel Viewed")
            .With("comment", "We want to cancel our subscription next month.")
            .On(85)
            .Tracks("Ticket Opened")
            .With("ticketId", "T-1")
            .With("body", "Nobody answers. This is terrible service and the import is broken.")
            .On(86);
        team[2]
            .Tracks("CSAT Answered")
            .With("score", 1)
            .With("comment", "The worst service ever.")
            .On(86)
            .Tracks("Payment Failed")
            .On(85, 86);
        team[3].Tracks("NPS Answered").With("score", 10).With("comment", "Wonderful, it saves us two days a week!").On(88);
        team[4].Tracks("Report Shared").On(88);
    }

    private static DateOnly Date(int day) => DateOnly.FromDateTime(SignalsWorld.Start.UtcDateTime).AddDays(day);
}
