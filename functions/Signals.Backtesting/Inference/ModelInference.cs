using System.Globalization;
using Signals.Core.Platform.Languages;

namespace Signals.Backtesting.Inference;

/// <summary>Proposes a value model from what a survey found. Pure; every part says what it rests on.</summary>
public sealed class ModelInference(EventSurvey survey, string product)
{
    private const int MaxFeatures = 12;
    private const int MaxLocales = 4;
    private const double LeastShare = 0.01;

    private readonly RoleFinder _finder = new(survey);
    private List<NamedRole> _roles = [];

    public ModelProposal Propose()
    {
        _roles = [.. _finder.Find()];
        var (isOfGroups, why) = Accounts();
        var steps = new OnboardingFinder(survey, isOfGroups).Find(_roles);
        foreach (var (name, role) in steps.Roles)
            Take(name, role);
        var value = new ValueFinder(survey, _roles).Find();
        var (facts, plans, planNotes) = new PlanFinder(survey, _roles, isOfGroups).Find();
        var churners = Churners();
        var features = Features(plans, churners);
        var proposedSteps = steps.Steps.Count > 0 || value.Sources.Count == 0 ? steps.Steps : [];
        var roles = _roles.GroupBy(role => role.Role).ToDictionary(group => group.Key, IReadOnlyList<NamedRole> (group) => [.. group]);
        var feedback = All(NameRole.Nps).Concat(All(NameRole.Csat)).Concat(All(NameRole.Ces)).ToList();
        var tickets = All(NameRole.TicketOpened);
        var reach = All(NameRole.Reach) is [var first, ..] ? first : null;
        string? firstValue = value.Sources.Count > 0 ? value.Sources[0].Event : null;
        var used = value
            .Sources.Select(source => source.Event)
            .Concat(features.SelectMany(feature => feature.Events))
            .ToHashSet(StringComparer.Ordinal);
        return new ModelProposal
        {
            Product = product,
            IsOfGroups = isOfGroups,
            AccountsWhy = why,
            Currency = Currency(),
            Zone = Zone(),
            Locales = Locales(),
            Value = value,
            Features = features,
            Steps = WithFirstValue([.. proposedSteps], value, _roles.Find(role => role.Name.Name == firstValue)?.FirstAfterDays),
            Reach = reach,
            ReachProperty = reach?.Name.Properties.FirstOrDefault(property => property.IsRecipient)?.Name,
            Friction =
            [
                .. All(NameRole.Friction)
                    .Select(role => role with { Why = role.Why + Lift([role], churners) })
                    .GroupBy(role => role.Kind ?? "failures", StringComparer.Ordinal)
                    .Select((string, IReadOnlyList<NamedRole>) (kind) => (kind.Key, [.. kind])),
            ],
            Others = roles,
            ScoreProperty = PropertyOf(feedback, "score", "rating", "value", "stars", "answer"),
            CommentProperty = PropertyOf(feedback, "comment", "text", "verbatim", "reason", "feedback", "message"),
            TicketId = PropertyOf(tickets, "ticketid", "id", "ticket", "caseid"),
            TicketText = PropertyOf(tickets, "body", "text", "description", "message", "subject"),
            AmountProperty = PropertyOf(All(NameRole.PaymentFailed), "amount", "total", "value", "price"),
            Facts = facts,
            Plans = plans,
            LeftOut = [.. _roles.Where(role => role.Role == NameRole.Noise || (IsUse(role.Role) && !used.Contains(role.Name.Name)))],
            Unknown = [.. Unknowns(value, plans, planNotes)],
            Source =
                $"{survey.Events:#,##0} events of {survey.People.Count:#,##0} people, {survey.First:yyyy-MM-dd} to "
                + $"{survey.Last:yyyy-MM-dd}",
        };
    }

    private static bool IsUse(NameRole role) => role is NameRole.Work or NameRole.Reaction or NameRole.Setup;

    private void Take(string name, NameRole role)
    {
        int index = _roles.FindIndex(known => known.Name.Name == name);
        _roles[index] = _roles[index] with { Role = role };
    }

    private List<NamedRole> All(NameRole role) => [.. _roles.Where(known => known.Role == role)];

