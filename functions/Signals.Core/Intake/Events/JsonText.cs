using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Intake.Events;

/// <summary>Reads the scalar values of events, bounded and described.</summary>
internal static class JsonText
{
    private const int QuotedChars = 60;
    private const int HashBytes = 16;

    /// <summary>Control characters, and what broken text was replaced by: no id or name that anybody chose holds them.</summary>
    private static readonly SearchValues<char> Unreadable = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Append(0xFFFD).Select(code => (char)code),
    ]);

    public static bool IsReadable(ReadOnlySpan<char> text) => !text.ContainsAny(Unreadable);

    /// <summary>The text of the string the reader stands on; its UTF-8 and escapes were checked before.</summary>
    public static string Get(ref Utf8JsonReader reader, TextCache? cache = null)
    {
        if (reader.ValueIsEscaped)
            return reader.GetString()!;
        return cache is null ? Encoding.UTF8.GetString(reader.ValueSpan) : cache.Get(reader.ValueSpan);
    }

    /// <summary>A label of little weight (locale, library): null when it is no text, is empty, too long or unreadable.</summary>
    public static string? GetLabel(ref Utf8JsonReader reader, TextCache cache)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }
        string text = Get(ref reader, cache);
        return text.Length is > 0 and <= EventLimits.MaxLabelChars && IsReadable(text) ? text : null;
    }

    /// <summary>
    /// An id: text or a number (some SDKs send numeric user ids; their digits become the text, <see cref="JsonNumber"/>). Null and blank
    /// text mean none.
    /// </summary>
    public static string? GetId(
        ref Utf8JsonReader reader,
        string field,
        in EventPlace place,
        ref EventFault? fault,
        TextCache? cache = null
    )
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                return GetBounded(ref reader, field, EventLimits.MaxIdChars, place, ref fault, cache);
            case JsonTokenType.Number when reader.ValueSpan.Length <= EventLimits.MaxIdChars:
                return JsonNumber.ToText(reader.ValueSpan);
            default:
                fault = place.Fault(field, Describe(ref reader), "text or a number");
                reader.Skip();
                return null;
        }
    }

    /// <summary>A message id: like an id, but what is too long or unreadable is replaced by its hash, for its text means nothing.</summary>
    public static string? GetMessageId(ref Utf8JsonReader reader, in EventPlace place, ref EventFault? fault)
    {
        if (reader.TokenType != JsonTokenType.String)
            return GetId(ref reader, "messageId", place, ref fault);
        return BoundMessageId(Get(ref reader));
    }

    public static string? BoundMessageId(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return text.Length <= EventLimits.MaxMessageIdChars && IsReadable(text)
            ? text
            : "sha256-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashBytes));
    }

    /// <summary>Text that somebody chose as an id or a name: null when blank, a fault when too long or unreadable.</summary>
    public static string? Bound(string text, string field, int maxChars, in EventPlace place, ref EventFault? fault)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (text.Length > maxChars)
            fault = place.Fault(field, $"{text.Length} characters", $"at most {maxChars}");
        else if (!IsReadable(text))
            fault = place.Fault(field, $"control or broken characters in {Quote(text)}", "readable text");
        return text;
    }

    /// <summary>An event's name: text. Null and blank text mean none.</summary>
    public static string? GetName(ref Utf8JsonReader reader, string field, in EventPlace place, ref EventFault? fault, TextCache cache)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType == JsonTokenType.String)
            return GetBounded(ref reader, field, EventLimits.MaxNameChars, place, ref fault, cache);
        fault = place.Fault(field, Describe(ref reader), "text");
        reader.Skip();
        return null;
    }

    /// <summary>A moment in Unix milliseconds; null means none was sent.</summary>
    public static long? GetTime(ref Utf8JsonReader reader, string field, in EventPlace place, ref EventFault? fault)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
            case JsonTokenType.String when reader.ValueSpan.IsEmpty:
                return null;
            case JsonTokenType.String when TryGetTime(ref reader, out long moment):
            case JsonTokenType.Number when reader.TryGetDouble(out double number) && EventTime.TryFromUnix(number, out moment):
                return moment;
            default:
                fault = place.Fault(field, Describe(ref reader), "an ISO 8601 date and time");
                reader.Skip();
                return null;
        }
    }

    /// <summary>
    /// True on a list with nothing in it: what PHP, Lua and Ruby write for an object with nothing in it. The reader stays where it is.
    /// </summary>
    public static bool IsEmptyList(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        var ahead = reader;
        return ahead.Read() && ahead.TokenType == JsonTokenType.EndArray;
    }

    /// <summary>The value the reader stands on, skipped and remembered.</summary>
    public static JsonSlice GetSlice(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        var kind = reader.TokenType;
        reader.Skip();
        return new JsonSlice(start, (int)reader.BytesConsumed - start, kind);
    }

    /// <summary>What stands here, for a fault: its kind, and the start of its text.</summary>
    public static string Describe(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => Quote(Get(ref reader)),
            JsonTokenType.Number => "the number " + Excerpt.Of(Encoding.ASCII.GetString(reader.ValueSpan), QuotedChars, "..."),
            var kind => Describe(kind),
        };

    public static string Describe(JsonTokenType kind) =>
        kind switch
        {
            JsonTokenType.None => "nothing",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.String => "text",
            JsonTokenType.Number => "a number",
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => "null",
        };

    public static string Quote(string text) =>
        '\'' + string.Concat(Excerpt.Of(text, QuotedChars, "...").Select(c => char.IsControl(c) ? '\uFFFD' : c)) + '\'';

    private static string? GetBounded(
        ref Utf8JsonReader reader,
        string field,
        int maxChars,
        in EventPlace place,
        ref EventFault? fault,
        TextCache? cache
    ) => Bound(Get(ref reader, cache), field, maxChars, place, ref fault);

    private static bool TryGetTime(ref Utf8JsonReader reader, out long moment)
    {
        moment = 0;
        if (!reader.ValueIsEscaped)
            return EventTime.TryParse(reader.ValueSpan, out moment);
        // .NET's JSON writer escapes the plus sign of an offset.
        Span<byte> text = stackalloc byte[EventTime.MaxChars * 6];
        return reader.ValueSpan.Length <= text.Length && EventTime.TryParse(text[..reader.CopyString(text)], out moment);
    }
}
