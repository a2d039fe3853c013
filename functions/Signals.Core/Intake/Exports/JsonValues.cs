using System.Text;
using System.Text.Json;
using Signals.Core.Platform.Serialization;

namespace Signals.Core.Intake.Exports;

/// <summary>Looks into objects of others, where anything may be missing or of another kind.</summary>
internal static class JsonValues
{
    public static bool Has(this JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A member; null where it is missing or null.</summary>
    public static JsonElement? Member(this JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>A string that is not empty, or the digits of a number.</summary>
    public static string? Text(this JsonElement item, string name) =>
        item.Member(name) switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };

    /// <summary>An object, also where it stands as text: Parquet and CSV have no objects.</summary>
    public static JsonElement? Object(this JsonElement item, string name)
    {
        if (item.Member(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return value;
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 1 } text || text[0] != '{')
            return null;
        try
        {
            using var parsed = ForeignJson.Parse(Encoding.UTF8.GetBytes(text));
            return parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static bool? Bool(this JsonElement item, string name) =>
        item.Member(name) switch
        {
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            _ => null,
        };
}
