using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting.Inference;

/// <summary>
/// Finds the steps of the set-up: what most people, or most accounts, do once or twice in their first days; in the order in which they come
/// to it. What was tried and what failed is what speaks of the same thing.
/// </summary>
internal sealed class OnboardingFinder(EventSurvey survey, bool isOfGroups)
{
    private const long DaySeconds = 24 * 60 * 60;
    private const double LeastShare = 0.1;
    private const int MaxSteps = 7;

    /// <summary>So many tell what is usual.</summary>
    private const int Enough = 20;

    private const int Few = 5;

    /// <summary>Where so many of an account do it, each does it for themselves.</summary>
    private const double MostDoIt = 0.6;

    public (IReadOnlyList<ProposedStep> Steps, IReadOnlyList<(string Name, NameRole Role)> Roles) Find(IReadOnlyList<NamedRole> roles)
    {
        var steps = new List<(ProposedStep Step, double Age)>();
        var taken = new List<(string, NameRole)>();
        var tries = roles.Where(role => IsTry(role.Name.Words)).ToList();
        foreach (var role in roles.Where(role => role.Role == NameRole.Setup && !tries.Contains(role)))
        {
            var (share, age, isOfAccount) = Measure(role);
            if (share < LeastShare)
                continue;
            var about = role.Name.Words;
            string[] tried = [.. tries.Where(other => other.Name.Words.SharesThingWith(about)).Select(other => other.Name.Name)];
            string[] failed =
            [
                .. roles
                    .Where(other =>
                        other.Role == NameRole.Friction
                        && other.Name.Words.Has("fail", "error", "reject")
                        && other.Name.Words.SharesThingWith(about)
                    )
                    .Select(other => other.Name.Name),
            ];
            taken.AddRange(tried.Select(name => (name, NameRole.StepTried)));
            taken.AddRange(failed.Select(name => (name, NameRole.StepFailed)));
            int within = Math.Clamp((int)Math.Ceiling(2 * age) + 2, 3, 30);
            steps.Add(
                (
                    new ProposedStep(
                        NameWords.Slug(role.Name.Words.Words),
                        role.Name.Name,
                        isOfAccount,
                        [role.Name.Name],
                        tried,
                        failed,
                        within,
                        $"{share * 100:0}% of {(isOfGroups && isOfAccount ? "accounts" : "people")} did it, first after {age:0.#} "
                            + "days in the middle"
                    ),
                    age
                )
            );
        }
        return ([.. steps.OrderBy(step => step.Age).Take(MaxSteps).Select(step => step.Step)], taken);
    }

    private static bool IsTry(NameWords words) =>
        words.Has("start", "open", "began", "attempt", "click", "view") && !words.Has("period", "trial", "ticket");

    /// <summary>
    /// Who did it, when first, and whether one does it for all: of those whose beginning was seen, where there are enough, for who was
    /// there before did it before.
    /// </summary>
    private (double Share, double Age, bool IsOfAccount) Measure(NamedRole role)
    {
        long from = survey.First.ToUnixTimeSeconds() + (3 * DaySeconds);
        var accounts = Tally(role, from);
        var all = accounts.Values.ToList();
        var did = all.FindAll(account => account.Done < long.MaxValue);
        bool sawDoers = did.Sum(account => account.NewDoers) >= Few;
        double people = did.Sum(account => sawDoers ? account.NewPeople : account.People),
            doers = did.Sum(account => sawDoers ? account.NewDoers : account.Doers);
        if (isOfGroups && people > 0 && doers / people >= MostDoIt)
            return (ShareOfPeople(role, from), role.FirstAfterDays ?? 0, false);
        var seen = all.FindAll(account => account.First > from && account.First < long.MaxValue);
        var looked = seen.Count >= Enough ? seen : all;
        var ages = looked
            .Where(account => account.Done < long.MaxValue)
            .Select(account => (account.Done - account.First) / (double)DaySeconds)
            .ToList();
        return ((double)ages.Count / Math.Max(1, looked.Count), Median.Of(ages) ?? 0, isOfGroups);
    }

    /// <summary>By account, or by person where everybody is one.</summary>
    private Dictionary<string, AccountTally> Tally(NamedRole role, long from)
    {
        var accounts = new Dictionary<string, AccountTally>(StringComparer.Ordinal);
        foreach (var (id, person) in survey.Known)
        {
            string key = isOfGroups && person.Account is { } account ? account : id;
            var known = accounts.GetValueOrDefault(key, new AccountTally(long.MaxValue, long.MaxValue));
            bool isNew = person.First > from;
            if (person.First > 0)
                known.First = Math.Min(known.First, person.First);
            known.People++;
            known.NewPeople += isNew ? 1 : 0;
            if (person.Of(role.Name) is { } use)
            {
                known.Done = Math.Min(known.Done, use.First);
                known.Doers++;
                known.NewDoers += isNew ? 1 : 0;
            }
            accounts[key] = known;
        }
        return accounts;
    }

    private double ShareOfPeople(NamedRole role, long from)
    {
        var people = survey.Known.Select(person => person.Value).ToList();
        var seen = people.FindAll(person => person.First > from);
        var looked = seen.Count >= Enough ? seen : people;
        return (double)looked.Count(person => person.Of(role.Name) is not null) / Math.Max(1, looked.Count);
    }

    /// <summary>An account's first event and its first one of a name (Unix seconds), its people, and how many of them did it.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private record struct AccountTally(long First, long Done, int People = 0, int Doers = 0, int NewPeople = 0, int NewDoers = 0);
}
