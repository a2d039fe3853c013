using System.Text.Json;
using System.Text.Json.Nodes;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Model.Reading;

/// <summary>How the product says that somebody wants no mail.</summary>
internal static class OptOutSection
{
    private const string TraitValues = "true, false, a list of the values that mean an opt-out, or null to take a usual trait away";

    private static readonly Expected<string> Value = Expect.Name;

    /// <summary>Whether notices are left.</summary>
    private static readonly Dictionary<string, bool> Stops = new(StringComparer.Ordinal) { ["all"] = false, ["help"] = true };

    public static OptOutDefinition Read(ObjectReader model)
    {
        var usual = new OptOutDefinition();
        return model.Object(
                "optOut",
                optOut =>
                {
                    var read = new OptOutDefinition
                    {
                        Traits = ReadTraits(optOut, "traits", OptOutDefinition.UsualTraits),
                        Events = optOut.Has("events") ? optOut.Events("events") : usual.Events,
                        Returned = optOut.Has("returned") ? optOut.Events("returned") : usual.Returned,
                        Categories = optOut.List("categories", Value) ?? usual.Categories,
                        Unrecorded = optOut.List("unrecorded", Value) ?? usual.Unrecorded,
                        UnrecordedTraits = ReadTraits(optOut, "unrecordedTraits", []),
                        LeavesNotices = optOut.Read("stops", Expect.OneOf(Stops), usual.LeavesNotices),
                    };
                    if (optOut.Has("returned") && read.Returned.Intersect(read.Events, PlainName.Comparer).FirstOrDefault() is { } both)
                        optOut.RefuseProperty("returned", "events that are not in \"events\"", ModelNode.Quote(both));
                    return read;
                }
            ) ?? usual;
    }

    /// <summary>Those of the file are added to the usual ones, in whose place they stand where the name is the same.</summary>
    private static IReadOnlyList<OptOutTrait> ReadTraits(ObjectReader optOut, string section, IReadOnlyList<OptOutTrait> usual)
    {
        optOut.Tell(
            section,
            () =>
                new JsonObject
                {
                    ["type"] = "object",
                    ["additionalProperties"] = new JsonObject
                    {
                        ["anyOf"] = new JsonArray(
                            new JsonObject { ["type"] = new JsonArray("boolean", "null") },
                            ModelShape.ListOf(Value.Schema(), required: true)
                        ),
                    },
                }
        );
        var known = new HashSet<string>(PlainName.Comparer);
        var given = optOut.Map(
            section,
            "an object of traits with the values that mean an opt-out",
            (property, place) =>
            {
                if (!known.Add(property.Name))
                    optOut.RefuseEntry(place, $"{ModelNode.Quote(property.Name)} a second time", "each trait once, however it is written");
                return ReadTrait(optOut, property, place);
            }
        );
        if (given is null)
            return usual;
        var names = given.Select(trait => trait.Name).ToHashSet(PlainName.Comparer);
        return
        [
            .. usual.Where(trait => !names.Contains(trait.Name)),
            .. given.Where(trait => trait.Refused is not null || trait.Values.Count > 0),
        ];
    }

    private static OptOutTrait? ReadTrait(ObjectReader optOut, ModelProperty property, Place place)
    {
        if (PlainName.Of(property.Name).Length == 0)
        {
            optOut.RefuseEntry(place, ModelNode.Quote(property.Name), "a trait's name with a letter or digit in it");
            return null;
        }
        switch (place.Node.Kind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return OptOutTrait.When(property.Name, place.Node.Kind == JsonValueKind.True);
            case JsonValueKind.Null:
                return new OptOutTrait(property.Name, null, []);
            case JsonValueKind.Array when place.Node.Items.Count > 0 && place.Node.Items.TrueForAll(item => Value.TryRead(item, out _)):
                return new OptOutTrait(property.Name, null, [.. place.Node.Items.Select(item => PlainName.Of(item.Text))]);
            default:
                optOut.RefuseEntry(place, place.Node.Describe(), TraitValues);
                return null;
        }
    }
}
