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
                            + $"days in the middle"
                    ),
                    age
                )
            );
        }
        return ([.. steps.OrderBy(step => step.Age).Take(MaxSteps).Select(step => step.Step)], taken);
    }

    private static bool IsTry(NameWords words) =>
        words.Has("start", "open", "began", "attempt", "click", "view") && !words.Has("period", "trial", "ticket");

    /// <summary>Who did it, when first, and whether one does it for all. Of those whose beginning was seen, where there are
    /// enough.</summary>
    private (double Share, double Age, bool IsOfAccount) Measure(NamedRole role)
    {
        var accounts = new Dictionary<string, (long First, long Done, int People, int Doers)>(StringComparer.Ordinal);
        foreach (var (id, person) in survey.People)
        {
            if (id.StartsWith('~'))
                continue;
            string key = isOfGroups && person.Account is { } account ? account : id;
            (long First, long Done, int People, int Doers) known = accounts.TryGetValue(key, out var earlier)
                ? earlier
                : (long.MaxValue, long.MaxValue, 0, 0);
            if (person.First > 0)
                known.First = Math.Min(known.First, person.First);
            known.People++;
            if (person.Of(role.Name) is { } use)
            {
                known.Done = Math.Min(known.Done, use.First);
                known.Doers++;
            }
            accounts[key] = known;
        }
        var did = accounts.Values.Where(account => account.Done < long.MaxValue).ToList();
        long from = survey.First.ToUnixTimeSeconds() + (3 * DaySeconds);
        var seen = did.Where(account => account.First > from).ToList();
        var ages = (seen.Count >= 5 ? seen : did).ConvertAll(account => (account.Done - account.First) / (double)DaySeconds);
        double people = did.Sum(account => account.People),
            doers = did.Sum(account => account.Doers);
        bool isOfAccount = isOfGroups && people > 0 && doers / people < 0.6;
        double share =
            isOfAccount || !isOfGroups
                ? (double)did.Count / Math.Max(1, accounts.Count)
                : (double)role.People / Math.Max(1, survey.People.Count);
        return (share, RoleFinder.Median(ages), isOfAccount);
    }
}
