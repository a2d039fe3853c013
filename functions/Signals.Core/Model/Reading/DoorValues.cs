using System.Text.Json;
using System.Text.Json.Nodes;
using Signals.Core.Model.Doors;

namespace Signals.Core.Model.Reading;

/// <summary>
/// Reads what a door takes from a payload: a path or words, a list of which the first counts, or an object that says more.
/// </summary>
internal static class DoorValues
{
    public const string APath = "a path such as \"$.data.id\", \"$.items[0].price\" or \"$.answers[?@.ref == 'nps'].number\"";

    private const string AValue =
        "a path such as \"$.data.id\", words, words with paths in braces such as \"company:{$.id}\", "
        + "a list of these of which the first that is there counts, or an object with \"value\"";

    private const int MaxTerms = 24;

    /// <summary>Under which the schema says once what a value is.</summary>
    public const string Name = "doorValue";

    private static readonly Dictionary<string, DoorConversion> Conversions = new(StringComparer.Ordinal)
    {
        ["text"] = DoorConversion.Text,
        ["number"] = DoorConversion.Number,
        ["time"] = DoorConversion.Time,
        ["minor-units"] = DoorConversion.MinorUnits,
        ["amount"] = DoorConversion.Amount,
        ["plain"] = DoorConversion.Plain,
        ["plan"] = DoorConversion.Plan,
        ["owner"] = DoorConversion.Owner,
    };

    public static DoorValue? ReadValue(this ObjectReader reader, string name)
    {
        reader.Tell(name, Schema);
        return reader.Find(name) is { } found ? reader.ValueOf(found) : null;
    }

    /// <summary>One path, or a list of which the first counts; null where there is none.</summary>
    public static IReadOnlyList<DoorPath>? ReadPaths(this ObjectReader reader, string name)
    {
        reader.Tell(name, () => OneOrMore(Text(DoorPath.MaxChars)));
        if (reader.Find(name) is not { } found)
            return null;
        var paths = Entries(found).ToList();
        if (paths.Count == 0)
            reader.RefuseEntry(found, "an empty list", APath);
        return [.. paths.Select(entry => PathOf(reader, entry)).OfType<DoorPath>()];
    }

    /// <summary>The value that stands at a place; null, and a fault, where it is none.</summary>
    public static DoorValue? ValueOf(this ObjectReader reader, Place found)
    {
        if (found.Tell is not null)
        {
            found.Tell(Schema());
            return null;
        }
        if (found.Node.Kind == JsonValueKind.Object)
            return reader.Nested(found, AValue, ReadObject);
        return TermsOf(reader, found) is { Count: > 0 } terms ? new DoorValue(terms) : null;
    }

    /// <summary>What must be true of a payload: texts, <c>"*"</c> for anything, null for nothing.</summary>
    public static DoorCondition? Condition(ObjectReader reader, DoorPath path, Place found)
    {
        if (found.Node.Kind == JsonValueKind.Null)
            return new DoorCondition(path, [], IsAbsent: true);
        var words = new List<string>();
        foreach (var entry in Entries(found))
        {
            if (WordOf(entry.Node) is not { } word)
            {
                reader.RefuseEntry(
                    entry,
                    entry.Node.Describe(),
                    "a text, a number, true or false, a list of them, \"*\" for anything or null"
                );
                return null;
            }
            words.Add(word);
        }
        return new DoorCondition(path, words.Contains("*", StringComparer.Ordinal) ? [] : words);
    }

