using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signals.Core.Model.Reading;

/// <summary>
/// What may stand at one place of a model file, told by the reader itself: it is run once with nothing to read, and each thing that it asks
/// for is written down here. JSON Schema, draft 2020-12.
/// </summary>
internal sealed class ModelShape
{
    private readonly HashSet<string> _nullable = new(StringComparer.Ordinal);
    private readonly List<string> _required = [];

    /// <summary>The name under which a map's values are asked for: whatever the file calls them.</summary>
    public const string AnyName = "*";

    /// <summary>What was asked for of an object, by name, in the order of asking.</summary>
    public Dictionary<string, JsonObject> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>Keywords beside the properties: rules of several of them.</summary>
    public JsonObject Rules { get; } = [];

    /// <summary>The shape of an object that was asked for: its schema.</summary>
    public JsonObject AsObject()
    {
        var properties = new JsonObject();
        foreach (var (name, schema) in Properties.Where(property => property.Key != AnyName))
            properties[name] = _nullable.Contains(name) ? OrNull(schema) : Copy(schema);
        var shape = new JsonObject { ["type"] = "object" };
        if (properties.Count > 0)
            shape["properties"] = properties;
        shape["additionalProperties"] = Properties.TryGetValue(AnyName, out var any) ? Copy(any) : JsonValue.Create(false);
        if (_required.Count > 0)
            shape["required"] = new JsonArray([.. _required.Select(name => JsonValue.Create(name))]);
        foreach (var (keyword, rule) in Rules)
            shape[keyword] = rule?.DeepClone();
        return shape;
    }

    /// <summary>A property may be what is said here; what was said of it before stands where it is not the same.</summary>
    public void Add(string name, JsonObject schema, bool required = false)
    {
        Properties.TryAdd(name, schema);
        if (required && !_required.Contains(name))
            _required.Add(name);
    }

    public void AddNull(string name) => _nullable.Add(name);

    public static JsonObject OrNull(JsonObject schema)
    {
        var alone = Copy(schema);
        var either = new JsonObject();
        if (alone.Remove("default", out var usual))
            either["default"] = usual;
        either["anyOf"] = new JsonArray(alone, new JsonObject { ["type"] = "null" });
        return either;
    }

    public static JsonObject ListOf(JsonObject item, bool required = false, bool unique = false)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = Copy(item) };
        if (required)
            list["minItems"] = 1;
        if (unique)
            list["uniqueItems"] = true;
        return list;
    }

    /// <summary>A rule of several properties: that one is there.</summary>
    public static JsonObject Requires(string name) => new() { ["required"] = new JsonArray(name) };

    private static JsonObject Copy(JsonObject schema) => schema.DeepClone().AsObject();

    /// <summary>The node that is read where there is no file: an object of nothing.</summary>
    public static readonly ModelNode Nothing = new(JsonValueKind.Object, 0);
}
