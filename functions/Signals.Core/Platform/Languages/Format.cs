using System.Globalization;

namespace Signals.Core.Platform.Languages;

/// <summary>How numbers, days and quotations read in every language.</summary>
public static class Format
{
    private const string ExactFormat = "#,##0.###";

    /// <summary>As exact as somebody reads it: whole from a hundred on, else to a tenth.</summary>
    public static Phrase Amount(double amount) => Of(amount, Math.Abs(amount) >= 100 ? "0" : "0.#", static shown => shown);

    /// <summary>To the cent, unless it is whole.</summary>
    public static Phrase Money(double amount) => Of(amount, "0.00", static shown => new Money(shown));

    /// <summary>To a thousandth.</summary>
    public static Phrase Exact(double amount) => Of(amount, "0.###", static shown => shown);

    /// <summary>"1 try", "3 tries".</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">What is said of one, with <c>{0}</c> for the number: "{0} try".</param>
    /// <param name="many">What is said of any other number, with the same hole.</param>
    public static Phrase Count(long count, [English] string one, [English] string many) =>
        Phrase.Counted(count, one, many, [(double)count]);

    public static Phrase DayCount(long days) => Count(days, "{0} day", "{0} days");

    public static Phrase People(long people) => Count(people, "{0} person", "{0} people");

    /// <summary>"once", "3 times".</summary>
    public static Phrase Times(long count) => count == 1 ? Phrase.Of("once") : Count(count, "{0} time", "{0} times");

    public static Phrase Percent(double share) => Of(share * 100, "0", static shown => new Share(shown));

    /// <summary>"12 March 2026"; "12 mars 2026".</summary>
    public static Phrase Day(DateOnly day) => Phrase.Of($"{day}");

    /// <summary>What somebody wrote, or a name, in the quotes of each language.</summary>
    public static Phrase Quoted(string text) => Phrase.Of($"\"{text}\"");

    public static Phrase Quoted(LocalText text) => Phrase.Of($"\"{text}\"");

    /// <summary>What the model calls some things, one after the other.</summary>
    public static Phrase List(IEnumerable<LocalText> names)
    {
        object[] arguments = [.. names.Select(name => name.ToArgument())];
        return Phrase.Of(string.Join(", ", arguments.Select((_, hole) => $"{{{hole}}}")), arguments);
    }

    /// <summary>What is said of what somebody wrote, and what they wrote, where they wrote anything.</summary>
    public static Phrase WithWords(Phrase said, string? text) =>
        string.IsNullOrWhiteSpace(text) ? said : Phrase.Of($"{said}: {Quoted(text)}");

    /// <summary>What is in a hole, as a language writes it.</summary>
    internal static string Written(object argument, Language language) =>
        argument switch
        {
            string text => text,
            double number => language.Number(number, ExactFormat),
            Money money => language.Number(money.Amount, money.IsWhole ? "#,##0" : "#,##0.00"),
            Share share => language.Percent(language.Number(share.Percent, "0")),
            DateOnly day => language.DayInText(day),
            LocalText text => text.In(language.Code),
            Phrase phrase => phrase.In(language),
            _ => throw new ArgumentException($"Nobody knows how to write a {argument.GetType().Name}.", nameof(argument)),
        };

    /// <summary>Rounded once, as it is first said, so that it is stored as short as it is read.</summary>
    private static Phrase Of(double number, string format, Func<double, object> kind)
    {
        string shown = number.ToString(format, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? Phrase.Of("{0}", [kind(double.Parse(shown, CultureInfo.InvariantCulture))]) : Phrase.Same(shown);
    }
}

/// <summary>An amount of money, to the cent.</summary>
internal readonly record struct Money(double Amount)
{
    public bool IsWhole => Math.Abs(Amount - Math.Round(Amount)) < 0.005;
}

/// <summary>A share of a hundred, in whole percent.</summary>
internal readonly record struct Share(double Percent);