    public static JsonObject ConditionsSchema() =>
        new()
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = @"^\$" },
            ["additionalProperties"] = new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["type"] = new JsonArray("string", "number", "boolean", "null") },
                    ModelShape.ListOf(new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") }, required: true)
                ),
            },
        };

    private static string? WordOf(ModelNode node) =>
        node.Kind switch
        {
            JsonValueKind.String when !string.IsNullOrWhiteSpace(node.Text) => node.Text,
            JsonValueKind.Number => node.Text,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };

    private static DoorValue ReadObject(ObjectReader value)
    {
        var terms = value.Find("value") is { } found ? TermsOf(value, found) : Missing(value);
        var conversion = value.Read("as", Expect.OneOf(Conversions), DoorConversion.Text);
        var read = new DoorValue(terms ?? [])
        {
            As = conversion,
            Each = value.Find("each") is { } each ? PathOf(value, each) : null,
            Currency = ReadTerm(value, "currency"),
            Times = ReadTerm(value, "times"),
            Every = ReadTerm(value, "every"),
            Count = ReadTerm(value, "count"),
            Words = value.Has("words") ? DoorsSection.ReadWords(value, "words", "what their words are called here") : null,
            Scale = value.Object("scale", ReadScale),
        };
        bool isAmount = conversion is DoorConversion.MinorUnits or DoorConversion.Amount;
        foreach (string name in (string[])["currency", "every"])
        {
            if (value.Has(name) && !isAmount)
                value.RefuseProperty(name, "it only where \"as\" is \"amount\" or \"minor-units\"");
        }
        if (value.Has("each") && !isAmount && conversion != DoorConversion.Number)
            value.RefuseProperty("each", "a sum only where \"as\" is \"number\", \"amount\" or \"minor-units\"");
        if (value.Has("count") && !value.Has("every"))
            value.RefuseProperty("count", "it only beside \"every\"");
        if (value.Has("scale") && conversion != DoorConversion.Number)
            value.RefuseProperty("scale", "a scale only where \"as\" is \"number\"");
        return read;
    }

    private static DoorScale ReadScale(ObjectReader scale)
    {
        double from = scale.Require("from", Expect.Number("a number", -1_000_000, 1_000_000), 0),
            to = scale.Require("to", Expect.Number("a number", -1_000_000, 1_000_000), 1);
        if (scale.Has("to") && from.Equals(to))
            scale.RefuseProperty("to", "another number than \"from\"");
        return new DoorScale(
            from,
            to,
            scale.Require("becomes", Expect.Number("a number", -1_000_000, 1_000_000), 0),
            scale.Require("upTo", Expect.Number("a number", -1_000_000, 1_000_000), 1)
        );
    }

    private static IReadOnlyList<DoorTerm>? Missing(ObjectReader value)
    {
        value.Refuse("no \"value\"", AValue);
        return null;
    }

    private static DoorTerm? ReadTerm(ObjectReader value, string name) =>
        value.Find(name) is { } found ? TermOf(value, found, "a path such as \"$.currency\", or a word") : null;

    private static IReadOnlyList<DoorTerm>? TermsOf(ObjectReader reader, Place found)
    {
        var entries = Entries(found).ToList();
        if (entries.Count is 0 or > MaxTerms)
        {
            reader.RefuseEntry(found, entries.Count == 0 ? "an empty list" : $"{entries.Count} entries", $"1 to {MaxTerms} paths or words");
            return null;
        }
        return [.. entries.Select(entry => TermOf(reader, entry, AValue)).OfType<DoorTerm>()];
    }

    private static DoorTerm? TermOf(ObjectReader reader, Place entry, string expected)
    {
        if (entry.Node.Kind != JsonValueKind.String || string.IsNullOrWhiteSpace(entry.Node.Text))
        {
            reader.RefuseEntry(entry, entry.Node.Describe(), expected);
            return null;
        }
        if (DoorTerm.TryParse(entry.Node.Text, out var term, out string problem))
            return term;
        reader.RefuseEntry(entry, $"{entry.Node.Describe()}: {problem}", expected);
        return null;
    }

    private static DoorPath? PathOf(ObjectReader reader, Place entry)
    {
        if (entry.Node.Kind != JsonValueKind.String)
        {
            reader.RefuseEntry(entry, entry.Node.Describe(), APath);
            return null;
        }
        if (DoorPath.TryParse(entry.Node.Text, out var path, out string problem))
            return path;
        reader.RefuseEntry(entry, $"{entry.Node.Describe()}: {problem}", APath);
        return null;
    }

    private static IEnumerable<Place> Entries(Place found) =>
        found.Node.Kind == JsonValueKind.Array
            ? found.Node.Items.Select((item, index) => new Place(item, $"{found.Path}[{index}]"))
            : [found];

    private static JsonObject Text(int most) =>
        new()
        {
            ["type"] = "string",
            ["minLength"] = 1,
            ["maxLength"] = most,
        };

    private static JsonObject OneOrMore(JsonObject one) => new() { ["anyOf"] = new JsonArray(one, ModelShape.ListOf(one, required: true)) };

    private static JsonObject Term() =>
        new()
        {
            ["type"] = "string",
            ["minLength"] = 1,
            ["pattern"] = @"\S",
        };

    /// <summary>Said once for all places, of which there are many.</summary>
    private static JsonObject Schema() => new() { ["$ref"] = $"#/$defs/{Name}" };

    public static JsonObject Definition()
    {
        var properties = new JsonObject
        {
            ["value"] = OneOrMore(Term()),
            ["as"] = Expect.OneOf(Conversions).Schema(),
            ["each"] = Text(DoorPath.MaxChars),
            ["currency"] = Term(),
            ["times"] = Term(),
            ["every"] = Term(),
            ["count"] = Term(),
            ["words"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = Expect.Name.Schema() },
            ["scale"] = ScaleSchema(),
        };
        return new JsonObject
        {
            ["anyOf"] = new JsonArray(
                Term(),
                ModelShape.ListOf(Term(), required: true),
                new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = properties,
                    ["additionalProperties"] = false,
                    ["required"] = new JsonArray("value"),
                }
            ),
        };
    }

    private static JsonObject ScaleSchema()
    {
        var numbers = new JsonObject();
        foreach (string name in (string[])["from", "to", "becomes", "upTo"])
            numbers[name] = new JsonObject { ["type"] = "number" };
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = numbers,
            ["additionalProperties"] = false,
            ["required"] = new JsonArray("from", "to", "becomes", "upTo"),
        };
    }
}
