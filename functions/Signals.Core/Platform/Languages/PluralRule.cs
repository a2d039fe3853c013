namespace Signals.Core.Platform.Languages;

/// <summary>
/// Which of its forms a language says with a whole number. A catalogue gives every counted text a form for each category.
/// </summary>
/// <param name="Categories">By CLDR's names; the last is <c>other</c>.</param>
/// <param name="Form">The category of a number, by its place in <paramref name="Categories"/>.</param>
/// <remarks>
/// Cardinal rules of CLDR for whole numbers, https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html; French has
/// a form for round millions there too ("un million de jours"), which digits do without.
/// </remarks>
internal sealed record PluralRule(IReadOnlyList<string> Categories, Func<long, int> Form)
{
    private static readonly PluralRule OneAlone = new(["one", "other"], static number => number is 1 or -1 ? 0 : 1);

    private static readonly PluralRule NoneAndOne = new(["one", "other"], static number => number is > -2 and < 2 ? 0 : 1);

    /// <summary>The rule of the texts in the code.</summary>
    public static PluralRule English => OneAlone;

    /// <exception cref="NotSupportedException">There is a catalogue in the language, and no rule.</exception>
    public static PluralRule Of(string language) =>
        language switch
        {
            "en" or "de" => OneAlone,
            "fr" => NoneAndOne,
            _ => throw new NotSupportedException($"No plural rule for '{language}': PluralRule.Of needs a line for each catalogue."),
        };
}