    private (bool, string) Accounts()
    {
        int members = survey.Known.Count(person => person.Value.Account is not null);
        int people = Math.Max(1, survey.Known.Count());
        int groups = survey.People.Values.Select(person => person.Account).OfType<string>().Distinct(StringComparer.Ordinal).Count();
        double share = (double)members / people;
        return groups > 0 && share >= 0.5
            ? (true, $"{share * 100:0}% of people belong to one of {groups:#,##0} groups")
            : (false, groups == 0 ? "no event names a group" : $"only {share * 100:0}% of people belong to a group");
    }

    private List<ProposedFeature> Features(IReadOnlyList<ProposedPlan> plans, HashSet<PersonFacts> churners)
    {
        int people = Math.Max(1, survey.People.Count);
        var found = new List<(ProposedFeature Feature, double Weight)>();
        var groups = _roles
            .Where(role => IsUse(role.Role) && role.People >= Math.Max(2, LeastShare * people) && role.Role != NameRole.Setup)
            .GroupBy(role => NameWords.Slug(role.Name.Words.Object.Select(Singular)), StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var names = group.OrderByDescending(role => role.People).ToList();
            int users = survey.People.Values.Count(person => names.Exists(role => person.Of(role.Name) is not null));
            double share = (double)users / people;
            var sold = PlansOf(names, plans);
            string lift = Lift(names, churners);
            bool isKey = names.Exists(role => role.Role == NameRole.Work) && names.Max(role => role.DaysPerPerson) >= 2;
            found.Add(
                (
                    new ProposedFeature(
                        Unique(found.Select(known => known.Feature.Id), group.Key),
                        names[0].Name.Words.Title,
                        [.. names.Select(role => role.Name.Name)],
                        isKey,
                        sold,
                        $"{share * 100:0}% of people, {names.Sum(role => role.Name.Count):#,##0} times; who uses it does so on "
                            + $"{names.Max(role => role.DaysPerPerson):0.#} days{lift}"
                    ),
                    share * names.Max(role => role.DaysPerPerson)
                )
            );
        }
        return [.. found.OrderByDescending(known => known.Weight).Take(MaxFeatures).Select(known => known.Feature)];
    }

    private HashSet<PersonFacts> Churners()
    {
        var names = All(NameRole.Churn);
        return [.. survey.People.Values.Where(person => names.Exists(role => person.Of(role.Name) is not null))];
    }

    /// <summary>How much rarer leaving is among those who use it: a hint, no cause.</summary>
    private string Lift(List<NamedRole> names, HashSet<PersonFacts> churners)
    {
        if (churners.Count < 10)
            return "";
        int with = 0,
            withGone = 0,
            without = 0,
            withoutGone = 0;
        foreach (var person in survey.People.Values)
        {
            bool uses = names.Exists(role => person.Of(role.Name) is not null),
                gone = churners.Contains(person);
            with += uses ? 1 : 0;
            without += uses ? 0 : 1;
            withGone += uses && gone ? 1 : 0;
            withoutGone += !uses && gone ? 1 : 0;
        }
        return with < 10 || without < 10
            ? ""
            : $"; {100.0 * withGone / with:0}% of those who did it left, {100.0 * withoutGone / without:0}% of the others";
    }

