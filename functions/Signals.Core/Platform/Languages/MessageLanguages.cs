namespace Signals.Core.Platform.Languages;

/// <summary>
/// The languages that every customer message is written in (<c>Catalogues</c>); a locale such as "fr-CA" speaks its language's messages.
/// </summary>
public static class MessageLanguages
{
    public static IReadOnlyList<string> All => Language.Codes;

    /// <summary>Those of them that the team's pages and mails are written in too.</summary>
    public static IReadOnlyList<string> OfTeam { get; } = [.. All.Where(language => Language.Of(language).IsForTeam)];

    /// <summary>The language of a locale: "fr" for "fr-CA".</summary>
    public static string Of(string locale) => locale.Split(['-', '_'], 2)[0].ToLowerInvariant();

    /// <summary>
    /// The language that people of a locale are written in: theirs where the product speaks it, else the product's first.
    /// </summary>
    public static string For(string locale, IReadOnlyList<string> spoken)
    {
        string language = Of(locale);
        return spoken.Select(Of).FirstOrDefault(own => own == language) ?? Of(spoken[0]);
    }
}
