using System.Text.Json.Nodes;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model.Reading;

namespace Signals.Core.Tests.Model.Schema;

/// <summary>The schema's places: <c>features[].plans</c>, <c>plans.*.price</c>, each with what it says of it.</summary>
internal static class SchemaTree
{
    public static JsonObject Bare => ValueModelSchema.Of(CauseCatalogue.All);

    /// <summary>The schema with the reference's words as descriptions: what is served.</summary>
    public static JsonObject Described(IReadOnlyDictionary<string, string> said)
    {
        var schema = Bare;
        foreach (var (path, at) in Places(schema))
        {
            if (said.GetValueOrDefault(Documented(path, said)) is { Length: > 0 } words)
                at["description"] = words;
        }
        return schema;
    }

    /// <summary>The path that the reference has for a place: it says once for all causes what a playbook holds.</summary>
    public static string Documented(string path, IReadOnlyDictionary<string, string> said)
    {
        foreach (string cause in CauseCatalogue.Ids)
            path = path.Replace($"playbooks.{cause}.", "playbooks.CAUSE.", StringComparison.Ordinal);
        return path.StartsWith("facts[].", StringComparison.Ordinal) && !said.ContainsKey(path) ? "facts[].FACT" : path;
    }

    /// <summary>Every property, with its schema; of objects too.</summary>
    public static List<(string Path, JsonObject Schema)> Places(JsonObject schema)
    {
        var places = new List<(string, JsonObject)>();
        Walk(schema, "");
        return places;

        void Walk(JsonNode? node, string path)
        {
            if (node is not JsonObject at)
                return;
            foreach (var (name, value) in at["properties"] as JsonObject ?? [])
            {
                string under = path.Length == 0 ? name : $"{path}.{name}";
                places.Add((under, value!.AsObject()));
                Walk(value, under);
            }
            Walk(at["items"], path + "[]");
            if (at["additionalProperties"] is JsonObject any)
            {
                if (any["properties"] is null)
                    places.Add((path + ".*", any));
                Walk(any, path + ".*");
            }
            foreach (var either in (at["anyOf"] as JsonArray ?? []).Where(either => !IsByLanguage(either)))
                Walk(either, path);
        }
    }

    /// <summary>A text in each language is a value, not an object with names of its own.</summary>
    private static bool IsByLanguage(JsonNode? node) =>
        node is JsonObject at && at["properties"] is JsonObject { Count: > 0 } names && names.ContainsKey("en");
}
