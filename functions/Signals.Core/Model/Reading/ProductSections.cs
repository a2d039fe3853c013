using System.Text.Json.Nodes;

namespace Signals.Core.Model.Reading;

/// <summary>What the product is: its value, features, reach, onboarding and obstacles.</summary>
internal static class ProductSections
{
    private const double MostAmount = 1_000_000_000;

    private static readonly Expected<double> Amount = Expect.Positive("an amount of value", MostAmount);

    private static readonly Expected<double> Bound = Expect.Number("a number", -MostAmount, MostAmount);

    private static readonly Expected<double> Scale = Expect.Positive("a factor", MostAmount);

    private static readonly Dictionary<string, StepScope> Scopes = new(StringComparer.Ordinal)
    {
        ["account"] = StepScope.Account,
        ["person"] = StepScope.Person,
    };

    public static ValueDefinition ReadValue(ObjectReader model) =>
        model.RequireObject("value", "an object that says which events carry value", ReadValueDefinition)
        ?? new ValueDefinition("", [], new Floor());

    public static IReadOnlyList<Feature> ReadFeatures(ObjectReader model) =>
        model.Declarations("features", "a list of features", ReferenceKind.Feature, ReadFeature);

    public static ReachDefinition? ReadReach(ObjectReader model) =>
        model.Object(
            "reach",
            reach => new ReachDefinition(
                reach.Events("events", required: true),
                reach.Read<string?>("distinct", Expect.PropertyName!, null)
            )
        );

    public static IReadOnlyList<OnboardingStep> ReadOnboarding(ObjectReader model) =>
        model.Declarations("onboarding", "a list of steps", ReferenceKind.Step, ReadStep);

    public static IReadOnlyList<CustomerGoal> ReadGoals(ObjectReader model) =>
        model.Declarations(
            "goals",
            "a list of what customers come for",
            ReferenceKind.Goal,
            static (id, goal) =>
                new CustomerGoal(
                    id,
                    goal.ReadText("name", Expect.Name) ?? id,
                    goal.List("words", Expect.Name, required: true) ?? [],
                    goal.Events("events", required: true),
                    goal.Read("amount", Amount, 1),
                    goal.Read("days", Expect.Whole("days", 1, 365), 30)
                )
        );

    public static IReadOnlyList<FrictionKind> ReadFriction(ObjectReader model) =>
        model.Declarations(
            "friction",
            "a list of kinds of obstacles",
            ReferenceKind.Friction,
            static (id, kind) =>
                new FrictionKind(id, kind.ReadText("name", Expect.Name) ?? id, kind.Events("events", required: true))
                {
                    Help = kind.ReadText("help", Expect.Link),
                    Fixed = kind.ReadText("fixed", Expect.Prose("what was fixed")),
                    Faq = ReadFaq(kind),
                }
        );

    private static ValueDefinition ReadValueDefinition(ObjectReader value)
    {
        var seen = new HashSet<(string Event, string? Property)>();
        var unit = value.Require("unit", Expect.Name, "");
        var sources = value.Objects("from", "a list of events that carry value", source => ReadSource(source, unit, seen), required: true);
        var usual = new Floor();
        var floor = value.Object(
            "floor",
            floor => new Floor(floor.Read("amount", Amount, usual.Amount), floor.Read("days", Expect.Whole("days", 1, 365), usual.Days))
        );
        return new(unit, sources ?? [], floor ?? usual);
    }

    private static ValueSource ReadSource(ObjectReader source, string unit, HashSet<(string Event, string? Property)> seen)
    {
        var carrier = source.Require("event", Expect.EventName, "");
        if (carrier is ViewNames.Page or ViewNames.Screen)
            source.RefuseProperty("event", "an event of real use: views are never value");

        var property = source.Read<string?>("property", Expect.PropertyName!, null);
        source.TellRule("oneOf", () => new JsonArray(ModelShape.Requires("amount"), ModelShape.Requires("property")));
        source.TellRule(
            "dependentRequired",
            () =>
                new JsonObject
                {
                    ["scale"] = new JsonArray("property"),
                    ["least"] = new JsonArray("property"),
                    ["most"] = new JsonArray("property"),
                }
        );
        double? amount = source.ReadOptional("amount", Amount);
        switch (source.Has("property"), source.Has("amount"))
        {
            case (true, true):
                source.RefuseProperty("amount", "either \"amount\" or \"property\"", "both \"amount\" and \"property\"");
                break;
            case (false, false):
                source.Refuse("neither \"amount\" nor \"property\"", "one of them");
                break;
        }

        var scale = source.Read("scale", Scale, 1);
        if (source.Has("scale") && !source.Has("property"))
            source.RefuseProperty("scale", "a scale only beside \"property\"");
        double least = source.Read("least", Bound, 0);
        double most = source.Read("most", Bound, Math.Max(least, ValueSource.UsualMost(unit)));
        foreach (string bound in (string[])["least", "most"])
        {
            if (source.Has(bound) && !source.Has("property"))
                source.RefuseProperty(bound, "a bound only beside \"property\"");
        }
        if (source.Has("most") && most < least)
            source.RefuseProperty("most", "a number not under \"least\"");
        var isRead = carrier.Length > 0 && (property is null) != source.Has("property");
        if (isRead && !seen.Add((carrier, property)))
            source.RefuseProperty("event", "each event and property once", $"{ModelNode.Quote(carrier)} a second time");
        return property is null
            ? new(carrier, amount, property, scale)
            : new(carrier, amount, property, scale) { Least = least, Most = most };
    }

    private static Feature ReadFeature(string id, ObjectReader feature) =>
        new(
            id,
            feature.ReadText("name", Expect.Name) ?? id,
            feature.Events("events", required: true),
            feature.Read("key", Expect.Flag, false),
            feature.Ids("plans", ReferenceKind.Plan),
            feature.ReadText("help", Expect.Link),
            feature.ReadText("description", Expect.Prose("a description"))
        );

    private static OnboardingStep ReadStep(string id, ObjectReader step) =>
        new(
            id,
            step.ReadText("name", Expect.Name) ?? id,
            step.Read("scope", Expect.OneOf(Scopes), StepScope.Account),
            step.Events("done", required: true),
            step.Events("tried"),
            step.Events("failed"),
            step.Read("withinDays", Expect.Whole("days", 1, 365), OnboardingStep.DefaultWithinDays),
            step.ReadText("help", Expect.Link),
            ReadFaq(step)
        );

    private static IReadOnlyList<FaqEntry> ReadFaq(ObjectReader subject) =>
        subject.Objects(
            "faq",
            "a list of questions and answers",
            static entry => new FaqEntry(
                entry.RequireText("q", Expect.Prose("a question")),
                entry.RequireText("a", Expect.Prose("its answer"))
            )
        ) ?? [];
}