    /// <summary>The plans whose people alone use it, where that is some of them and clear.</summary>
    private string[] PlansOf(List<NamedRole> names, IReadOnlyList<ProposedPlan> plans)
    {
        if (plans.Count < 2 || plans.Any(plan => plan.Price is null))
            return [];
        var byPlan = survey
            .People.Values.Where(person => person.Plan is not null && names.Exists(role => person.Of(role.Name) is not null))
            .GroupBy(person => person.Plan!.ToLowerInvariant(), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        int users = byPlan.Values.Sum();
        if (users < 20)
            return [];
        string[] sold =
        [
            .. plans.Where(plan => byPlan.GetValueOrDefault(plan.Id.ToLowerInvariant()) >= 0.02 * users).Select(plan => plan.Id),
        ];
        return sold.Length == plans.Count ? [] : sold;
    }

    private static List<ProposedStep> WithFirstValue(List<ProposedStep> steps, ProposedValue value, double? after)
    {
        if (
            value.Sources.Count > 0
            && !steps.Exists(step => step.Done.Contains(value.Sources[0].Event, StringComparer.Ordinal))
            && !steps.Exists(step => step.Id == "first-value")
        )
        {
            steps.Add(
                new ProposedStep(
                    "first-value",
                    $"Your first {string.Join(' ', new NameWords(value.Sources[0].Event).Object)}",
                    false,
                    [.. value.Sources.Select(source => source.Event).Take(5)],
                    [],
                    [],
                    Math.Clamp((int)Math.Ceiling(2 * (after ?? 2)) + 2, 7, 60),
                    "everybody's last step: the first time that it gives them anything"
                        + (after is { } days ? $", after {days:0.#} days in the middle" : "")
                )
            );
        }
        return steps;
    }

    private string Currency()
    {
        var texts = survey
            .Names.SelectMany(name => name.Properties)
            .Concat(survey.AccountTraits.Values)
            .Concat(survey.PersonTraits.Values)
            .Where(property => property.Words.Has("currency"));
        var counts = texts
            .SelectMany(property => property.Texts)
            .Where(text => text.Key.Length == 3 && text.Key.All(char.IsAsciiLetter))
            .ToList();
        return counts.Count == 0 ? "USD" : counts.MaxBy(text => text.Value).Key.ToUpperInvariant();
    }

    private string Zone() =>
        survey.Zones.Count > 0
        && survey.Zones.MaxBy(zone => zone.Value) is { } most
        && TimeZoneInfo.TryFindSystemTimeZoneById(most.Key, out var zone)
        && zone.HasIanaId
            ? most.Key
            : "UTC";

    private string[] Locales()
    {
        long all = Math.Max(1, survey.Languages.Values.Sum());
        string[] found =
        [
            .. MessageLanguages
                .All.Where(language => survey.Languages.GetValueOrDefault(language) >= 0.05 * all)
                .OrderByDescending(language => survey.Languages[language])
                .Take(MaxLocales),
        ];
        return found.Length == 0 ? ["en"] : found;
    }

    private static string? PropertyOf(List<NamedRole> names, params string[] likely)
    {
        var properties = names.SelectMany(role => role.Name.Properties).ToList();
        foreach (string name in likely)
        {
            if (properties.Find(property => string.Concat(property.Words.Words) == name) is { } found)
                return found.Name;
        }
        return null;
    }

    private IEnumerable<string> Unknowns(ProposedValue value, IReadOnlyList<ProposedPlan> plans, IReadOnlyList<string> planNotes)
    {
        if (!survey.HasProperties)
            yield return "A data folder keeps no properties but those that its model asks for: durations, amounts and prices were "
                + "not seen. A file of events tells more.";
        if (value.Sources.Count == 0)
            yield return "Nothing looks like value: name at least one event in value.from before the model can be read.";
        if (value.Sources.Any(source => source.Property is null))
            yield return "How long things take: no event says so, or not all do. Amounts are guesses; a property with seconds "
                + "would measure.";
        if (All(NameRole.Churn).Count == 0)
            yield return "Who left: no event means it. Send one when a subscription ends, or nobody can say whether a flag was right.";
        if (All(NameRole.TicketOpened).Count == 0)
            yield return "Tickets: none are sent; the help desk can send them.";
        if (All(NameRole.PaymentFailed).Count == 0)
            yield return "Payments that fail: none are sent; the billing system can send them.";
        if (All(NameRole.Nps).Count + All(NameRole.Csat).Count + All(NameRole.Ces).Count == 0)
            yield return "Surveys: no answers are sent.";
        foreach (string note in planNotes)
            yield return note;
        foreach (var plan in plans.Where(plan => plan.Price is null))
            yield return $"What the plan \"{plan.Id}\" costs a month.";
        if (!survey.PersonTraits.ContainsKey("email"))
            yield return "Addresses: no identify has a trait email, and nobody without one can be written to.";
        if (survey.Days < 60)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The stream is of {survey.Days:0} days: habits, drops and who leaves show in three months and more."
            );
        if (survey.OtherNames > 0)
            yield return $"{survey.OtherNames:#,##0} events had names beyond the first {EventSurvey.MaxNames:#,##0}: names that "
                + "hold ids make one name of many.";
        yield return "Help pages (features[].help, onboarding[].help), who sends (outreach.from, postalAddress) and who is "
            + "alerted (alerts.to).";
    }

    private static string Singular(string word) =>
        word.Length > 3 && word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1] : word;

    private static string Unique(IEnumerable<string> known, string id)
    {
        var taken = known.ToHashSet(StringComparer.Ordinal);
        string unique = id;
        for (int i = 2; taken.Contains(unique); i++)
            unique = $"{id}-{i}";
        return unique;
    }
}
