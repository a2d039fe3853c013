using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Core.Platform.Languages;

/// <summary>
/// A phrase as it is stored: <c>{"say":"{0} in the last {1} days","with":[12.5,30]}</c>, with <c>"one"</c> and <c>"count"</c> where it is
/// counted; one string where it is the same in every language. Old rows hold <c>["English","French"]</c>.
/// </summary>
public sealed class PhraseJsonConverter : JsonConverter<Phrase>
{
    /// <summary>The language beside English in the pairs of old rows.</summary>
    internal const string SecondOfPairs = "fr";

    private const string Say = "say";
    private const string One = "one";
    private const string Count = "count";
    private const string With = "with";
    private const string Texts = "texts";
    private const string DayFormat = "yyyy-MM-dd";

    /// <exception cref="JsonException">It is none of these.</exception>
    public override Phrase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => Phrase.Same(reader.GetString()!),
            JsonTokenType.StartArray => Pair(ref reader),
            JsonTokenType.StartObject when Argument(ref reader) is Phrase phrase => phrase,
            _ => throw new JsonException($"Found {reader.TokenType} where a phrase was expected: a string, or an object with \"{Say}\"."),
        };

    public override void Write(Utf8JsonWriter writer, Phrase value, JsonSerializerOptions options)
    {
        switch (value.Form)
        {
            case PhraseForm.Same:
                writer.WriteStringValue(value.Text ?? "");
                break;
            case PhraseForm.Pair:
                writer.WriteStartArray();
                writer.WriteStringValue(value.Text);
                writer.WriteStringValue(value.Other);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStartObject();
                writer.WriteString(Say, value.Text);
                if (value.Form == PhraseForm.Counted)
                {
                    writer.WriteString(One, value.Other);
                    writer.WriteNumber(Count, value.Number);
                }
                if (value.Arguments.Length > 0)
                {
                    writer.WriteStartArray(With);
                    foreach (object argument in value.Arguments)
                        WriteArgument(writer, argument, options);
                    writer.WriteEndArray();
                }
                writer.WriteEndObject();
                break;
        }
    }

    private void WriteArgument(Utf8JsonWriter writer, object argument, JsonSerializerOptions options)
    {
        switch (argument)
        {
            case Phrase phrase:
                Write(writer, phrase, options);
                return;
            case string text:
                writer.WriteStringValue(text);
                return;
            case double number:
                writer.WriteNumberValue(number);
                return;
        }
        writer.WriteStartObject();
        switch (argument)
        {
            case Money money:
                writer.WriteNumber("money", money.Amount);
                break;
            case Share share:
                writer.WriteNumber("percent", share.Percent);
                break;
            case DateOnly day:
                writer.WriteString("day", day.ToString(DayFormat, CultureInfo.InvariantCulture));
                break;
            case LocalText text:
                writer.WriteStartObject(Texts);
                foreach (var (language, words) in text.ByLanguage)
                    writer.WriteString(language, words);
                writer.WriteEndObject();
                break;
            default:
                throw new JsonException($"Nobody knows how to store a {argument.GetType().Name}.");
        }
        writer.WriteEndObject();
    }

    private static Phrase Pair(ref Utf8JsonReader reader)
    {
        var phrase = Phrase.Pair(NextText(ref reader), NextText(ref reader));
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray
            ? phrase
            : throw new JsonException("Found more than two strings in a phrase.");
    }

    /// <summary>What is in a hole; a phrase is in one as it stands alone, but a string is the text itself.</summary>
    private static object Argument(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number => reader.GetDouble(),
            JsonTokenType.StartArray => Pair(ref reader),
            JsonTokenType.StartObject => Object(ref reader),
            _ => throw new JsonException($"Found {reader.TokenType} in a phrase."),
        };

    private static object Object(ref Utf8JsonReader reader)
    {
        object? found = null;
        string? say = null,
            one = null;
        long count = 0;
        object[] arguments = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            switch (name)
            {
                case Say:
                    say = NextText(ref reader);
                    break;
                case One:
                    one = NextText(ref reader);
                    break;
                case Count:
                    count = (long)NextNumber(ref reader);
                    break;
                case With:
                    arguments = NextArguments(ref reader);
                    break;
                case Texts:
                    found = NextTexts(ref reader);
                    break;
                case "money":
                    found = new Money(NextNumber(ref reader));
                    break;
                case "percent":
                    found = new Share(NextNumber(ref reader));
                    break;
                case "day" when DateOnly.TryParseExact(NextText(ref reader), DayFormat, out var day):
                    found = day;
                    break;
                default:
                    throw new JsonException($"Found \"{name}\" in a phrase.");
            }
        }
        return say is null ? found ?? throw new JsonException($"Found an object without \"{Say}\" where a phrase was expected.")
            : one is null ? Phrase.Of(say, arguments)
            : Phrase.Counted(count, one, say, arguments);
    }

    private static object[] NextArguments(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        var arguments = new List<object>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            arguments.Add(Argument(ref reader));
        return [.. arguments];
    }

    private static LocalText NextTexts(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string language = reader.GetString()!;
            texts[language] = NextText(ref reader);
        }
        return texts.Count > 0 ? new LocalText(texts) : throw new JsonException("Found a text in no language in a phrase.");
    }

    private static string NextText(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return reader.GetString()!;
    }

    private static double NextNumber(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.Number);
        return reader.GetDouble();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
            throw new JsonException($"Found {reader.TokenType} in a phrase where {token} was expected.");
    }
}
