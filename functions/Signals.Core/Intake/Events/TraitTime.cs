using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Signals.Core.Intake.Events;

/// <summary>
/// A moment as traits and facts write it: ISO 8601, also with slashes or as databases and Go print it, <c>20261220</c>, seconds or
/// milliseconds since 1970, a date with its month in words, and day and month in either order where only one reading is a date.
/// </summary>
/// <param name="Moment">The moment, UTC; null for none.</param>
/// <param name="IsClear">
/// False when something stands there that cannot be read, or be read in two ways: nothing is guessed. Programs write 0, 1970, the year 1 or
/// the year 9999 where they have no date, so that whatever lies outside <see cref="Earliest"/> and <see cref="Latest"/> is clearly none.
/// </param>
public readonly partial record struct TraitTime(DateTimeOffset? Moment, bool IsClear)
{
    public static readonly DateTimeOffset Earliest = EventLimits.Earliest;
    public static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int MaxChars = 64;

    private static readonly TraitTime None = new(null, true);
    private static readonly TraitTime Unclear = new(null, false);

    public static TraitTime Read(string? text)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
            return None;
        if (text.Length > MaxChars)
            return Unclear;
        // MySQL's zero date, which is no date at all.
        if (text.StartsWith("0000-00-00", StringComparison.Ordinal))
            return None;
        if (text.Length == 8 && TryIso(text, out var day) && day >= Earliest && day < Latest)
            return new TraitTime(day, true);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return EventTime.TryFromUnix(number, out long moment) ? Within(DateTimeOffset.FromUnixTimeMilliseconds(moment)) : Unclear;
        if (NumericDate().Match(text) is { Success: true } date)
            return ReadNumeric(date, text[(date.Groups["third"].Index + date.Groups["third"].Length)..]);
        if (TryIso(ZoneAbbreviation().Replace(text, "${offset}"), out var iso))
            return Within(iso);
        return
            MonthInWords().IsMatch(text)
            && DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var worded
            )
            ? Within(worded)
            : Unclear;
    }

    /// <summary>Three numbers: the year first or last, day and month where both orders do not make a date.</summary>
    private static TraitTime ReadNumeric(Match date, string clock)
    {
        int first = Number("first"),
            second = Number("second"),
            third = Number("third");
        var readings =
            date.Groups["first"].Length == 4
                ? [(Year: first, Month: second, Day: third)]
                : new[] { (Year: third, Month: second, Day: first), (Year: third, Month: first, Day: second) }
                    .Where(reading => reading.Month is >= 1 and <= 12)
                    .Distinct()
                    .ToArray();
        return
            readings is [var only]
            && TryIso(ZoneAbbreviation().Replace($"{only.Year:0000}-{only.Month:00}-{only.Day:00}{clock}", "${offset}"), out var moment)
            ? Within(moment)
            : Unclear;

        int Number(string group) => int.Parse(date.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static TraitTime Within(DateTimeOffset moment) => moment >= Earliest && moment < Latest ? new TraitTime(moment, true) : None;

    private static bool TryIso(string text, out DateTimeOffset moment)
    {
        bool isMoment = EventTime.TryParse(Encoding.UTF8.GetBytes(text), out long milliseconds);
        moment = isMoment ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        return isMoment;
    }

    [GeneratedRegex(
        @"\A(?<first>\d{4})[/.](?<second>\d{1,2})[/.](?<third>\d{1,2})(\D|\z)"
            + @"|\A(?<first>\d{1,2})[/.-](?<second>\d{1,2})[/.-](?<third>\d{4})(\D|\z)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex NumericDate();

    /// <summary>After an offset, Go and Ruby name the zone again; Go may add its own clock.</summary>
    [GeneratedRegex(
        @"(?<offset>[+-]\d\d:?\d\d) [A-Z]{1,5}( m=\S+)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex ZoneAbbreviation();

    [GeneratedRegex(@"[A-Za-z]{3}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex MonthInWords();
}
