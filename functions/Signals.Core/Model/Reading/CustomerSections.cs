using System.Text.Json.Nodes;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Model.Reading;

/// <summary>What customers say, pay and intend, and what is being taken from them.</summary>
internal static class CustomerSections
{
    /// <summary>No message is forgotten while a cap counts it, nobody before reviews have told of their silence.</summary>
    private const int LeastDays = 90;

    private const int MostDays = 3650;

    public static KeepDefinition ReadKeep(ObjectReader model, AccountsMode accounts)
    {
        var usual = new KeepDefinition();
        return model.Object(
                "keep",
                keep =>
                {
                    var read = new KeepDefinition
                    {
                        QuarantineDays = keep.Read("quarantineDays", Expect.Whole("days", 1, 400), usual.QuarantineDays),
                        MessageDays = ReadDays(keep, "messageDays"),
                        AuditDays = ReadDays(keep, "auditDays"),
                        PeopleDays = ReadDays(keep, "peopleDays"),
                        AccountDays = ReadDays(keep, "accountDays"),
                    };
                    if (read.AccountDays is not null && accounts == AccountsMode.Person)
                        keep.RefuseProperty(
                            "accountDays",
                            "\"peopleDays\" alone where \"accounts\" is \"person\": everybody is an account"
                        );
                    else if (read.AccountDays < read.PeopleDays)
                        keep.RefuseProperty("accountDays", $"\"peopleDays\" ({read.PeopleDays}) or more: people go with their account");
                    return read;
                }
            ) ?? usual;
    }

    private static int? ReadDays(ObjectReader keep, string name) => keep.ReadOptional(name, Expect.Whole("days", LeastDays, MostDays));

    public static FeedbackDefinition ReadFeedback(ObjectReader model)
    {
        var usual = new FeedbackDefinition();
        return model.Object(
                "feedback",
                feedback => new FeedbackDefinition
                {
                    Nps = feedback.Events("nps"),
                    Csat = feedback.Events("csat"),
                    Ces = feedback.Events("ces"),
                    Score = feedback.Read("score", Expect.PropertyName, usual.Score),
                    Comment = feedback.Read("comment", Expect.PropertyName, usual.Comment),
                    Channel = feedback.Read("channel", Expect.PropertyName, usual.Channel),
                }
            ) ?? usual;
    }

    private static Expected<double> ExpectHours => Expect.Number("hours", 0.1, 8_760);

    public static TicketDefinition ReadTickets(ObjectReader model)
    {
        var usual = new TicketDefinition();
        return model.Object(
                "tickets",
                tickets => new TicketDefinition
                {
                    Opened = tickets.Events("opened"),
                    Answered = tickets.Events("answered"),
                    Solved = tickets.Events("solved"),
                    Id = tickets.Read("id", Expect.PropertyName, usual.Id),
                    Text = tickets.Read("text", Expect.PropertyName, usual.Text),
                    WithinHours = tickets.Read("withinHours", ExpectHours, usual.WithinHours),
                    AnswerWithinHours = tickets.ReadOptional("answerWithinHours", ExpectHours),
                    Promises = ReadPromises(tickets),
                    WorkingTime = tickets.Read("workingTime", Expect.Flag, usual.WorkingTime),
                }
            ) ?? usual;
    }

    private static Dictionary<string, TicketPromise> ReadPromises(ObjectReader tickets)
    {
        var promises = new Dictionary<string, TicketPromise>(StringComparer.OrdinalIgnoreCase);
        tickets.Map(
            "promises",
            "an object of promises by plan",
            (property, found) =>
            {
                tickets.References.Name(ReferenceKind.Plan, property.Name, found);
                return tickets.Nested(
                    found,
                    "an object with the hours that were promised",
                    promise =>
                    {
                        var read = new TicketPromise(
                            promise.ReadOptional("answerWithinHours", ExpectHours),
                            promise.ReadOptional("withinHours", ExpectHours)
                        );
                        promise.TellRule("minProperties", () => JsonValue.Create(1));
                        if (read is { AnswerHours: null, SolutionHours: null })
                            promise.Refuse("no promise", "at least one of \"answerWithinHours\", \"withinHours\"");
                        promises.TryAdd(property.Name, read);
                        return read;
                    }
                );
            }
        );
        return promises;
    }

    public static IReadOnlyList<string> ReadLeaveIntent(ObjectReader model) =>
        model.Object("intent", static intent => intent.Events("leave")) ?? [];

