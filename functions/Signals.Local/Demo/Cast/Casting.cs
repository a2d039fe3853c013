using Signals.Core.Model;
using Signals.Local.Demo.Scripts;

namespace Signals.Local.Demo.Cast;

/// <summary>Makes the accounts and people of the story. The same seed makes the same ones.</summary>
internal sealed class Casting(ValueModel model, int seed)
{
    private const double FrenchShare = 0.25;
    private const int SmallTeam = 5;

    /// <summary>A day before the story on which everybody who is established had been made a user.</summary>
    private const int LongAgo = -45;

    private static readonly string[] Managers =
    [
        "amelie.roux@nimbus.example",
        "jonas.berg@nimbus.example",
        "leila.haddad@nimbus.example",
        "marcus.hill@nimbus.example",
    ];

    private static readonly string[] EnglishZones =
    [
        "Europe/London",
        "America/New_York",
        "America/Chicago",
        "America/Los_Angeles",
        "Europe/Dublin",
        "Europe/Amsterdam",
    ];

    private static readonly string[] EnglishGoals =
    [
        "answer every customer within an hour",
        "bring e-mail and chat into one inbox",
        "send campaigns that people read",
        "have routine questions answered by rules",
        "show the board our response times",
        "publish answers so that fewer questions are asked",
    ];

    private static readonly string[] FrenchGoals =
    [
        "répondre à chaque client en moins d’une heure",
        "réunir e-mail et chat dans une seule boîte",
        "envoyer des campagnes qui sont lues",
        "automatiser les réponses aux questions de routine",
        "suivre nos délais de réponse",
    ];

    private int _english;
    private int _french;

    public IReadOnlyList<StoryAccount> Cast() =>
        [.. AllScripts.List.SelectMany(script => Enumerable.Range(0, script.Accounts).Select(number => Account(script, number)))];

    private StoryAccount Account(Script script, int number)
    {
        int index = _english + _french;
        var chance = new Random(seed + (index * 7919));
        bool isFrench = chance.NextDouble() < FrenchShare;
        string name = CompanyNames.Of(isFrench, isFrench ? _french++ : _english++);
        var shape = script.Shape(number, chance);
        var plan = model.PlanOf(shape.Plan)!;
        string[] goals = isFrench ? FrenchGoals : EnglishGoals;
        int people = shape.People + shape.Joiners.Count;
        return new StoryAccount
        {
            Id = Slug.Of(name, '-'),
            Name = name,
            Script = script,
            Number = number,
            Plan = shape.Plan,
            Mrr = (int)plan.Price,
            Repriced = shape.Repriced is var (day, factor) ? (day, (int)Math.Round(plan.Price * factor)) : null,
            Seats = Math.Max(people, shape.Plan == "free" ? 2 : people + chance.Next(3)),
            Csm = Managers[index % Managers.Length],
            Strategic = shape.Strategic,
            Goal = goals[chance.Next(goals.Length)],
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(isFrench ? "Europe/Paris" : EnglishZones[chance.Next(EnglishZones.Length)]),
            CreatedOn = shape.CreatedOn,
            RenewsOn = shape.RenewsOn,
            TrialEndsOn = shape.TrialEndsOn,
            People = People(shape, name, isFrench, chance),
            Chance = chance,
        };
    }

    private static List<StoryPerson> People(AccountShape shape, string company, bool isFrench, Random chance)
    {
        var people = new List<StoryPerson>();
        string domain = Slug.Of(company, '-');
        int[] week = [1, 2, 3, 4, 5];
        chance.Shuffle(week);
        // A small team does its customer mail on the same few days; a large one is there all week.
        int[] teamDays = shape.People <= SmallTeam ? week[..3] : week;
        foreach (int? joins in Enumerable.Repeat<int?>(null, shape.People).Concat(shape.Joiners.Select(day => (int?)day)))
        {
            string name = PeopleNames.Of(isFrench, chance);
            string local = Slug.Of(name, '.');
            // Namesakes get a number, as at any company.
            int namesakes = people.Count(person => person.Name == name);
            bool isNew = joins is not null || shape.CreatedOn >= 0;
            int joinsOn = joins ?? Math.Max(0, shape.CreatedOn + (shape.CreatedOn >= 0 ? people.Count * 2 : 0));
            var role = RoleOf(people.Count, shape);
            people.Add(
                new StoryPerson(
                    $"{domain}-{people.Count + 1}",
                    name,
                    $"{local}{(namesakes > 0 ? namesakes + 1 : "")}@{domain}.example",
                    isFrench ? "fr-FR"
                        : chance.NextDouble() < 0.5 ? "en-GB"
                        : "en-US",
                    role,
                    joinsOn,
                    isNew ? joinsOn : Math.Max(LongAgo, shape.CreatedOn)
                )
                {
                    Weekdays = Weekdays(teamDays, role, people.Count == 0, chance),
                    Away =
                        shape.People > 3 && people.Count > 0 && chance.NextDouble() < 0.25
                            ? (chance.Next(10, 80), chance.Next(4, 10))
                            : default,
                }
            );
        }
        return people;
    }

    private static StoryRole RoleOf(int index, AccountShape shape) =>
        (index, shape) switch
        {
            (_, { OnlyAgents: true }) => StoryRole.Agent,
            (0, { Plan: "free" }) => StoryRole.Agent,
            (0, _) => StoryRole.Admin,
            (2, _) => StoryRole.Marketer,
            _ => index % 6 == 5 ? StoryRole.Marketer : StoryRole.Agent,
        };

    /// <summary>Two or three working days a week, always the same ones.</summary>
    private static int Weekdays(int[] teamDays, StoryRole role, bool isFirst, Random chance)
    {
        int[] days = [.. teamDays];
        chance.Shuffle(days);
        int count = role == StoryRole.Agent || isFirst ? chance.Next(2, 4) : 2;
        return days.Take(count).Sum(day => 1 << day);
    }
}
