using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signals.Core.Model.Reading;

/// <summary>Sets of accounts that the team gave a name.</summary>
internal static class SegmentsSection
{
    private const int UsualDays = 30;
    private const double MostPrice = 100_000_000;
    private const double MostPeople = 10_000_000;

    private static readonly string[] Conditions = ["plans", "traits", "price", "people", "did", "didNot", "feels"];

    private static readonly Dictionary<string, SegmentFeeling> Feelings = Enum.GetValues<SegmentFeeling>()
        .ToDictionary(feeling => feeling.Name(), feeling => feeling, StringComparer.Ordinal);

    /// <param name="model">The file.</param>
    /// <param name="features">The features that it declares.</param>
    public static IReadOnlyList<SegmentDefinition> Read(ObjectReader model, IReadOnlyList<Feature> features)
    {
        var segments = model.Declarations(
            "segments",
            "a list of segments, each a set of accounts with a name",
            ReferenceKind.Segment,
            (id, segment) => ReadSegment(id, segment, features)
        );
        if (segments.Count > SegmentDefinition.MostSegments)
            model.RefuseProperty("segments", $"at most {SegmentDefinition.MostSegments} segments", $"{segments.Count} segments");
        return segments;
    }

    private static SegmentDefinition ReadSegment(string id, ObjectReader segment, IReadOnlyList<Feature> features)
    {
        var read = new SegmentDefinition(id, segment.ReadText("name", Expect.Name) ?? id)
        {
            Plans = segment.Ids("plans", ReferenceKind.Plan),
            Traits = ReadTraits(segment),
            Price = ReadRange(segment, "price", Expect.Number("a price a month", 0, MostPrice)),
            People = ReadRange(segment, "people", Expect.Number("a number of people", 0, MostPeople)),
            Did = ReadUses(segment, "did", features),
            DidNot = ReadUses(segment, "didNot", features),
            Feels = segment.List("feels", Expect.OneOf(Feelings)) ?? [],
        };
        segment.TellRule("anyOf", () => new JsonArray([.. Conditions.Select(condition => (JsonNode)ModelShape.Requires(condition))]));
        if (!Conditions.Any(name => segment.Has(name) && !IsEmpty(segment, name)))
            segment.Refuse("a segment of everybody", $"at least one of {string.Join(", ", Conditions.Select(ModelNode.Quote))}");
        return read;
    }

    /// <summary>True for a list or an object that says nothing.</summary>
    private static bool IsEmpty(ObjectReader reader, string name) =>
        reader.Find(name)?.Node is { Kind: JsonValueKind.Array, Items.Count: 0 } or { Kind: JsonValueKind.Object, Properties.Count: 0 };

    private static Dictionary<string, IReadOnlyList<string>> ReadTraits(ObjectReader segment) =>
        segment.Object(
            "traits",
            static traits =>
                traits.Names.ToDictionary(
                    trait => trait,
                    trait =>
                    {
                        traits.Tell(trait, () => ModelShape.ListOf(Expect.Name.Schema(), required: true, unique: true));
                        if (IsEmpty(traits, trait))
                            traits.RefuseProperty(trait, "at least one value", "an empty list");
                        return traits.List(trait, Expect.Name) ?? [];
                    },
                    StringComparer.Ordinal
                )
        ) ?? [];

    private static SegmentRange? ReadRange(ObjectReader segment, string name, Expected<double> bound) =>
        segment.Object(
            name,
            range =>
            {
                double? least = range.ReadOptional("least", bound),
                    most = range.ReadOptional("most", bound);
                range.TellRule("minProperties", () => JsonValue.Create(1));
                if (!range.Has("least") && !range.Has("most"))
                    range.Refuse("no bound", "\"least\", \"most\" or both");
                else if (most < least)
                    range.RefuseProperty("most", "a number not under \"least\"");
                return new SegmentRange(least, most);
            }
        );

    private static IReadOnlyList<SegmentUse> ReadUses(ObjectReader segment, string name, IReadOnlyList<Feature> features) =>
        segment.Objects(name, "a list of what was done, each an event or a feature", use => ReadUse(use, features)) ?? [];

    private static SegmentUse ReadUse(ObjectReader use, IReadOnlyList<Feature> features)
    {
        string? done = use.Read<string?>("event", Expect.EventName!, null),
            feature = use.Read<string?>("feature", Expect.Id!, null);
        use.TellRule("oneOf", () => new JsonArray(ModelShape.Requires("event"), ModelShape.Requires("feature")));
        if (feature is not null)
            use.References.Name(ReferenceKind.Feature, use.Find("feature")!.Value);
        switch (use.Has("event"), use.Has("feature"))
        {
            case (true, true):
                use.RefuseProperty("feature", "either \"event\" or \"feature\"", "both \"event\" and \"feature\"");
                break;
            case (false, false):
                use.Refuse("neither \"event\" nor \"feature\"", "one of them");
                break;
        }
        return new SegmentUse(
            feature is null ? [.. new[] { done }.OfType<string>()] : features.FirstOrDefault(known => known.Id == feature)?.Events ?? [],
            feature,
            use.Read("times", Expect.Whole("times", 1, 1_000_000), 1),
            use.Read("days", Expect.Whole("days", 1, 365), UsualDays)
        );
    }
}
