using System.Globalization;
using System.Text.RegularExpressions;

namespace Signals.Core.Tests.Diagnosis.FirstWeeks;

/// <summary>Reads sentences, English or French, for what they say of time.</summary>
internal static partial class TimeClaims
{
    private static readonly string[] Months =
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];

    /// <summary>The first time in a sentence that is longer than there was, or a day before the start; null where there is none.</summary>
    public static string? FalseIn(string text, DateTimeOffset start, DateTimeOffset now)
    {
        foreach (Match span in Spans.Matches(text))
        {
            double count = double.Parse(span.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
                hours = count * (span.Groups[2].Value[0] is 'd' or 'j' ? 24 : 1);
            if (hours > (now - start).TotalHours && !text.StartsWith("they decide", StringComparison.Ordinal))
                return span.Value;
        }
        foreach (Match date in Dates.Matches(text))
        {
            int month = Array.IndexOf(Months, date.Groups[3].Value) + 1;
            var day =
                month > 0
                    ? new DateOnly(int.Parse(date.Groups[4].ValueSpan, null), month, int.Parse(date.Groups[2].ValueSpan, null))
                    : DateOnly.ParseExact(date.Groups[1].ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (day < DateOnly.FromDateTime(start.UtcDateTime))
                return date.Value;
        }
        return null;
    }

    [GeneratedRegex(@"\b(\d+(?:\.\d+)?) (days?|jours?|hours?|heures?)\b")]
    private static partial Regex Spans { get; }

    [GeneratedRegex(@"(\d{4}-\d{2}-\d{2})|\b(\d{1,2})(?:er)? (\p{L}+) (\d{4})\b")]
    private static partial Regex Dates { get; }
}
