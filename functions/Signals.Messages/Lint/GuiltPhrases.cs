using System.Text.RegularExpressions;

namespace Signals.Messages.Lint;

/// <summary>
/// Words that make a message about the sender's loss or the reader's absence. All languages are searched in every template.
/// </summary>
internal static partial class GuiltPhrases
{
    private static readonly string[] Phrases =
    [
        // English
        "we miss you",
        "we've missed you",
        "we have missed you",
        "we missed you",
        "miss you",
        "missing you",
        "come back",
        "please return",
        "win you back",
        "welcome back",
        "you haven't logged in",
        "you have not logged in",
        "you haven't signed in",
        "haven't seen you",
        "have not seen you",
        "long time no see",
        "it's been a while",
        "it has been a while",
        "where have you been",
        "where did you go",
        "don't go",
        "don't leave",
        "sorry to see you go",
        "sad to see you go",
        "was it something we said",
        "you forgot",
        "did you forget",
        "have you forgotten",
        "you've been away",
        "you have been away",
        "last chance",
        "want you back",
        "have you back",
        "you haven't used",
        "you have not used",
        "you haven't been",
        "you haven't visited",
        "you stopped using",
        "lost without you",
        "too long since",
        "before it's too late",
        "you're missing out",
        "you are missing out",
        "don't miss out",
        // French
        "vous nous manquez",
        "vous nous avez manqué",
        "tu nous manques",
        "tu nous as manqué",
        "revenez",
        "reviens",
        "votre retour",
        "ton retour",
        "vous ne vous êtes pas connecté",
        "tu ne t'es pas connecté",
        "cela fait longtemps",
        "ça fait longtemps",
        "ne partez pas",
        "ne pars pas",
        "triste de vous voir partir",
        "tristes de vous voir partir",
        "désolés de vous voir partir",
        "vous avez oublié",
        "avez-vous oublié",
        "tu as oublié",
        "dernière chance",
        "où étiez-vous",
        "on ne vous voit plus",
        "vous allez nous manquer",
        "tu vas nous manquer",
        "vous n'êtes pas revenu",
        "tu n'es pas revenu",
        "vous n'avez pas utilisé",
        "vous n'avez plus utilisé",
        "tu n'as pas utilisé",
        "cela fait un moment",
        "ça fait un moment",
        "ne nous quittez pas",
        "ne nous oubliez pas",
        "ne nous oublie pas",
        "avant qu'il ne soit trop tard",
        // German
        "wir vermissen dich",
        "wir vermissen sie",
        "du fehlst uns",
        "sie fehlen uns",
        "komm zurück",
        "kommen sie zurück",
        "kommen sie wieder",
        "lange nicht gesehen",
        "du hast dich nicht angemeldet",
        "sie haben sich nicht angemeldet",
        "sie haben sich lange nicht",
        "du hast dich lange nicht",
        "geh nicht",
        "gehen sie nicht",
        "haben sie uns vergessen",
        "hast du uns vergessen",
        "letzte chance",
        "schade, dass du gehst",
        "schade, dass sie gehen",
        "es ist eine weile her",
        "dich vermisst",
        "sie vermisst",
        "du hast uns gefehlt",
        "sie haben uns gefehlt",
        "du warst lange nicht",
        "sie waren lange nicht",
        "wir wollen dich zurück",
        "wir wollen sie zurück",
        "vergiss uns nicht",
        "vergessen sie uns nicht",
        "verlass uns nicht",
        "verlassen sie uns nicht",
        "bevor es zu spät ist",
        // Spanish
        "te echamos de menos",
        "le echamos de menos",
        "os echamos de menos",
        "te extrañamos",
        "le extrañamos",
        "vuelve con nosotros",
        "vuelva con nosotros",
        "vuelve pronto",
        "regresa",
        "no has iniciado sesión",
        "no ha iniciado sesión",
        "hace tiempo que no",
        "cuánto tiempo sin",
        "no te vayas",
        "no se vaya",
        "¿te has olvidado",
        "¿nos has olvidado",
        "última oportunidad",
        "echado de menos",
        "nos haces falta",
        "no has usado",
        "no ha usado",
        "hace mucho que no",
        "no nos dejes",
        "no nos olvides",
        "antes de que sea tarde",
        "antes de que sea demasiado tarde",
        "queremos que vuelvas",
        "queremos que vuelva",
        "lamentamos que te vayas",
        "sentimos que te vayas",
    ];

    private static readonly Regex Any = new(
        $"(?<![\\p{{L}}\\d])({string.Join('|', Phrases.Select(Loose))})(?![\\p{{L}}\\d])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>Each phrase found, as it was written, and where.</summary>
    public static IEnumerable<(string Phrase, int Offset)> In(string text)
    {
        foreach (Match match in Any.Matches(text))
            yield return (Between().Replace(match.Value, " "), match.Index);
    }

    /// <summary>However it is wrapped, spaced, stressed or quoted.</summary>
    private static string Loose(string phrase) =>
        Regex
            .Escape(phrase)
            .Replace("\\ ", "[\\s\u00a0\u202f\u00ad\u200b*_]+", StringComparison.Ordinal)
            .Replace("'", "['’ʼ]", StringComparison.Ordinal);

    [GeneratedRegex("[\\s\u00a0\u202f\u00ad\u200b*_]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Between();
}
