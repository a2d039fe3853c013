using System.Globalization;
using System.Text;

namespace Signals.Core.Intake.Events;

/// <summary>
/// A JSON number as text. A whole number is its digits, all of them, however it was written: 42, 42.0 and 4.2e1 are one id, and ids beyond
/// what floating point holds keep every digit. Other numbers stay as they were written.
/// </summary>
public static class JsonNumber
{
    /// <summary>Longer than any id may be: such a number stays as it was written.</summary>
    private const int MaxDigits = EventLimits.MaxIdChars;

    /// <param name="number">A number of valid JSON, as UTF-8.</param>
    public static string ToText(ReadOnlySpan<byte> number) =>
        number.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 && !number.SequenceEqual("-0"u8)
            ? Encoding.ASCII.GetString(number)
            : Whole(Encoding.ASCII.GetString(number));

    private static string Whole(string number)
    {
        bool negative = number[0] == '-';
        var rest = number.AsSpan(negative ? 1 : 0);
        int exponent = 0;
        if (rest.IndexOfAny('e', 'E') is >= 0 and var e)
        {
            if (!int.TryParse(rest[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
                return number;
            rest = rest[..e];
        }
        int point = rest.IndexOf('.');
        int fraction = point < 0 ? 0 : rest.Length - point - 1;
        string digits = point < 0 ? rest.ToString() : string.Concat(rest[..point], rest[(point + 1)..]);
        // The number is these digits times ten to the power of so much.
        long power = (long)exponent - fraction;
        if (power < 0)
        {
            int cut = (int)Math.Min(-power, digits.Length);
            if (digits.AsSpan(digits.Length - cut).ContainsAnyExcept('0'))
                return number;
            digits = digits[..^cut];
        }
        digits = digits.TrimStart('0');
        if (digits.Length == 0)
            return "0";
        if (digits.Length + Math.Max(0, power) > MaxDigits)
            return number;
        return (negative ? "-" : "") + digits + new string('0', (int)Math.Max(0, power));
    }
}
