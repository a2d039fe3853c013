using System.Text;
using System.Text.Json;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Intake.Events;

/// <summary>
/// What <c>context.consent.categoryPreferences</c> says (Segment's consent spec), kept short: a line for each category, its plain name
/// after + where it was given and - where it was refused. Every event of a source may bring the same.
/// </summary>
public static class ConsentText
{
    private const int MaxCategories = 50;
    private const int MaxNameChars = 100;

    /// <summary>Whether a category was given; null where nothing was said of it.</summary>
    public static bool? Find(string consent, string category)
    {
        string name = PlainName.Of(category);
        foreach (var line in consent.AsSpan().EnumerateLines())
        {
            if (line.Length > 1 && line[1..].SequenceEqual(name))
                return line[0] == '+';
        }
        return null;
    }

    /// <summary>Reads the value of <c>consent</c>; null where it says nothing.</summary>
    internal static string? Read(ref Utf8JsonReader reader, TextCache texts)
    {
        string? found = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isPreferences = reader.ValueTextEquals("categoryPreferences"u8);
            reader.Read();
            if (isPreferences && reader.TokenType == JsonTokenType.StartObject)
                found = ReadPreferences(ref reader, texts);
            else
                reader.Skip();
        }
        return found;
    }

    private static string? ReadPreferences(ref Utf8JsonReader reader, TextCache texts)
    {
        var lines = new StringBuilder();
        for (int i = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; i++)
        {
            string name = PlainName.Of(JsonText.Get(ref reader, texts));
            reader.Read();
            if (IsGiven(ref reader) is { } isGiven && i < MaxCategories && name.Length is > 0 and <= MaxNameChars)
                lines.Append(isGiven ? '+' : '-').Append(name).Append('\n');
            reader.Skip();
        }
        return lines.Length == 0 ? null : texts.Get(Encoding.UTF8.GetBytes(lines.ToString()));
    }

    private static bool? IsGiven(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String when reader.ValueTextEquals("true"u8) || reader.ValueTextEquals("granted"u8) => true,
            JsonTokenType.String when reader.ValueTextEquals("false"u8) || reader.ValueTextEquals("denied"u8) => false,
            _ => null,
        };
}
