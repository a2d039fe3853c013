using System.Buffers;
using System.Text;

namespace Signals.Local.Storage;

/// <summary>
/// Keys as bytes whose order is .NET's ordinal order. UTF-8 would sort U+E000 to U+FFFF before the characters beyond them,
/// which UTF-16 writes as surrogates (U+D800 to U+DFFF) and so sorts first. Here each UTF-16 unit is written by UTF-8's
/// rule on its own: the same bytes for ASCII and all keys without surrogates, and the right order for the rest.
/// </summary>
public static class OrdinalKey
{
    public static byte[] Encode(string key)
    {
        var bytes = new byte[Length(key)];
        if (bytes.Length == key.Length)
        {
            Ascii.FromUtf16(key, bytes, out _);
            return bytes;
        }
        int at = 0;
        foreach (char unit in key)
        {
            if (unit < 0x80)
            {
                bytes[at++] = (byte)unit;
            }
            else if (unit < 0x800)
            {
                bytes[at++] = (byte)(0xC0 | (unit >> 6));
                bytes[at++] = (byte)(0x80 | (unit & 0x3F));
            }
            else
            {
                bytes[at++] = (byte)(0xE0 | (unit >> 12));
                bytes[at++] = (byte)(0x80 | ((unit >> 6) & 0x3F));
                bytes[at++] = (byte)(0x80 | (unit & 0x3F));
            }
        }
        return bytes;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
            return Encoding.ASCII.GetString(bytes);
        char[] units = ArrayPool<char>.Shared.Rent(bytes.Length);
        try
        {
            int count = 0;
            while (!bytes.IsEmpty)
                units[count++] = DecodeUnit(ref bytes);
            return new string(units, 0, count);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(units);
        }
    }

    private static int Length(string key)
    {
        int length = 0;
        foreach (char unit in key)
            length +=
                unit < 0x80 ? 1
                : unit < 0x800 ? 2
                : 3;
        return length;
    }

    private static char DecodeUnit(ref ReadOnlySpan<byte> bytes)
    {
        int length =
            bytes[0] < 0x80 ? 1
            : bytes[0] < 0xE0 ? 2
            : 3;
        if (bytes.Length < length)
            throw new InvalidDataException($"A key ends inside a character: found {bytes.Length} bytes; expected {length}.");
        int unit = length switch
        {
            1 => bytes[0],
            2 => ((bytes[0] & 0x1F) << 6) | (bytes[1] & 0x3F),
            _ => ((bytes[0] & 0x0F) << 12) | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F),
        };
        bytes = bytes[length..];
        return (char)unit;
    }
}
