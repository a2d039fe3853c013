using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>What is said of beginning, of features, of seats and of what stands in the way, held against the event stream.</summary>
internal static class UseClaims
{
    private const int Window = 30;
    private const double Floor = 15;
    private const int UseDays = 14;
    private const int EarlierUseDays = 56;

    public static readonly IReadOnlyList<TeamClaim> All =
    [
        // Setting up.
        TeamClaim.Evidence(
            $"{Said.Quote("step")} failed {Said.Times("times")}",
            $"{Said.Number("failures")} failures?",
            "none",
            (said, facts) =>
                facts.Story.Step(said["step"]) is { } step
                && IsOpen(step, facts)
                && Somebody(facts, person => said.IsCount("times", facts.Count(step.Failed, 0, person)))
        ),
        TeamClaim.Evidence(
            $"{Said.Quote("step")} was tried {Said.Times("times")} and never finished",
            $"{Said.Number("tries")} (?:try|tries)",
            "done",
            (said, facts) =>
                facts.Story.Step(said["step"]) is { } step
                && IsOpen(step, facts)
                && Somebody(facts, person => said.IsCount("times", facts.Count(step.Tried, 0, person)))
        ),
        TeamClaim.Evidence(
            $"{Said.Quote("step")} is not done yet",
            "never",
            $"done(?: by {Said.Date("by")})?",
            (said, facts) =>
                facts.Story.Step(said["step"]) is { } step
                && IsOpen(step, facts)
                && Starts(step, facts)
                    .Any(start =>
                        (!said.Has("by") || (said.IsDay("by", start + step.WithinDays) && said.Day("by") < facts.Today))
                        && EvidenceClaims.IsSince(said, start)
                    )
        ),
        // Beginning.
        TeamClaim.Evidence(
            $"(?:none of the {Said.Number("people")} people ever|{Said.Number("ever")} of {Said.Number("of")} (?:person|people) ever"
                + $"|the one person never) got 15 minutes of value {Said.Window("window")}",
            "(?:none|never|\\d+ of \\d+)",
            "at least 25%",
            (said, facts) =>
                (
                    said.Has("people") ? said.Count("people")
                    : said.Has("of") ? said.Count("of")
                    : 1
                ) == facts.People.Count()
                && (said.Has("ever") ? said.Count("ever") : 0) == facts.People.Count(person => BestWindow(facts, person) >= Floor)
                && IsWindow(said, facts, facts.StartDay)
                && EvidenceClaims.IsSince(said, facts.StartDay)
        ),
        TeamClaim.Evidence(
            $"they came on {Said.Date("day")}",
            "never",
            "value within 28 days",
            (said, facts) => said.IsDay("day", facts.StartDay) && facts.Today - facts.StartDay >= 28
        ),
        TeamClaim.Evidence(
            $"{Said.Number("amount")} minutes of value since {Said.Date("day")}",
            $"{Said.Number("value")} minutes",
            $"at least {Said.Number("asked")} minutes",
            (said, facts) =>
                Somebody(
                    facts,
                    person =>
                        said.IsAmount("amount", facts.Value(said.Day("day"), facts.Today, person))
                        && (said.IsDay("day", facts.FirstDay(person)) || said.Day("day") > facts.FirstDay(person))
                        && said.Day("day") <= facts.Today
                        && (!said.Has("asked") || IsFloor(said, facts))
                )
        ),
        TeamClaim.Evidence(
            $"came {Said.Number("times")} times? in those days",
            $"{Said.Number("value")} sessions?",
            "value in some of them",
            (said, facts) => said.Has("since") && Somebody(facts, person => said.IsCount("times", Visits(facts, person, said.Day("since"))))
        ),
        // Features and seats.
        TeamClaim.Evidence(
            $"{Said.Number("unused")} of {Said.Number("key")} key features of the plan unused {Said.Window("window")}",
            $"{Said.Percent("share")}",
            "under 50%",
            (said, facts) =>
                KeyFeatures(facts) is var key
                && said.IsCount("key", key.Count)
                && said.IsCount("unused", key.Count(feature => IsUnused(feature, facts)))
                && (!said.Has("share") || said.IsPercent("share", said.Amount("unused") / said.Amount("key")))
                && IsWindow(said, facts, facts.FirstDay())
        ),
        TeamClaim.Evidence(
            "nobody used (?<features>.+?)",
            $"{Said.Number("count")} features?",
            "in use",
            (said, facts) =>
                said["features"]
                    .Split(", ")
                    .All(name => KeyFeatures(facts).Exists(key => key.Name.In("en") == name && IsUnused(key, facts)))
                && (!said.Has("count") || said.IsCount("count", said["features"].Split(", ").Length))
        ),
        TeamClaim.Evidence(
            $"{Said.Number("now")} of {Said.Number("seats")} seats? used by active people, "
                + $"{Said.Number("then")} of them on {Said.Date("day")}",
            $"{Said.Number("value")} active",
            $"{Said.Number("expected")} active",
            (said, facts) =>
                said.IsCount("now", Active(facts, facts.Today))
                && said.Day("day") <= facts.Today - Window
                && said.IsCount("then", Active(facts, said.Day("day")))
                && said.IsCount("seats", facts.Account.Seats)
                && (!said.Has("expected") || said["expected"] == said["then"])
                && EvidenceClaims.IsSince(said, said.Day("day"))
        ),
        // Obstacles.
        TeamClaim.Evidence(
            $"{Said.Number("count")} (?<kind>\\D+?) in {Said.Number("amount")} minutes over {Said.Number("days")} days? of use, "
                + $"(?:over {Said.Number("over")} times|{Said.Number("multiple")} times) what is usual for (?:people like them|their own past)",
            "\\d+ \\D+?",
            $"about {Said.Number("usual")}",
            (said, facts) =>
                facts.Story.Kind(said["kind"]) is { } kind
                && Somebody(
                    facts,
                    person =>
                        DaysOfUse(facts, person).Take(UseDays + EarlierUseDays).ToList() is var all
                        && new[] { all.Take(UseDays).ToList(), all }.Any(use =>
                            use.Count > 0
                            && said.IsCount("days", use.Count)
                            && said.IsCount("count", use.Sum(day => Met(facts, kind, person, day)))
                            && said.IsAmount("amount", use.Sum(day => facts.Value(day, day, person)))
                            && EvidenceClaims.IsSince(said, use[^1])
                        )
                )
                && (!said.Has("usual") || !said.Has("multiple") || IsMultiple(said))
        ),
        TeamClaim.Evidence(
            $"{Said.Number("count")} (?<kind>\\D+?) in {Said.Number("amount")} minutes before that",
            "\\d+ \\D+?",
            "no more than before",
            (said, facts) =>
                facts.Story.Kind(said["kind"]) is { } kind
                && Somebody(
                    facts,
                    person =>
                        DaysOfUse(facts, person).Skip(UseDays).Take(EarlierUseDays).ToList() is { Count: > 0 } use
                        && said.IsCount("count", use.Sum(day => Met(facts, kind, person, day)))
                        && said.IsAmount("amount", use.Sum(day => facts.Value(day, day, person)))
                        && EvidenceClaims.IsSince(said, use[^1])
                )
        ),
        TeamClaim.Evidence(
            $"{Said.Number("count")} of them since {Said.Date("day")}",
            "\\d+ \\D+?",
            $"about {Said.Number("usual")}",
            (said, facts) =>
                facts.Model.Friction.Any(kind =>
                    Somebody(facts, person => said.IsCount("count", facts.Count(kind.Events, said.Day("day"), person)))
                )
        ),
        TeamClaim.Evidence(
            $"{Said.Number("some")} of {Said.Number("people")} people (?:is|are) (?:held back by it|delighted)",
            $"{Said.Number("value")} (?:person|people)",
            "none",
            (said, facts) =>
                said.IsCount("people", facts.People.Count()) && said.Count("some") >= 1 && said.Count("some") <= said.Count("people")
        ),
        // More than before.
        TeamClaim.Evidence(
            $"{Said.Number("amount")} minutes from {Said.Date("from")} to {Said.Date("to")}, more than ever",
            $"{Said.Number("value")} minutes",
            $"at most {Said.Number("best")} minutes",
            (said, facts) =>
                said.Day("to") == said.Day("from") + UseDays - 1
                && said.Day("to") < facts.Today
                && Somebody(facts, person => said.IsAmount("amount", facts.Value(said.Day("from"), said.Day("to"), person)))
                && (!said.Has("best") || said.Amount("best") * 2 <= said.Amount("amount"))
        ),
    ];

