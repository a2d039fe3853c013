using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Reviews;

/// <summary>Random lives from fixed seeds, compared day by day with what reading everything anew would say.</summary>
public sealed class RandomHistoryTests
{
    private static readonly ValueModel Full = StoryModels.OfGroups.WithSetUp().WithFeatures().WithChurn() with
    {
        Outreach = new OutreachSettings(),
        Causes = CauseSettings.Usual,
        Friction = [new FrictionKind("errors", "errors", ["Error"])],
        Tickets = new TicketDefinition { Opened = ["Ticket Opened"], Solved = ["Ticket Solved"] },
        Feedback = new FeedbackDefinition { Nps = ["NPS Answered"] },
        Billing = new BillingDefinition { Failed = ["Payment Failed"], Recovered = ["Payment Succeeded"] },
        LeaveIntent = ["Cancel Viewed"],
        Sunsets =
        [
            new Sunset
            {
                Feature = "exports",
                Announced = new DateOnly(2025, 3, 20),
                LastOrder = new DateOnly(2025, 4, 20),
                Ends = new DateOnly(2025, 6, 10),
                Why = "Too few use it.",
                Terms = "As before.",
                ReplacementFeature = "feeds",
                Differences = "Nothing to download.",
                Steps = ["Open feeds."],
            },
        ],
    };

    private static readonly string[] Things =
    [
        "Report Shared",
        "Report Shared",
        "Report Shared",
        "Video Watched",
        "Export Completed",
        "Feed Read",
        "Import Started",
        "Import Failed",
        "Profile Opened",
        "Profile Saved",
        "Something Else",
        "Error",
        "Error",
        "Ticket Opened",
        "Ticket Solved",
        "NPS Answered",
        "Payment Failed",
        "Payment Succeeded",
        "Cancel Viewed",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_groups_counts_are_those_of_its_people_on_every_day(int seed)
    {
        var random = new Random(seed);
        var world = await SignalsWorld.WithAsync(Full with { Fingerprint = $"random-{seed}" });
        string[] groups = ["acme", "zenith"];
        for (int i = 0; i < 14; i++)
            Live(world.Given($"p{i}").Joins(groups[i % 2]).On(random.Next(0, 30)), random, days: 70);
        world.Given("p0").Tracks("Users Imported").On(random.Next(10, 40));
        if (seed % 2 == 0)
            world.Given("p1").Joins("zenith").On(0).Tracks("Subscription Cancelled").On(45).Tracks("Subscription Reactivated").On(55);
        int compared = 0;
        for (int day = 30; day <= 140; day++)
        {
            await world.AdvanceToAsync(day);
            foreach (string group in groups)
            {
                if (await world.AccountAsync(group) is not { Changed: false })
                    continue;
                compared++;
                var (people, _) = await BruteForce.AssessAsync(world, group);
                Assert.Equal(
                    $"day {day}: {BruteForce.Say(people)}",
                    $"day {day}: {BruteForce.Say((await world.ReviewAsync(group)).People)}"
                );
            }
        }
        Assert.InRange(compared, 120, 222);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task An_own_accounts_level_and_causes_are_right_on_every_day(int seed)
    {
        var random = new Random(seed);
        var world = await SignalsWorld.WithAsync(Full with { Accounts = AccountsMode.Person, Fingerprint = $"random-{seed}" });
        string[] people = [.. Enumerable.Range(0, 12).Select(i => $"p{i}")];
        foreach (string person in people)
        {
            var story = world
                .Given(person)
                .Identifies()
                .With("plan", random.Next(2) == 0 ? "pro" : "free")
                .With("renewalAt", world.At(random.Next(60, 250)).ToString("O"))
                .On(0);
            Live(story, random, days: random.Next(10, 90));
        }
        int compared = 0;
        for (int day = 1; day <= 230; day++)
        {
            await world.AdvanceToAsync(day);
            foreach (string person in people)
            {
                if (await world.AccountAsync(person) is { Changed: true })
                    continue;
                compared++;
                var (_, expected) = await BruteForce.AssessAsync(world, person);
                Assert.Equal(
                    $"{person} on {day}: {BruteForce.Say(expected)}",
                    $"{person} on {day}: {BruteForce.Say((await world.ReviewAsync(person)).Assessment)}"
                );
            }
        }
        Assert.InRange(compared, 2000, 12 * 230);
    }

    [Fact]
    public void A_person_reads_the_same_until_the_day_that_was_named()
    {
        var random = new Random(7);
        // The day of a sunset's notice is looked at too, though the person reads the same on it.
        var model = Full with
        {
            Accounts = AccountsMode.Person,
            Sunsets = [],
        };
        for (int life = 0; life < 300; life++)
        {
            var person = new PersonState(PersonKey.User($"p{life}"));
            var account = new AccountState(AccountKey.Own(person.Key), "p");
            int start = Days.Of(SignalsWorld.Start);
            for (int i = random.Next(1, 40); i > 0; i--)
                person.History.Record(
                    Things[random.Next(Things.Length)],
                    Days.Start(start + random.Next(0, 60)).AddHours(random.Next(24)),
                    true,
                    []
                );
            int today = start + 60;
            var context = new AccountContext(
                account,
                AccountFacts.Of(account, model),
                new UsageView(person.History, model),
                model,
                new KnownEvents(new Signals.Testing.Storage.InMemoryEntityStore(), TimeProvider.System),
                today
            );
            var finding = PersonAssessor.Assess(new PersonContext(person, context.Usage, context)).Finding;
            int? named = PersonAssessor.NextChange(new PersonContext(person, context.Usage, context), finding);
            for (int day = today + 1; day < today + 500 && day <= (named ?? int.MaxValue); day++)
            {
                var then = PersonAssessor.Assess(new PersonContext(person, context.Usage, context with { Today = day })).Finding;
                Assert.Equal(day != named, Told(then) == Told(finding));
            }
        }

        static string Told(PersonFinding finding) =>
            $"{finding.Active} {finding.WasActive} {finding.EverActive} {string.Join(',', finding.Causes.Select(cause => $"{cause.Cause}/{cause.Detail}/{PersonAssessor.IsSure(cause.Confidence)}").Order(StringComparer.Ordinal))}";
    }

    private static void Live(PersonStory story, Random random, int days)
    {
        int pace = random.Next(1, 9);
        for (int day = 1; day < days; day += random.Next(1, pace + 1))
        {
            string thing = Things[random.Next(Things.Length)];
            var happening =
                random.Next(3) == 0
                    ? story.Browses()
                    : story
                        .Tracks(thing)
                        .With("minutes", random.Next(1, 12))
                        .With("score", random.Next(11))
                        .With("ticketId", $"T-{random.Next(3)}");
            happening.At(random.Next(5, 17)).InSessions(random.Next(1, 3)).On(day);
        }
    }
}
