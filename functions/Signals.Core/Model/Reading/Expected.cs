using System.Text.Json.Nodes;

namespace Signals.Core.Model.Reading;

/// <summary>
/// What a value must be: in an error's words, as the reading of a node (false: it is something else), and as JSON Schema, which may let
/// something pass that reading refuses (a time zone that there is none of), and never refuses what reading takes.
/// </summary>
internal sealed record Expected<T>(string Description, TryRead<T> TryRead, Func<JsonObject> Schema)
{
    /// <summary>A value as the file writes it; null where it cannot be said in a line.</summary>
    public Func<T, JsonNode?> Write { get; init; } =
        value =>
            value switch
            {
                string { Length: > 0 } text => JsonValue.Create(text),
                bool flag => JsonValue.Create(flag),
                int number => JsonValue.Create(number),
                double number when double.IsFinite(number) => JsonValue.Create(number),
                TimeOnly time => JsonValue.Create(time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)),
                TimeZoneInfo zone => JsonValue.Create(zone.Id),
                _ => null,
            };
}

internal delegate bool TryRead<T>(ModelNode node, out T value);
