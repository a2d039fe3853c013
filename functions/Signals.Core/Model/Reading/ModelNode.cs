using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signals.Core.Model.Reading;

/// <summary>A JSON value that knows where in the file it stands: a JsonElement does not, and errors are told in the file's order.</summary>
internal sealed class ModelNode(JsonValueKind kind, int offset)
{
    private const int QuotedLength = 60;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public JsonValueKind Kind { get; } = kind;

    /// <summary>The value's first byte in the file.</summary>
    public int Offset { get; } = offset;

    /// <summary>A string's value, a number's digits as written.</summary>
    public string Text { get; init; } = "";

    public double Number { get; init; }

    public List<ModelNode> Items { get; } = [];

    /// <summary>An object's properties as written, repeated names included.</summary>
    public List<ModelProperty> Properties { get; } = [];

    /// <summary>The value in an error's words.</summary>
    public string Describe() =>
        Kind switch
        {
            JsonValueKind.String => Quote(Text),
            JsonValueKind.Number => Text.Length > QuotedLength ? string.Concat(Text.AsSpan(0, QuotedLength), "…") : Text,
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "null",
        };

    /// <summary>A text in quotes, as JSON writes it, cut where it is long.</summary>
    public static string Quote(string text)
    {
        var length = Math.Min(text.Length, QuotedLength);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            length--;
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Readable);
        writer.WriteStringValue(length < text.Length ? string.Concat(text.AsSpan(0, length), "…") : text);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

/// <summary>A property of an object; <paramref name="Offset"/> is its name's first byte in the file.</summary>
internal readonly record struct ModelProperty(string Name, int Offset, ModelNode Value);
