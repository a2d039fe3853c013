using System.Globalization;
using System.Text.RegularExpressions;

namespace Signals.Core.Tests.Diagnosis.FirstWeeks;

/// <summary>Reads sentences, English or French, for what they say of time.</summary>
internal static partial class TimeClaims
{
    private static readonly string[] Months =
    [
        .. "January February March April May June July August September October November December".Split(' '),
        .. "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".Split(' '),
    ];

    /// <summary>The first time in a sentence that is longer than there was, or a day before the start; null where there is none.</summary>
    public static string? FalseIn(string text, DateTimeOffset start, DateTimeOffset now)
    {
        foreach (Match span in Spans.Matches(text))
        {
            double count = double.Parse(span.Groups["count"].ValueSpan, CultureInfo.InvariantCulture),
                hours = count * (span.Groups["unit"].Value[0] is 'd' or 'j' ? 24 : 1);
            if (hours > (now - start).TotalHours)
                return span.Value;
        }
        foreach (Match date in Dates.Matches(text))
        {
            int month = Array.IndexOf(Months, date.Groups["month"].Value) % 12 + 1;
            var day = new DateOnly(int.Parse(date.Groups["year"].ValueSpan, null), month, int.Parse(date.Groups["day"].ValueSpan, null));
            if (day < DateOnly.FromDateTime(start.UtcDateTime))
                return date.Value;
        }
        return null;
    }

    [GeneratedRegex(@"\b(?<count>\d+(\.\d+)?) (?<unit>days?|jours?|hours?|heures?)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Spans { get; }

    [GeneratedRegex(@"\b(?<day>\d{1,2})(er)? (?<month>\p{L}+) (?<year>\d{4})\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dates { get; }
}