    /// <summary>The window of thirty days, or the time since their first day.</summary>
    public static bool IsWindow(Said said, TeamFacts facts, int first) =>
        said.Has("windowsince")
            ? said.IsDay("windowsince", first)
            : said.IsCount("window", Window)
                && first <= facts.Today - Window + 1
                && (!said.Has("windowto") || said.IsDay("windowto", facts.Today));

    public static List<Feature> KeyFeatures(TeamFacts facts) =>
        [.. facts.Model.FeaturesOf(facts.LastSaid("plan", "plan")).Where(feature => feature.Key)];

    public static bool IsUnused(Feature feature, TeamFacts facts) => facts.Count(feature.Events, facts.Today - Window + 1) == 0;

    /// <summary>How many got what makes a person active, in the thirty days up to a day.</summary>
    public static int Active(TeamFacts facts, int day) => facts.People.Count(person => facts.Value(day - Window + 1, day, person) >= Floor);

    private static bool Somebody(TeamFacts facts, Func<StoryPerson, bool> holds) => facts.People.Any(holds);

    private static bool IsOpen(OnboardingStep step, TeamFacts facts) =>
        step.Scope == StepScope.Account ? facts.Count(step.Done) == 0 : Somebody(facts, person => facts.Count(step.Done, 0, person) == 0);

