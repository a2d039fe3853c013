using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Core.Platform.Languages;

/// <summary>
/// A phrase as it is stored: <c>["English","French"]</c>, or one string where both are the same. Rows of before there was French hold
/// strings too.
/// </summary>
public sealed class PhraseJsonConverter : JsonConverter<Phrase>
{
    /// <exception cref="JsonException">It is neither a string nor two of them.</exception>
    public override Phrase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return Phrase.Same(reader.GetString()!);
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException(
                $"Found {reader.TokenType} where a phrase was expected: a string, or an array of one in English and one in French."
            );
        var phrase = new Phrase(Next(ref reader), Next(ref reader));
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray
            ? phrase
            : throw new JsonException("Found more than two strings in a phrase.");
    }

    public override void Write(Utf8JsonWriter writer, Phrase value, JsonSerializerOptions options)
    {
        if (value.En == value.Fr)
        {
            writer.WriteStringValue(value.En);
            return;
        }
        writer.WriteStartArray();
        writer.WriteStringValue(value.En);
        writer.WriteStringValue(value.Fr);
        writer.WriteEndArray();
    }

    private static string Next(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String
            ? reader.GetString()!
            : throw new JsonException($"Found {reader.TokenType} in a phrase where a string was expected.");
}
