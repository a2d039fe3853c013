using System.Globalization;

namespace Signals.Core.Platform.Languages;

/// <summary>How numbers, days and quotations read in either language.</summary>
public static class Format
{
    private static readonly NumberFormatInfo English = NumberFormatInfo.InvariantInfo;

    private static readonly NumberFormatInfo French = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "\u202f" };

    private static readonly string[] FrenchMonths =
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

    /// <summary>As exact as somebody reads it: whole from a hundred on, else to a tenth.</summary>
    public static Phrase Amount(double amount) => Number(amount, Math.Abs(amount) >= 100 ? "#,##0" : "0.#");

    /// <summary>To the cent, unless it is whole.</summary>
    public static Phrase Money(double amount) => Number(amount, Math.Abs(amount - Math.Round(amount)) < 0.005 ? "#,##0" : "#,##0.00");

    /// <summary>To a thousandth.</summary>
    public static Phrase Exact(double amount) => Number(amount, "#,##0.###");

    /// <summary>"1 try", "3 tries"; "0 essai", "3 essais": in French it takes two to be many.</summary>
    public static Phrase Count(long count, string one, string many, string un, string plusieurs) =>
        new(
            $"{count.ToString("#,##0", English)} {(count == 1 ? one : many)}",
            $"{count.ToString("#,##0", French)} {(Math.Abs(count) < 2 ? un : plusieurs)}"
        );

    public static Phrase DayCount(long days) => Count(days, "day", "days", "jour", "jours");

    public static Phrase People(long people) => Count(people, "person", "people", "personne", "personnes");

    /// <summary>"once", "3 times".</summary>
    public static Phrase Times(long count) => count == 1 ? new Phrase("once", "une fois") : Count(count, "time", "times", "fois", "fois");

    public static Phrase Percent(double share) =>
        new($"{(share * 100).ToString("0", English)}%", $"{(share * 100).ToString("0", French)}\u202f%");

    /// <summary>"2026-03-12"; "12 mars 2026".</summary>
    public static Phrase Day(DateOnly day) =>
        new(
            day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            $"{(day.Day == 1 ? "1er" : day.Day.ToString(French))} {FrenchMonths[day.Month - 1]} {day.Year.ToString(French)}"
        );

    /// <summary>What somebody wrote, or a name, in the quotes of either language.</summary>
    public static Phrase Quoted(string text) => new($"\"{text}\"", $"«\u00a0{text}\u00a0»");

    public static Phrase Quoted(LocalText text) => new(Quoted(text.In("en")).En, Quoted(text.In("fr")).Fr);

    /// <summary>What the model calls some things, one after the other.</summary>
    public static Phrase List(IEnumerable<LocalText> names) =>
        new(string.Join(", ", names.Select(name => name.In("en"))), string.Join(", ", names.Select(name => name.In("fr"))));

    /// <summary>What somebody wrote, as it follows what is said of it; empty when they wrote nothing.</summary>
    public static Phrase AfterColon(string? text) =>
        string.IsNullOrWhiteSpace(text) ? Phrase.Empty : Phrase.Of($": {Quoted(text)}", $" : {Quoted(text)}");

    private static Phrase Number(double amount, string format) => new(amount.ToString(format, English), amount.ToString(format, French));
}
