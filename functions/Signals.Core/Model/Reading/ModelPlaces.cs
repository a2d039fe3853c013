using System.Text.Json.Nodes;

namespace Signals.Core.Model.Reading;

/// <summary>Where each name of the model may stand: what was written in the wrong place is told the right one.</summary>
internal sealed class ModelPlaces
{
    /// <summary>A name that stands in more places than these says nothing of what was meant.</summary>
    private const int Few = 3;
    private const string Playbooks = "playbooks";

    private readonly Dictionary<string, List<string>> _parents = new(StringComparer.Ordinal);

    private ModelPlaces(JsonObject schema) => Walk(schema, "");

    public static ModelPlaces Of(IReadOnlyList<CauseSection> causes) => new(ValueModelReader.Shape(causes).AsObject());

    /// <summary>What was expected of a name that is known elsewhere; null for one that is not, or is in many places.</summary>
    public string? Elsewhere(string name) =>
        _parents.GetValueOrDefault(name) is not { Count: <= Few } parents ? null
        : parents is [""] ? $"it at the top of the file, beside \"product\": {ModelNode.Quote(name)}: ..."
        : $"it in {string.Join(" or ", parents.Select(parent => parent.Length == 0 ? "the top of the file" : ModelNode.Quote(parent)))}: "
            + $"did you mean {ModelNode.Quote(parents[0].Length == 0 ? name : $"{parents[0]}.{name}")}?";

    /// <summary>The calibrated score is written by a command, and by nobody in the wrong place.</summary>
    private static bool IsWritten(string path, string name) => path.Length == 0 && name == "risk";

    private void Walk(JsonNode? schema, string path)
    {
        if (schema is not JsonObject at)
            return;
        if (at["properties"] is JsonObject properties)
        {
            foreach (var (name, value) in properties.Where(property => !IsWritten(path, property.Key)))
            {
                if (!_parents.TryGetValue(name, out var parents))
                    _parents[name] = parents = [];
                if (!parents.Contains(path, StringComparer.Ordinal))
                    parents.Add(path);
                // What a playbook holds is the same for every cause.
                Walk(value, path.Length == 0 ? name : $"{path}.{(path == Playbooks ? "CAUSE" : name)}");
            }
        }
        Walk(at["items"], path + "[]");
        Walk(at["additionalProperties"], path.Length == 0 ? ModelShape.AnyName : $"{path}.{ModelShape.AnyName}");
        foreach (var either in at["anyOf"] as JsonArray ?? [])
            Walk(either, path);
    }
}
