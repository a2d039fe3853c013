using System.Text.Json;
using Signals.Core.Intake.Events;

namespace Signals.Benchmarks.Pages;

/// <summary>
/// Many customers of Nimbus with ten people each on average, one of them very large, and something the matter with half of them. The same
/// number is the same customer in every run.
/// </summary>
internal sealed class World(int accounts, DateTimeOffset now)
{
    /// <summary>One customer has so many people; of a hundred others one has 120, nine 35, thirty 12, and sixty 3 or 4.</summary>
    private const int LargestAccount = 5_000;

    private const int Stories = 20;

    private const int FirstToDoAnything = 10;

    private static readonly string[] Names =
    [
        "Conversation Handled",
        "Campaign Sent",
        "Template Gallery Viewed",
        "Search Performed",
        "Error",
        "Import Started",
        "Import Failed",
        "Users Imported",
        "Channel Connected",
        "Teammate Invited",
        "Composer Opened",
        "First Reply Sent",
        "Payment Failed",
        "Payment Succeeded",
        "Ticket Opened",
        "Ticket Solved",
        "Cancel Viewed",
        "NPS Answered",
        "Automation Run",
        "Report Shared",
        "Article Published",
        "Message Delivered",
    ];

    private static readonly string[] Plans = ["basic", "pro", "pro", "enterprise"];
    private static readonly string[] Words =
    [
        "Harbour",
        "Juniper",
        "Cobalt",
        "Meadow",
        "Lantern",
        "Quarry",
        "Saffron",
        "Tundra",
        "Willow",
        "Zephyr",
    ];
    private static readonly string[] Kinds =
    [
        "Foods",
        "Legal",
        "Robotics",
        "Travel",
        "Clinics",
        "Press",
        "Energy",
        "Studio",
        "Transport",
        "Bank",
    ];

    private static readonly string[] Complaints =
    [
        "Support never answered my question about the import.",
        "The export fails every time, I am so tired of it.",
        "Too slow since the last update, really annoying.",
        "We are looking at other products.",
        "It does not do what we bought it for.",
    ];

    public int Accounts => accounts;

    public static string IdOf(int account) => $"c-{account:D6}";

    /// <summary>What an account's people did until now.</summary>
    public IEnumerable<UsageEvent> History(int account)
    {
        int story = account % Stories,
            people = PeopleOf(account);
        bool isNew = story == 1;
        var createdAt = now.AddDays(isNew ? -10 : -200);
        yield return Event(
            account,
            0,
            "company",
            EventType.Group,
            "",
            createdAt,
            new
            {
                name = $"{Words[account % 10]} {Kinds[account / 10 % 10]} {account}",
                plan = Plans[account / 3 % Plans.Length],
                mrr = 49 + account * 37 % 950,
                seats = people + account % 4,
                csm = $"manager{account % 40}@nimbus.example",
                strategic = account % 97 == 0,
                goal = "answer every customer within an hour",
                stage = "live",
                createdAt,
                renewalAt = now.AddDays(account % 365),
            }
        );
        for (int person = 0; person < people; person++)
        {
            yield return Event(
                account,
                person,
                "who",
                EventType.Identify,
                "",
                createdAt.AddHours(person % 24),
                new
                {
                    email = $"p{person}@{IdOf(account)}.example",
                    name = $"Person {person} of {account}",
                    role = person == 0 ? "admin" : "agent",
                    locale = account % 4 == 0 ? "fr-FR" : "en-GB",
                    createdAt,
                }
            );
            foreach (var used in Use(account, person, story))
                yield return used;
        }
        foreach (var what in Trouble(account, story))
            yield return what;
        if (account == FirstToDoAnything)
        {
            // A rule keeps silent about what has been sent for a short while only: here everything has been, by somebody, for long.
            foreach (string name in Names)
                yield return Event(
                    account,
                    0,
                    $"first {name}",
                    EventType.Track,
                    name,
                    now.AddDays(-150),
                    new
                    {
                        seconds = 700,
                        ticketId = "t",
                        body = "",
                        score = 8,
                    }
                );
        }
    }

