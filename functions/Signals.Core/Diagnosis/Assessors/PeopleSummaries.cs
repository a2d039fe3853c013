using Signals.Core.State.Assessments;
using Signals.Core.State.People;

namespace Signals.Core.Diagnosis.Assessors;

/// <summary>Keeps an account's summary of its people in step with their findings, one person at a time.</summary>
public static class PeopleSummaries
{
    private const int CarriedWithinDays = 180;

    /// <summary>The key of <see cref="PeopleSummary.Affected"/> for a cause about one thing.</summary>
    public static string Key(string cause, string? detail) => detail is null ? cause : $"{cause}/{detail}";

    /// <summary>The summary after one person's finding changed from <paramref name="before"/> to <paramref name="after"/>.</summary>
    public static PeopleSummary With(this PeopleSummary summary, string person, PersonFinding before, PersonFinding after)
    {
        var affected = new Dictionary<string, int>(summary.Affected, StringComparer.Ordinal);
        foreach (string key in KeysOf(before))
            affected[key] = Math.Max(0, affected.GetValueOrDefault(key) - 1);
        foreach (string key in KeysOf(after))
            affected[key] = affected.GetValueOrDefault(key) + 1;

        var telling = summary
            .Telling.Where(entry => entry.Person != person)
            .Concat(after.Causes.Select(cause => new TellingPerson(person, cause.Cause, cause.Detail, cause.Confidence)))
            .OrderByDescending(entry => entry.Confidence)
            .ThenBy(entry => entry.Person, StringComparer.Ordinal)
            .GroupBy(entry => entry.Cause, StringComparer.Ordinal)
            .SelectMany(cause => cause.Take(PeopleSummary.MaxTelling))
            .OrderByDescending(entry => entry.Confidence)
            .ThenBy(entry => entry.Person, StringComparer.Ordinal)
            .ToList();
        var leaders = summary
            .Leaders.Where(entry => entry.Person != person)
            .Concat(after.WindowValue > 0 ? [new LeadingPerson(person, after.WindowValue)] : [])
            .OrderByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Person, StringComparer.Ordinal)
            .Take(PeopleSummary.MaxLeaders)
            .ToList();
        var carriers = summary
            .Carriers.Where(entry => entry.Person != person)
            .Concat(
                after.LastValueDay is { } day && after.Carried > 0
                    ? [new CarryingPerson(person, day, after.Carried, after.CarriedDays, after.Departure, after.UsualPause)]
                    : []
            )
            .ToList();
        var deciders = summary.Deciders.Where(key => key != person).Concat(after.Decides ? [person] : []);
        var leaving = summary
            .Leaving.Where(entry => entry.Person != person)
            .Concat(after.LeaveDay is { } left ? [new LeavingPerson(person, left)] : []);
        int newest = carriers.Count == 0 ? 0 : carriers.Max(entry => entry.LastDay);
        return summary with
        {
            EverActive = summary.EverActive + Count(after.EverActive) - Count(before.EverActive),
            WasActive = summary.WasActive + Count(after.WasActive) - Count(before.WasActive),
            // Who left long ago makes room for those who carry it now.
            Carriers =
            [
                .. carriers
                    .Where(entry => entry.LastDay >= newest - CarriedWithinDays)
                    .OrderByDescending(entry => entry.Value)
                    .ThenBy(entry => entry.Person, StringComparer.Ordinal)
                    .Take(PeopleSummary.MaxLeaders),
            ],
            Reviewed = summary.Reviewed + Count(after.Known) - Count(before.Known),
            Active = summary.Active + Count(after.Active) - Count(before.Active),
            Affected = affected.Where(entry => entry.Value > 0).ToDictionary(StringComparer.Ordinal),
            Telling = telling,
            Leaders = leaders,
            Deciders = [.. deciders.Order(StringComparer.Ordinal).Take(PeopleSummary.MaxLeaders)],
            Leaving =
            [
                .. leaving
                    .OrderByDescending(entry => entry.Day)
                    .ThenBy(entry => entry.Person, StringComparer.Ordinal)
                    .Take(PeopleSummary.MaxLeaders),
            ],
        };
    }

    /// <summary>
    /// True when so many of a cause's telling people recovered that others, whom there was no room to keep, should speak for it.
    /// </summary>
    public static bool IsWorn(this PeopleSummary summary) =>
        summary.Affected.Any(entry =>
            !entry.Key.Contains('/', StringComparison.Ordinal)
            && summary.Telling.Count(telling => telling.Cause == entry.Key) < Math.Min(entry.Value, PeopleSummary.MaxTelling / 2)
        );

    /// <summary>What somebody counts towards: once for a cause, however many kinds of it they have.</summary>
    private static IEnumerable<string> KeysOf(PersonFinding finding) =>
        finding
            .Causes.SelectMany(cause => cause.Detail is null ? new[] { cause.Cause } : [cause.Cause, Key(cause.Cause, cause.Detail)])
            .Distinct(StringComparer.Ordinal);

    private static int Count(bool value) => value ? 1 : 0;
}