    /// <summary>When the time for a step began: with the account, or with somebody who has it still to do.</summary>
    private static IEnumerable<int> Starts(OnboardingStep step, TeamFacts facts) =>
        step.Scope == StepScope.Account
            ? [facts.StartDay]
            : facts
                .People.Where(person => facts.Count(step.Done, 0, person) == 0)
                .Select(person => Math.Min(facts.Story.DayOf(person.CreatedOn)!.Value.DayNumber, facts.FirstDay(person)));

    /// <summary>What the floor asks for in the time that is told, or in the thirty days where that is as long.</summary>
    private static bool IsFloor(Said said, TeamFacts facts) =>
        Enumerable
            .Range(said.Day("day"), facts.Today - said.Day("day") + 1)
            .Any(look => said.IsAmount("asked", Floor * Math.Min(Window, look - said.Day("day") + 1) / Window));

    private static double BestWindow(TeamFacts facts, StoryPerson person) =>
        Enumerable
            .Range(facts.FirstDay(person), facts.Today - facts.FirstDay(person) + 1)
            .Max(day => facts.Value(day - Window + 1, day, person));

    /// <summary>Half-hours in which they did something, those without a pause between them taken as one.</summary>
    private static int Visits(TeamFacts facts, StoryPerson person, int from)
    {
        var slots = facts
            .Events.Where(found => found.UserId == person.Id && Days.Of(found.Timestamp) >= from)
            .Select(found => found.Timestamp.UtcTicks / TimeSpan.FromMinutes(30).Ticks)
            .Distinct()
            .Order()
            .ToList();
        return slots.Where((slot, i) => i == 0 || slot > slots[i - 1] + 1).Count();
    }

    /// <summary>The person's days with value or an obstacle, newest first.</summary>
    private static IEnumerable<int> DaysOfUse(TeamFacts facts, StoryPerson person)
    {
        var met = facts
            .Of([.. facts.Model.Friction.SelectMany(any => any.Events)], 0, person)
            .Select(found => Days.Of(found.Timestamp))
            .ToHashSet();
        for (int day = facts.Today; day >= facts.FirstDay(person); day--)
        {
            if (met.Contains(day) || facts.ValueDays(day, day, person) > 0)
                yield return day;
        }
    }

    private static int Met(TeamFacts facts, FrictionKind kind, StoryPerson person, int day) =>
        facts.Of(kind.Events, day, person).Count(found => Days.Of(found.Timestamp) == day);

    /// <summary>So many, over what is usual, are so many times: as exactly as the two are rounded.</summary>
    private static bool IsMultiple(Said said)
    {
        double usual = said.Amount("usual"),
            count = said.Amount("count");
        return said.Amount("multiple") >= count / (usual + 0.06) - 0.06
            && said.Amount("multiple") <= count / Math.Max(0.01, usual - 0.06) + 0.06;
    }
}
