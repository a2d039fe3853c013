using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Signals.Core.Platform.Storage;

/// <summary>Turns names from outside (user ids, group ids) into key parts that every store accepts, one to one.</summary>
public static class StorageKey
{
    /// <summary>Longer encodings are replaced by a hash, so that a key made of three parts stays under 512 characters.</summary>
    public const int MaxPartChars = 120;

    private const char Escape = '=';
    private const int TimeDigits = 17;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.@+"
    );

    /// <summary>
    /// Plain ASCII letters, digits and -_.@+ stay; every other UTF-8 byte becomes =XX. An encoding over
    /// <see cref="MaxPartChars"/> becomes "==" and a SHA-256 in hexadecimal.
    /// </summary>
    public static string Encode(string value)
    {
        if (value.Length <= MaxPartChars && !value.AsSpan().ContainsAnyExcept(Plain))
            return value;
        var text = new StringBuilder(value.Length + 16);
        foreach (byte b in Encoding.UTF8.GetBytes(value))
        {
            if (b < 0x80 && Plain.Contains((char)b))
                text.Append((char)b);
            else
                text.Append(Escape).Append(b.ToString("X2"));
            if (text.Length > MaxPartChars)
                return "==" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
        }
        return text.ToString();
    }

    /// <summary>What <see cref="Encode"/> was given; a hash stays one.</summary>
    public static string Decode(string encoded)
    {
        if (IsHash(encoded) || !encoded.Contains(Escape, StringComparison.Ordinal))
            return encoded;
        var bytes = new List<byte>(encoded.Length);
        for (int i = 0; i < encoded.Length; i++)
        {
            bool isEscaped = encoded[i] == Escape && i + 2 < encoded.Length;
            bytes.Add(
                isEscaped && byte.TryParse(encoded.AsSpan(i + 1, 2), System.Globalization.NumberStyles.HexNumber, null, out byte b)
                    ? b
                    : (byte)encoded[i]
            );
            i += isEscaped ? 2 : 0;
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>True where a text was too long and is kept as a hash.</summary>
    public static bool IsHash(string encoded) => encoded.StartsWith("==", StringComparison.Ordinal);

    /// <summary>A UTC moment as 17 digits (yyyyMMddHHmmssfff), so that row keys sort by time.</summary>
    public static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyyMMddHHmmssfff");

    /// <summary>A UTC moment as 17 digits of which each is nine less that of <see cref="Time"/>: row keys sort the newest first.</summary>
    public static string TimeDescending(DateTimeOffset moment) => Descending(Time(moment));

    /// <summary>The nines' complement of digits.</summary>
    public static string Descending(ReadOnlySpan<char> digits)
    {
        Span<char> complement = stackalloc char[digits.Length];
        for (int i = 0; i < digits.Length; i++)
            complement[i] = (char)('9' - (digits[i] - '0'));
        return new string(complement);
    }

    /// <summary>The moment of a key that begins with <see cref="TimeDescending"/>.</summary>
    public static DateTimeOffset ParseDescending(ReadOnlySpan<char> key) => ParseTime(Descending(key[..TimeDigits]));

    /// <summary>The moment of <see cref="Time"/>.</summary>
    public static DateTimeOffset ParseTime(ReadOnlySpan<char> digits) =>
        new(
            DateTime.ParseExact(
                digits,
                "yyyyMMddHHmmssfff",
                null,
                System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal
            ),
            TimeSpan.Zero
        );
}
