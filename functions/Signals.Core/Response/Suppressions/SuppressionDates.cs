using System.Globalization;
using System.Text.RegularExpressions;

namespace Signals.Core.Response.Suppressions;

/// <summary>
/// Reads when somebody opted out, as programs and spreadsheets write it. Whether 5/6/2026 is of May or of June only the file as a whole can
/// tell, by a day over the twelfth: it is shown all its times first, and what stays open is not guessed.
/// </summary>
internal sealed partial class SuppressionDates
{
    /// <summary>2000 to 2100: other numbers are no moment at which somebody opted out of mail.</summary>
    private const double LeastSeconds = 946_684_800;
    private const double MostSeconds = 4_102_444_800;

    private const int MaxChars = 100;

    private bool _dayFirst;
    private bool _monthFirst;

    /// <summary>Notes what one time of the file says of the order of days and months.</summary>
    public void Note(string text)
    {
        if (text.Length > MaxChars || NumbersOf(text) is not { } found || found.Groups["sign"].ValueSpan is ".")
            return;
        _dayFirst |= Part(found, "first") > 12;
        _monthFirst |= Part(found, "second") > 12;
    }

    /// <summary>The moment in UTC, or null and what is wrong with it.</summary>
    public DateTimeOffset? Read(string text, out string problem)
    {
        problem = "expected seconds since 1970 or a time such as \"2026-01-31T09:30:00Z\"";
        if (text.Length > MaxChars)
            return null;
        if (NumbersOf(text) is { } found)
            return OfNumbers(found, out problem);
        if (OfDigits(text) is { } known)
            return known;
        // What begins as those above and goes on otherwise would be read by the habits of one country.
        if (
            Year().IsMatch(text)
            && !BeginsNumbered().IsMatch(text)
            && DateTime.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.NoCurrentDateDefault,
                out var moment
            )
            && new DateTimeOffset(moment, TimeSpan.Zero).ToUnixTimeSeconds() is >= (long)LeastSeconds and <= (long)MostSeconds
        )
            return new DateTimeOffset(moment, TimeSpan.Zero);
        return null;
    }

    /// <summary>The parts of a time in numbers, with one sign between those of its day; null for any other text.</summary>
    private static Match? NumbersOf(string text) =>
        Numbered().Match(text) is { Success: true } found && found.Groups["sign"].ValueSpan.SequenceEqual(found.Groups["again"].ValueSpan)
            ? found
            : null;

    /// <summary>20260131, or seconds, milliseconds or microseconds since 1970.</summary>
    private static DateTimeOffset? OfDigits(string text)
    {
        if (
            text.Length == 8
            && DateTime.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 2000 and <= 2100
        )
            return new DateTimeOffset(day, TimeSpan.Zero);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return null;
        foreach (double scale in (ReadOnlySpan<double>)[1, 1e3, 1e6])
        {
            if (number / scale is >= LeastSeconds and <= MostSeconds)
                return DateTimeOffset.FromUnixTimeMilliseconds((long)(number / scale * 1000));
        }
        return null;
    }

    private DateTimeOffset? OfNumbers(Match found, out string problem)
    {
        problem = "";
        // Nobody writes the month first with dots.
        bool isDotted = found.Groups["sign"].ValueSpan is ".",
            dayFirst = isDotted || (_dayFirst && !_monthFirst);
        if (!isDotted && _dayFirst == _monthFirst)
        {
            problem = "expected days and months in an order that the file tells, such as \"2026-01-31\"";
            return null;
        }
        int day = Part(found, dayFirst ? "first" : "second"),
            month = Part(found, dayFirst ? "second" : "first"),
            hour = Part(found, "hour");
        if (found.Groups["half"].ValueSpan is { Length: > 0 } half)
            hour = hour % 12 + (half[0] is 'p' or 'P' ? 12 : 0);
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Groups["year"].ValueSpan}-{month:00}-{day:00} {hour:00}:{Part(found, "minute"):00}:{Part(found, "seconds"):00}"
        );
        if (DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return new DateTimeOffset(moment, TimeSpan.Zero);
        problem = "expected a day that there is";
        return null;
    }

    private static int Part(Match found, string name) =>
        found.Groups[name].ValueSpan is { Length: > 0 } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?<first>[0-9]{1,2})(?<sign>[/.-])(?<second>[0-9]{1,2})(?<again>[/.-])(?<year>[0-9]{4})"
            + @"([ T,]+(?<hour>[0-9]{1,2}):(?<minute>[0-9][0-9])(:(?<seconds>[0-9][0-9])(\.[0-9]+)?)? ?(?<half>[AaPp][Mm])?Z?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^[0-9]{1,2}[/.-][0-9]{1,2}[/.-]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex BeginsNumbered();

    [GeneratedRegex(
        @"(^|[^0-9])2[01][0-9]{2}($|[^0-9])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Year();
}