    /// <summary>What happened since to one account in twenty: half of them want to leave, half made good what was wrong.</summary>
    public IEnumerable<UsageEvent> News(int account)
    {
        if (account % Stories == 12)
            yield return Event(account, 0, "leaves", EventType.Track, "Cancel Viewed", now, new { });
        if (account % (2 * Stories) == 2)
            yield return Event(account, 0, "paid", EventType.Track, "Payment Succeeded", now, new { amount = 99 });
    }

    private static int PeopleOf(int account) =>
        (account % 100) switch
        {
            0 when account == 0 => LargestAccount,
            0 => 120,
            < 10 => 35,
            < 40 => 12,
            _ => account % 5 < 2 ? 4 : 3,
        };

    private IEnumerable<UsageEvent> Use(int account, int person, int story)
    {
        if (story is 1 or 8)
        {
            for (int visit = 0; visit < 3; visit++)
                yield return Event(
                    account,
                    person,
                    $"v{visit}",
                    EventType.Track,
                    visit == 0 ? "Template Gallery Viewed" : "Search Performed",
                    now.AddDays(-1 - visit * 2),
                    new { query = "templates" }
                );
            yield break;
        }
        int[] daysAgo =
            story == 5 ? [55, 40, 25] : [(account + person) % 12 + 1, (account + person) % 12 + 14, (account + person) % 12 + 40];
        foreach (int days in daysAgo)
            yield return Event(
                account,
                person,
                $"u{days}",
                EventType.Track,
                days % 3 == 0 ? "Campaign Sent" : "Conversation Handled",
                now.AddDays(-days),
                new { seconds = 700, channel = "chat" }
            );
    }

    private IEnumerable<UsageEvent> Trouble(int account, int story)
    {
        if (story == 0)
        {
            for (int error = 0; error < 12; error++)
                yield return Event(
                    account,
                    0,
                    $"e{error}",
                    EventType.Track,
                    "Error",
                    now.AddDays(-error % 6).AddMinutes(-error),
                    new { code = "E42" }
                );
        }
        UsageEvent? one = story switch
        {
            1 => Event(account, 0, "import", EventType.Track, "Import Failed", now.AddDays(-5), new { reason = "wrong format" }),
            2 => Event(account, 0, "pay", EventType.Track, "Payment Failed", now.AddDays(-4), new { amount = 99 }),
            3 => Event(
                account,
                1,
                "ticket",
                EventType.Track,
                "Ticket Opened",
                now.AddDays(-4),
                new { ticketId = $"t{account}", body = Complaints[account % Complaints.Length] }
            ),
            4 => Event(account, 0, "cancel", EventType.Track, "Cancel Viewed", now.AddDays(-2), new { }),
            6 => Event(
                account,
                0,
                "nps",
                EventType.Track,
                "NPS Answered",
                now.AddDays(-3),
                new
                {
                    score = account % 6,
                    comment = Complaints[account % Complaints.Length],
                    channel = "in-app",
                }
            ),
            7 => Event(
                account,
                0,
                "nps",
                EventType.Track,
                "NPS Answered",
                now.AddDays(-3),
                new
                {
                    score = 9 + account % 2,
                    comment = "Best tool we have had, our team loves it.",
                    channel = "e-mail",
                }
            ),
            9 => Event(account, 0, "gone", EventType.Track, "Subscription Cancelled", now.AddDays(-20), new { }),
            _ => null,
        };
        if (one is not null)
            yield return one;
    }

    private UsageEvent Event(int account, int person, string what, EventType type, string name, DateTimeOffset at, object payload) =>
        new()
        {
            Type = type,
            MessageId = $"{account}.{person}.{what}",
            UserId = $"{IdOf(account)}-{person}",
            GroupId = IdOf(account),
            Name = name,
            Timestamp = at > now ? now : at,
            ReceivedAt = now,
            Payload = JsonSerializer.SerializeToUtf8Bytes(payload),
            Library = "signals-pages/1",
        };
}
