namespace Signals.Backtesting.Inference;

/// <summary>What each kind of friction is called in mails, so that "Sorry about the ..." reads in the customer's language.</summary>
internal static class FrictionNames
{
    private static readonly Dictionary<string, (string English, string French, string German)> Known = new(StringComparer.Ordinal)
    {
        ["errors"] = ("errors", "erreurs", "Fehler"),
        ["failures"] = ("failed attempts", "échecs", "Fehlversuche"),
        ["empty-results"] = ("searches without a result", "recherches sans résultat", "Suchen ohne Ergebnis"),
        ["adverts"] = ("adverts", "publicités", "Werbung"),
        ["dislikes"] = ("dislikes", "contenus peu appréciés", "Unbeliebtes"),
        ["lost-contacts"] = ("lost contacts", "contacts perdus", "verlorene Kontakte"),
        ["waiting"] = ("long waits", "longues attentes", "lange Wartezeiten"),
        ["angry-clicks"] = ("clicks without effect", "clics sans effet", "Klicks ohne Wirkung"),
        ["missed"] = ("missed dates", "échéances manquées", "versäumte Termine"),
        ["limits"] = ("limits reached", "limites atteintes", "erreichte Grenzen"),
        ["rejected"] = ("rejections", "refus", "Ablehnungen"),
    };

    /// <summary>The name of a kind in a language.</summary>
    /// <param name="kind">A kind as <see cref="NamedRole.Kind"/> has it.</param>
    /// <param name="language">Two letters; English for those without a name of their own.</param>
    public static string Of(string kind, string language) =>
        Known[kind] switch
        {
            var names when language == "fr" => names.French,
            var names when language == "de" => names.German,
            var names => names.English,
        };
}
