using System.Text;

namespace Signals.Core.Intake.Events;

/// <summary>
/// Reads the moments that SDKs send: ISO 8601, extended or basic, with T or a space, any number of decimals, and an offset as
/// Z, UTC, +hh, +hhmm or +hh:mm. Without an offset it is UTC. Decimals below the millisecond are cut.
/// </summary>
public static class EventTime
{
    /// <summary>The longest text that can be a moment; readers need not unescape more.</summary>
    public const int MaxChars = 64;

    private const long MillisecondsFrom = 100_000_000_000;

    /// <summary>A UTC moment in whole milliseconds, which is what events are stored with.</summary>
    public static DateTimeOffset WholeMilliseconds(DateTimeOffset moment) =>
        DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());

    /// <summary>A number is Unix time: seconds, or milliseconds from 100,000,000,000 on (1973 as milliseconds, 5138 as seconds).</summary>
    public static bool TryFromUnix(double number, out long unixMilliseconds)
    {
        unixMilliseconds = 0;
        double milliseconds = Math.Abs(number) < MillisecondsFrom ? number * 1000 : number;
        if (!(Math.Abs(milliseconds) < 253_402_300_799_999d))
            return false;
        unixMilliseconds = (long)milliseconds;
        return true;
    }

    /// <summary>False when <paramref name="text"/> is no moment, or names a day or hour that does not exist.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixMilliseconds)
    {
        unixMilliseconds = 0;
        var rest = text.Trim((byte)' ');
        if (rest.Length is < 8 or > MaxChars || !TryDate(ref rest, out var date))
            return false;
        long ticks = date.Ticks;
        if (!rest.IsEmpty)
        {
            if (rest[0] is not ((byte)'T' or (byte)'t' or (byte)' '))
                return false;
            rest = rest[1..];
            if (!TryClock(ref rest, out long clock) || !TryOffset(rest, out long offset))
                return false;
            ticks += clock - offset;
        }
        unixMilliseconds = (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        return true;
    }

    private static bool TryDate(ref ReadOnlySpan<byte> rest, out DateTime date)
    {
        date = default;
        if (!TryDigits(ref rest, 4, out int year))
            return false;
        bool extended = TrySkip(ref rest, (byte)'-');
        if (!TryDigits(ref rest, 2, out int month) || (extended && !TrySkip(ref rest, (byte)'-')) || !TryDigits(ref rest, 2, out int day))
            return false;
        if (year is 0 || month is 0 or > 12 || day is 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        return true;
    }

    private static bool TryClock(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (!TryDigits(ref rest, 2, out int hour))
            return false;
        int minute = 0,
            second = 0;
        if (TrySkip(ref rest, (byte)':') || StartsWithDigit(rest))
        {
            if (!TryDigits(ref rest, 2, out minute))
                return false;
            if ((TrySkip(ref rest, (byte)':') || StartsWithDigit(rest)) && !TryDigits(ref rest, 2, out second))
                return false;
        }
        // 24:00 ends a day and :60 is a leap second: both are moments that exist.
        if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && (minute > 0 || second > 0)))
            return false;
        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond);
        if (TrySkip(ref rest, (byte)'.') || TrySkip(ref rest, (byte)','))
        {
            if (!StartsWithDigit(rest))
                return false;
            for (long unit = TimeSpan.TicksPerSecond / 10; StartsWithDigit(rest); unit /= 10, rest = rest[1..])
                ticks += (rest[0] - '0') * unit;
        }
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        rest = rest.TrimStart((byte)' ');
        if (rest.IsEmpty || Ascii.EqualsIgnoreCase(rest, "Z"u8) || Ascii.EqualsIgnoreCase(rest, "UTC"u8))
            return true;
        if (rest[0] is not ((byte)'+' or (byte)'-'))
            return false;
        int sign = rest[0] == '+' ? 1 : -1;
        rest = rest[1..];
        int minute = 0;
        if (!TryDigits(ref rest, 2, out int hour))
            return false;
        if ((TrySkip(ref rest, (byte)':') || !rest.IsEmpty) && !TryDigits(ref rest, 2, out minute))
            return false;
        if (!rest.IsEmpty || hour > 18 || minute > 59)
            return false;
        ticks = sign * ((hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute));
        return true;
    }

    private static bool StartsWithDigit(ReadOnlySpan<byte> rest) => !rest.IsEmpty && char.IsAsciiDigit((char)rest[0]);

    private static bool TrySkip(ref ReadOnlySpan<byte> rest, byte expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
            return false;
        rest = rest[1..];
        return true;
    }

    private static bool TryDigits(ref ReadOnlySpan<byte> rest, int count, out int value)
    {
        value = 0;
        if (rest.Length < count)
            return false;
        foreach (byte digit in rest[..count])
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            value = (value * 10) + (digit - '0');
        }
        rest = rest[count..];
        return true;
    }
}