    public static ChurnDefinition ReadChurn(ObjectReader model) =>
        model.Object("churn", static churn => new ChurnDefinition { Events = churn.Events("events"), Returned = churn.Events("returned") })
        ?? new();

    public static BillingDefinition ReadBilling(ObjectReader model) =>
        model.Object(
            "billing",
            static billing => new BillingDefinition
            {
                Failed = billing.Events("failed"),
                Recovered = billing.Events("recovered"),
                Amount = billing.Read("amount", Expect.PropertyName, new BillingDefinition().Amount!),
            }
        ) ?? new();

    public static ExpansionDefinition ReadExpansion(ObjectReader model)
    {
        var usual = new ExpansionDefinition();
        return model.Object(
                "expansion",
                expansion => new ExpansionDefinition
                {
                    Limits = expansion.Events("limits"),
                    Times = expansion.Read("times", Expect.Whole("limits met", 1, 100_000), usual.Times),
                    SeatsShare = expansion.Read("seats", Expect.Number("a share of the seats", 0.1, 1), usual.SeatsShare),
                }
            ) ?? usual;
    }

    public static PeopleDefinition ReadPeople(ObjectReader model)
    {
        var usual = new PeopleDefinition();
        return model.Object(
                "people",
                people => new PeopleDefinition
                {
                    Removed = people.Has("removed") ? people.Events("removed") : usual.Removed,
                    Added = people.Has("added") ? people.Events("added") : usual.Added,
                    LeaveOut = ReadLeaveOut(people),
                }
            ) ?? usual;
    }

    /// <summary>Words that are nobody's id, and those of the usual ones that are somebody's.</summary>
    public static IdDefinition ReadIds(ObjectReader model) =>
        model.Object(
            "ids",
            static ids =>
            {
                var usual = IdDefinition.Usual.Select(IdDefinition.Bare).ToHashSet(StringComparer.Ordinal);
                var meaningless = ids.List("meaningless", Expect.Name) ?? [];
                var allowed =
                    ids.List(
                        "allow",
                        Expect.Name,
                        each: found =>
                        {
                            if (!usual.Contains(IdDefinition.Bare(found.Node.Text)))
                                ids.RefuseEntry(
                                    found,
                                    ModelNode.Quote(found.Node.Text),
                                    "a word that is refused: docs/value-model.md lists them"
                                );
                        }
                    ) ?? [];
                if (meaningless.Select(IdDefinition.Bare).Intersect(allowed.Select(IdDefinition.Bare), StringComparer.Ordinal).Any())
                    ids.RefuseProperty("allow", "words that \"meaningless\" does not have", "a word that is in both");
                return new IdDefinition { Meaningless = meaningless, Allowed = allowed };
            }
        ) ?? new();

