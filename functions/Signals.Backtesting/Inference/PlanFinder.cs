namespace Signals.Backtesting.Inference;

/// <summary>Finds the plans, what they cost a month, and which events tell them.</summary>
internal sealed class PlanFinder(EventSurvey survey, IReadOnlyList<NamedRole> roles, bool isOfGroups)
{
    private const int MaxPlans = 12;

    public (IReadOnlyList<ProposedFacts> Facts, IReadOnlyList<ProposedPlan> Plans, IReadOnlyList<string> Notes) Find()
    {
        var notes = new List<string>();
        var facts = new List<ProposedFacts>();
        var own = isOfGroups ? survey.AccountTraits : survey.PersonTraits;
        var trait = own.Values.FirstOrDefault(IsPlan);
        foreach (var role in roles.Where(role => role.Role == NameRole.Facts))
        {
            if (FactsOf(role) is { Properties.Count: > 0 } found)
                facts.Add(found);
        }
        var withPlan = facts.Where(fact => fact.Properties.Any(property => property.Fact == "plan")).ToList();
        if (withPlan.Count == 0 && EverywhereOn() is { } everywhere)
        {
            facts.Add(everywhere);
            withPlan.Add(everywhere);
        }
        if (trait is not null && trait.Name != "plan")
            notes.Add($"The plan comes as the trait \"{trait.Name}\"; Signals reads the trait plan: send it under that name too.");
        var plans = PlansOf(withPlan, trait);
        if (plans.Count == 0)
            notes.Add("Plans: no trait or property looks like one. Without prices nothing is weighed by what is paid.");
        return (facts, plans, notes);
    }

    private static bool IsPlan(PropertyFacts property) =>
        PlanWords.IsPlan(property.Words) && property.IsChoice && property.Texts.Count <= MaxPlans;

    private static ProposedFacts? FactsOf(NamedRole role)
    {
        var properties = new List<(string, string)>();
        bool isTrial = role.Name.Words.Has("trial");
        foreach (var property in role.Name.Properties)
        {
            string? fact =
                PlanWords.IsPlan(property.Words) && !property.IsNumber ? "plan"
                : PlanWords.IsPrice(property.Words) && property.IsNumber
                    ? property.Words.Has("mrr.") ? "mrr"
                        : "price"
                : PlanWords.IsSeats(property.Words) && property.IsNumber ? "seats"
                : PlanWords.IsEnd(property.Words) && (property.IsMoment || !property.IsNumber)
                    ? isTrial ? "trialEndsAt"
                        : "renewalAt"
                : null;
            if (fact is not null && !properties.Exists(known => known.Item1 == fact))
                properties.Add((fact, property.Name));
        }
        return properties.Count == 0 ? null : new ProposedFacts(role.Name.Name, properties, role.Counts);
    }

    /// <summary>A plan that stands in ordinary events: read it from one that most people send often, for reading costs.</summary>
    private ProposedFacts? EverywhereOn()
    {
        var carriers = roles
            .Select(role => (Role: role, Plan: role.Name.Properties.FirstOrDefault(IsPlan)))
            .Where(carrier => carrier.Plan is not null && carrier.Plan.Count >= 0.9 * carrier.Role.Name.Count)
            .ToList();
        if (carriers.Count == 0)
            return null;
        int most = carriers.Max(carrier => carrier.Role.People);
        var (role, plan) = carriers.Where(carrier => carrier.Role.People >= 0.98 * most).MinBy(carrier => carrier.Role.Name.Count);
        return new ProposedFacts(
            role.Name.Name,
            [("plan", plan!.Name)],
            $"{carriers.Count} events carry {plan.Name}; this one comes from {role.People:#,##0} people and costs least to read"
        );
    }

    private List<ProposedPlan> PlansOf(List<ProposedFacts> withPlan, PropertyFacts? trait)
    {
        var texts = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var property in withPlan
                .Select(PlanOf)
                .OfType<PropertyFacts>()
                .Append(trait)
                .OfType<PropertyFacts>()
                .Where(property => property.IsChoice)
        )
        {
            foreach (var (text, count) in property.Texts)
                texts[text] = texts.GetValueOrDefault(text) + count;
        }
        var customers = survey
            .People.Values.Where(person => person.Plan is not null)
            .GroupBy(person => person.Plan!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.OrdinalIgnoreCase);
        return
        [
            .. texts
                .Keys.Where(IsId)
                .Take(MaxPlans)
                .Select(plan => new ProposedPlan(
                    plan,
                    survey.PriceOf(plan) ?? (IsFree(plan) ? 0 : null),
                    customers.GetValueOrDefault(plan),
                    $"{customers.GetValueOrDefault(plan):#,##0} people"
                ))
                .OrderBy(plan => plan.Price ?? double.MaxValue),
        ];
    }

    private PropertyFacts? PlanOf(ProposedFacts facts) =>
        survey
            .Find(facts.Event)
            ?.Properties.FirstOrDefault(property => property.Name == facts.Properties.First(known => known.Fact == "plan").Property);

    private static bool IsFree(string plan) => plan.ToLowerInvariant() is "free" or "trial" or "freemium" or "none" or "starter-free";

    private static bool IsId(string text) =>
        text.Length is >= 1 and <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
