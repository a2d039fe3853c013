using System.Text.Json;

namespace Signals.Azure.Storage;

/// <summary>
/// Tells an answer without rows from one that is none. The client reads any JSON object as a page, and one that does not hold <c>value</c>
/// as an empty page: believed, that would make an account's rows disappear.
/// </summary>
internal static class QueryAnswer
{
    /// <summary>True for a JSON object whose member <c>value</c> is an array.</summary>
    public static bool IsPage(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (isValue)
                return reader.TokenType == JsonTokenType.StartArray;
            reader.Skip();
        }
        return false;
    }
}
