using System.Buffers;

namespace Signals.Core.Platform.Storage;

/// <summary>
/// How many bytes a transaction takes on its way to Table Storage, at most: rows travel as JSON in an envelope each, bytes as base64, text
/// escaped. The service's 4 MiB are counted there, and not by what the rows take in the table.
/// </summary>
public static class EntityPayload
{
    /// <summary>The request within the request: its line, its headers and the parts' boundary, without the keys.</summary>
    private const int EnvelopeBytes = 1024;

    /// <summary>The quotes, colons and commas of a column, and the note on its type.</summary>
    private const int ColumnBytes = 40;

    /// <summary>A number or a time at its longest.</summary>
    private const int ScalarBytes = 40;

    /// <summary>A character that JSON writers escape becomes \uXXXX; in an address it becomes at most three times %XX.</summary>
    private const int EscapedBytes = 6;

    private const int EscapedKeyBytes = 9;

    private static readonly SearchValues<char> Unescaped = SearchValues.Create(
        " !#$%()*,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~"
    );

    public static long BytesOf(string partitionKey, IReadOnlyList<EntityOperation> operations)
    {
        long total = EnvelopeBytes;
        foreach (var operation in operations)
        {
            int keyChars = partitionKey.Length + operation.RowKey.Length;
            total += EnvelopeBytes + operation.ETag.Length + (keyChars * EscapedKeyBytes);
            if (operation.Entity is not { } entity)
                continue;
            total += TextBytes(partitionKey) + TextBytes(operation.RowKey) + (2 * ColumnBytes);
            foreach (var (name, value) in entity.Properties)
                total += ColumnBytes + (2 * TextBytes(name)) + BytesOf(value);
        }
        return total;
    }

    private static long BytesOf(object value) =>
        value switch
        {
            byte[] bytes => Base64Bytes(bytes.Length),
            string text => TextBytes(text),
            _ => ScalarBytes,
        };

    /// <summary>Some JSON writers escape the + of base64; in packed bytes it is one character of 64.</summary>
    private static long Base64Bytes(int length)
    {
        long characters = (length + 2L) / 3 * 4;
        return characters + (characters / 12);
    }

    private static long TextBytes(string text)
    {
        long bytes = text.Length;
        for (var rest = text.AsSpan(); rest.IndexOfAnyExcept(Unescaped) is >= 0 and var index; rest = rest[(index + 1)..])
            bytes += EscapedBytes - 1;
        return bytes;
    }
}
