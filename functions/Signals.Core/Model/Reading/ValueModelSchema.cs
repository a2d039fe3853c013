using System.Text.Json.Nodes;

namespace Signals.Core.Model.Reading;

/// <summary>
/// The value model as JSON Schema, draft 2020-12, for editors: made by the reader itself. It lets pass what only the whole file can say
/// (ids that name nothing, dates out of order), and refuses nothing that the reader takes.
/// </summary>
public static class ValueModelSchema
{
    public const string Draft = "https://json-schema.org/draft/2020-12/schema";

    public static JsonObject Of(IReadOnlyList<CauseSection> causes)
    {
        var schema = new JsonObject
        {
            ["$schema"] = Draft,
            ["title"] = "Signals value model",
            ["description"] = "What counts as value in a product, and what follows where it is missing.",
        };
        foreach (var (keyword, value) in ValueModelReader.Shape(causes).AsObject())
            schema[keyword] = value?.DeepClone();
        schema["$defs"] = new JsonObject { [DoorValues.Name] = DoorValues.Definition() };
        // Comments and trailing commas are welcome in the file; editors that know the keyword say nothing of them.
        schema["allowTrailingCommas"] = true;
        return schema;
    }
}
