using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Signals.Core.Model.Reading;

/// <summary>
/// Turns a file's bytes into nodes; comments and trailing commas are welcome, anything else that is not JSON is one error.
/// </summary>
internal static class ModelText
{
    /// <summary>The path of a mistake that is the file's as a whole.</summary>
    public const string WholeFile = "(file)";

    private const int MaxBytes = 1024 * 1024;

    private static readonly JsonReaderOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 32,
    };

    public static ModelNode? Parse(ReadOnlySpan<byte> json, out ModelError? error)
    {
        error = null;
        if (json.StartsWith(Encoding.UTF8.Preamble))
            json = json[Encoding.UTF8.Preamble.Length..];
        if (json.Length > MaxBytes)
        {
            error = new(WholeFile, $"{json.Length} bytes", $"at most {MaxBytes} bytes");
            return null;
        }

        if (!Utf8.IsValid(json))
        {
            error = new(Position(json, FirstInvalid(json)), "bytes that are not UTF-8", "JSON in UTF-8");
            return null;
        }

        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            var root = ReadNode(ref reader);
            reader.Read();
            return root;
        }
        catch (JsonException fault)
        {
            var at = OffsetOf(json, fault);
            error = new(Position(json, at), Excerpt(json, at), $"JSON: {Reason(fault)}");
        }
        catch (InvalidOperationException)
        {
            // A \u escape that is half of a surrogate pair: JSON to the tokenizer, but no text.
            error = new(Position(json, (int)reader.TokenStartIndex), "a text with half a surrogate pair", "text that is valid Unicode");
        }

        return null;
    }

    private static ModelNode ReadNode(ref Utf8JsonReader reader)
    {
        var offset = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader, offset);
            case JsonTokenType.StartArray:
                var list = new ModelNode(JsonValueKind.Array, offset);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    list.Items.Add(ReadNode(ref reader));
                return list;
            case JsonTokenType.String:
                return new(JsonValueKind.String, offset) { Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new(JsonValueKind.Number, offset) { Text = Encoding.UTF8.GetString(reader.ValueSpan), Number = reader.GetDouble() };
            case JsonTokenType.True:
                return new(JsonValueKind.True, offset);
            case JsonTokenType.False:
                return new(JsonValueKind.False, offset);
            default:
                return new(JsonValueKind.Null, offset);
        }
    }

    private static ModelNode ReadObject(ref Utf8JsonReader reader, int offset)
    {
        var node = new ModelNode(JsonValueKind.Object, offset);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var nameOffset = (int)reader.TokenStartIndex;
            var name = reader.GetString()!;
            reader.Read();
            node.Properties.Add(new(name, nameOffset, ReadNode(ref reader)));
        }

        return node;
    }

    private static int OffsetOf(ReadOnlySpan<byte> json, JsonException broken)
    {
        var lineStart = 0;
        for (var line = broken.LineNumber ?? 0; line > 0; line--)
        {
            var end = json[lineStart..].IndexOf((byte)'\n');
            if (end < 0)
                break;
            lineStart += end + 1;
        }

        return (int)Math.Min(lineStart + (broken.BytePositionInLine ?? 0), json.Length);
    }

    private static int FirstInvalid(ReadOnlySpan<byte> json)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(json[offset..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
            offset += consumed;
        return offset;
    }

    private static string Position(ReadOnlySpan<byte> json, int offset) => Find(json, offset).ToString();

    /// <summary>Where an offset of a node is in the file that was parsed.</summary>
    public static ModelPosition PositionOf(ReadOnlySpan<byte> json, int offset) =>
        Find(json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json, offset);

    private static ModelPosition Find(ReadOnlySpan<byte> json, int offset)
    {
        var before = json[..offset];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    private static string Excerpt(ReadOnlySpan<byte> json, int offset)
    {
        if (offset >= json.Length)
            return "the end of the file";
        Rune.DecodeFromUtf8(json[offset..], out var rune, out _);
        return rune.Value == '\n' ? "the end of the line" : ModelNode.Quote(rune.ToString());
    }

    private static string Reason(JsonException broken)
    {
        var message = broken.Message;
        var position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (position < 0 ? message : message[..position]).TrimEnd('.', ' ');
    }
}
