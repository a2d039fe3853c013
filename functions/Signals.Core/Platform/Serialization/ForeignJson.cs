using System.Text.Json;
using System.Text.Unicode;

namespace Signals.Core.Platform.Serialization;

/// <summary>
/// JSON that somebody else wrote, as a document all of whose texts can be read. The framework's own takes bytes that are no UTF-8 and
/// halves of characters, and throws <see cref="InvalidOperationException"/> as late as where one is asked for.
/// </summary>
public static class ForeignJson
{
    /// <summary>Throws <see cref="JsonException"/> for what is no JSON, and for text that is none.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, JsonDocumentOptions options = default)
    {
        if (!Utf8.IsValid(json.Span))
            throw new JsonException("Found bytes that are not UTF-8.");
        var document = JsonDocument.Parse(json, options);
        // Only what is written as an escape can still be half of a character.
        if (json.Span.IndexOf("\\u"u8) < 0 || HasTextsOnly(json.Span, options))
            return document;
        document.Dispose();
        throw new JsonException("Found half of a character.");
    }

    private static bool HasTextsOnly(ReadOnlySpan<byte> json, JsonDocumentOptions options)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = options.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader is { TokenType: JsonTokenType.PropertyName or JsonTokenType.String, ValueIsEscaped: true })
                    _ = reader.GetString();
            }
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
