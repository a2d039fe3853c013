using System.Globalization;
using System.Text.RegularExpressions;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>What a sentence said in its places, and how its places are written in a pattern.</summary>
/// <param name="matches">What was read of it, one part after the other.</param>
internal sealed class Said(params Match[] matches)
{
    /// <summary>A day with its year.</summary>
    public const string AnyDate = @"\d{1,2} \p{L}+ \d{4}";

    private const string AnyNumber = @"\d[\d,]*(?:\.\d+)?";

    private static readonly string[] DayFormats = ["d MMMM yyyy", "d MMMM"];

    public string this[string place] => matches.Select(match => match.Groups[place]).FirstOrDefault(group => group.Success)?.Value ?? "";

    public bool Has(string place) => matches.Any(match => match.Groups[place].Success);

    public static string Number(string place) => $"(?<{place}>{AnyNumber})";

    public static string Percent(string place) => $"(?<{place}>{AnyNumber})%";

    public static string Date(string place) => $"(?<{place}>{AnyDate})";

    public static string Quote(string place) => $"[“\"](?<{place}>.+?)[”\"]";

    /// <summary>"once" or "3 times".</summary>
    public static string Times(string place) => $"(?:(?<{place}once>once)|{Number(place)} times)";

    /// <summary>"in 30 days", "in the 30 days up to" one, or since when there were any.</summary>
    public static string Window(string place) =>
        $"(?:in (?:the )?{Number(place)} days(?: up to {Date(place + "to")})?|since {Date(place + "since")})";

    public double Amount(string place) =>
        double.Parse(this[place].Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    public int Count(string place) => Has(place + "once") ? 1 : (int)Amount(place);

    /// <summary>The day's number; of a day without a year, that of the year given.</summary>
    public int Day(string place, int year = 1)
    {
        var day = DateOnly.ParseExact(this[place], DayFormats, CultureInfo.InvariantCulture);
        return this[place].Any(char.IsDigit) && this[place].Count(letter => letter == ' ') == 2
            ? day.DayNumber
            : new DateOnly(year, day.Month, day.Day).DayNumber;
    }

    /// <summary>Whether a number was said as exactly as mails say numbers: whole from a hundred on, else to a tenth.</summary>
    public bool IsAmount(string place, double actual) => Math.Abs(Amount(place) - actual) <= (actual >= 99.95 ? 0.5 : 0.05) + 1e-6;

    public bool IsPercent(string place, double share) => Math.Abs(Amount(place) - (100 * share)) <= 0.5 + 1e-6;

    public bool IsCount(string place, int actual) => Count(place) == actual;

    public bool IsDay(string place, int? actual) => actual is { } known && Day(place, DateOnly.FromDayNumber(known).Year) == known;
}