    /// <summary>The model's rules, and those usual ones whose name none of them has.</summary>
    private static IReadOnlyList<LeaveOutRule> ReadLeaveOut(ObjectReader people)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rules = people.Objects("leaveOut", "a list of rules about people who are no customers", rule => ReadRule(rule, seen)) ?? [];
        return [.. rules, .. LeaveOutRule.Usual.Where(usual => !seen.Contains(usual.Name))];
    }

    private static LeaveOutRule ReadRule(ObjectReader rule, HashSet<string> seen)
    {
        string name = rule.Require("name", Expect.Id, "");
        if (name.Length > 0 && !seen.Add(name))
            rule.RefuseProperty("name", "each name once", $"{ModelNode.Quote(name)} a second time");
        var traits = rule.Object(
            "traits",
            static traits =>
                traits.Names.ToDictionary(trait => trait, trait => traits.List(trait, Expect.Name) ?? [], StringComparer.Ordinal)
        );
        var read = new LeaveOutRule(name)
        {
            Domains = rule.List("domains", Expect.MailDomain) ?? [],
            Ids = rule.List("ids", Expect.Name) ?? [],
            Traits = traits ?? [],
            UserAgents = rule.List("userAgents", Expect.Name) ?? [],
            GivesValue = rule.Read("givesValue", Expect.Flag, false),
            BelievesBrowsers = rule.Read("browsers", Expect.Flag, false),
        };
        foreach (string list in (string[])["ids", "userAgents"])
        {
            if ((list == "ids" ? read.Ids : read.UserAgents).Any(pattern => pattern.All(c => c is '*' or ' ')))
                rule.RefuseProperty(list, "patterns that are not true of everybody", "a pattern of stars alone");
        }
        if (read.Traits.Values.SelectMany(patterns => patterns).Any(pattern => pattern.All(c => c is '*' or ' ')))
            rule.RefuseProperty("traits", "patterns that are not true of everybody", "a pattern of stars alone");
        return read;
    }

    public static IReadOnlyList<FactDefinition> ReadFacts(ObjectReader model)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return model.Objects("facts", "a list of events that carry account facts", fact => ReadFact(fact, seen)) ?? [];
    }

    public static IReadOnlyDictionary<string, Plan> ReadPlans(ObjectReader model)
    {
        var plans = model.Map(
            "plans",
            "an object of plans by id",
            (property, found) =>
            {
                model.References.Declare(ReferenceKind.Plan, property.Name, property.Offset, found.Path);
                if (string.IsNullOrWhiteSpace(property.Name))
                    model.RefuseEntry(found, "a plan without a name", "the plan's name, as traits and facts give it");
                return model.Nested(
                    found,
                    "an object with the plan's price",
                    plan => new Plan(
                        property.Name,
                        plan.Require("price", Expect.Number("a price a month", 0, 1_000_000_000), 0),
                        plan.ReadOptional("seats", Expect.Whole("seats", 1, 1_000_000))
                    )
                );
            }
        );
        if (plans is null && model.Has("plans"))
            model.References.MarkIncomplete(ReferenceKind.Plan);

        var byId = new Dictionary<string, Plan>(StringComparer.OrdinalIgnoreCase);
        foreach (var plan in plans ?? [])
            byId.TryAdd(plan.Id, plan);
        return byId;
    }

    public static IReadOnlyList<Sunset> ReadSunsets(ObjectReader model)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return model.Objects("sunsets", "a list of sunsets", sunset => ReadSunset(sunset, seen)) ?? [];
    }

    private static FactDefinition ReadFact(ObjectReader fact, HashSet<string> seen)
    {
        var carrier = fact.Require("event", Expect.EventName, "");
        if (carrier.Length > 0 && !seen.Add(carrier))
            fact.RefuseProperty("event", "all facts of an event in one entry", $"{ModelNode.Quote(carrier)} a second time");

        var properties = FactDefinition
            .Names.Where(fact.Has)
            .ToDictionary(name => name, name => fact.Read(name, Expect.PropertyName, ""), StringComparer.Ordinal);
        fact.TellRule("minProperties", () => JsonValue.Create(2));
        if (properties.Count == 0)
            fact.Refuse("no fact", $"at least one of {string.Join(", ", FactDefinition.Names.Select(ModelNode.Quote))}");
        return new(carrier, properties);
    }

    private static Sunset ReadSunset(ObjectReader sunset, HashSet<string> seen)
    {
        var feature = sunset.RequireId("feature", ReferenceKind.Feature);
        if (feature.Length > 0 && !seen.Add(feature))
            sunset.RefuseProperty("feature", "one sunset for each feature", $"{ModelNode.Quote(feature)} a second time");

        var replacement = sunset.RequireObject(
            "replacement",
            "an object with the feature that replaces it and the differences",
            static found => new Replacement(
                found.RequireId("feature", ReferenceKind.Feature),
                found.RequireText("differences", Expect.Prose("how the replacement differs"))
            )
        );
        if (feature.Length > 0 && string.Equals(replacement?.Feature, feature, StringComparison.Ordinal))
            sunset.RefuseProperty("replacement", "another feature to move to", "the feature that ends");

        var dates = SunsetDates.Read(sunset);
        return new()
        {
            Feature = feature,
            Announced = dates.Announced,
            LastOrder = dates.LastOrder,
            Ends = dates.Ends,
            Why = sunset.RequireText("why", Expect.Prose("why it ends")),
            Terms = sunset.RequireText("terms", Expect.Prose("the terms until it ends")),
            ReplacementFeature = replacement?.Feature ?? "",
            Differences = replacement?.Differences ?? "",
            Steps = sunset.RequireTexts("steps", Expect.Prose("a step to move")) ?? [],
            NoticeDays =
            [
                .. (sunset.List("noticeDays", Expect.Whole("days before the end", 0, 365)) ?? Sunset.DefaultNoticeDays).OrderDescending(),
            ],
            LastOrderNoticeDays = sunset.List("lastOrderNoticeDays", Expect.Whole("days before the last order", 0, 365)),
        };
    }

    private sealed record Replacement(string Feature, LocalText Differences);
}
