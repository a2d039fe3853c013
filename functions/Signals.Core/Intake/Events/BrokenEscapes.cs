using System.Globalization;

namespace Signals.Core.Intake.Events;

/// <summary>
/// JSON may escape what no text can hold: half a surrogate pair, or NUL. Readers further on would throw on the first and stores
/// refuse the second, so both become U+FFFD before anything is read. The escape keeps its six bytes: nothing moves.
/// </summary>
internal static class BrokenEscapes
{
    private const int EscapeBytes = 6;

    /// <summary>Mends the escapes of JSON, which may still turn out to be none, in place.</summary>
    public static void Mend(Span<byte> json)
    {
        if (json.IndexOf("\\u"u8) < 0)
            return;
        int at = 0;
        while (true)
        {
            int backslash = json[at..].IndexOf((byte)'\\');
            if (backslash < 0 || at + backslash + 1 >= json.Length)
                return;
            at += backslash;
            if (json[at + 1] != 'u')
            {
                at += 2;
                continue;
            }
            if (at + EscapeBytes > json.Length)
                return;
            char unit = Unit(json[at..]);
            bool paired =
                char.IsHighSurrogate(unit)
                && at + (2 * EscapeBytes) <= json.Length
                && json[(at + EscapeBytes)..].StartsWith("\\u"u8)
                && char.IsLowSurrogate(Unit(json[(at + EscapeBytes)..]));
            if (paired)
            {
                at += 2 * EscapeBytes;
                continue;
            }
            if (char.IsSurrogate(unit) || unit == '\0')
                "\\ufffd"u8.CopyTo(json[at..]);
            at += EscapeBytes;
        }
    }

    private static char Unit(ReadOnlySpan<byte> escape) =>
        ushort.TryParse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit)
            ? (char)unit
            : 'x';
}
