using Signals.Core.Model;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>What a customer says, held against what the model names, by the words they share in any language.</summary>
public static class GoalWords
{
    private const int ShortestWord = 4;
    private const int ShortestStem = 5;
    private const int LongestEnding = 2;

    private static readonly char[] Separators =
    [
        ' ',
        '\u00a0',
        ',',
        '.',
        ';',
        ':',
        '-',
        '\'',
        '’',
        '/',
        '(',
        ')',
        '!',
        '?',
        '"',
        '“',
        '”',
        '«',
        '»',
    ];

    /// <summary>Words that say nothing of what is wanted.</summary>
    private static readonly IReadOnlyList<string> Empty =
    [
        "with",
        "from",
        "that",
        "this",
        "them",
        "they",
        "their",
        "there",
        "these",
        "those",
        "have",
        "will",
        "what",
        "when",
        "where",
        "which",
        "while",
        "your",
        "our",
        "more",
        "most",
        "much",
        "many",
        "every",
        "each",
        "into",
        "over",
        "than",
        "then",
        "some",
        "such",
        "about",
        "also",
        "once",
        "only",
        "want",
        "need",
        "make",
        "made",
        "take",
        "like",
        "better",
        "best",
        "team",
        "company",
        "business",
        "product",
        "people",
        "other",
        "single",
        "without",
        "before",
        "after",
        "avec",
        "dans",
        "pour",
        "plus",
        "leur",
        "leurs",
        "vous",
        "votre",
        "vos",
        "nous",
        "notre",
        "sans",
        "tous",
        "tout",
        "toute",
        "toutes",
        "cette",
        "celui",
        "celle",
        "être",
        "avoir",
        "faire",
        "mieux",
        "meilleur",
        "moins",
        "chaque",
        "seul",
        "seule",
        "comme",
        "aussi",
        "entre",
        "équipe",
        "entreprise",
        "produit",
        "veux",
        "voulons",
        "besoin",
    ];

    private static readonly HashSet<string> EmptyWords = Words(Empty);

    /// <summary>
    /// How many words of a feature's name and description say the same as a word of the goal: words of four letters and more, endings
    /// apart.
    /// </summary>
    public static int Shared(Feature feature, string? goal)
    {
        var wanted = Of([goal ?? ""]);
        return wanted.Count == 0
            ? 0
            : Of([.. feature.Name.All, .. feature.Description?.All ?? []]).Count(word => wanted.Any(other => IsSame(word, other)));
    }

    /// <summary>True when a text names something: all of the name's words of four letters and more are in it, endings apart.</summary>
    public static bool Names(string text, string name) => Words([name]) is { Count: > 0 } words && words.IsSubsetOf(Words([text]));

    private static HashSet<string> Of(IEnumerable<string> texts) => [.. Words(texts).Except(EmptyWords)];

    private static HashSet<string> Words(IEnumerable<string> texts) =>
        texts
            .SelectMany(text => text.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.Length >= ShortestWord)
            .Select(word => word.TrimEnd('s'))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>"report" and "reporting", "automate" and "automation": long words of one stem.</summary>
    private static bool IsSame(string a, string b)
    {
        int shared = a.AsSpan().CommonPrefixLength(b);
        return (shared == a.Length && shared == b.Length)
            || (shared >= ShortestStem && shared >= Math.Min(a.Length, b.Length) - LongestEnding);
    }
}
