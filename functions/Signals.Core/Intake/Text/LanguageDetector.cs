namespace Signals.Core.Intake.Text;

/// <summary>
/// Tells a text's language by its script, and among those in Latin letters by the small words that every sentence has and by accented
/// letters.
/// A sign that several languages share says less for each of them.
/// </summary>
internal sealed class LanguageDetector
{
    public const string Unknown = "und";

    /// <summary>Enough of a text to know its language by.</summary>
    private const int EnoughCharacters = 2000;

    private const double LetterWeight = 0.4;
    private const double MinScore = 0.3;

    private static readonly Lazy<LanguageDetector> LazyDefault = new(Load);

    private readonly List<string> _languages = [];
    private readonly Dictionary<string, List<int>> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<char, List<int>> _letters = [];

    public static LanguageDetector Default => LazyDefault.Value;

    /// <summary>ISO 639-1 code, or <see cref="Unknown"/> when nothing tells or two languages are as likely.</summary>
    public string Detect(string text)
    {
        if (text.Length > EnoughCharacters)
            text = text[..EnoughCharacters];
        if (Scripts.LanguageOf(text) is { } byScript)
            return byScript;
        var scores = new double[_languages.Count];
        foreach (var token in TextTokenizer.Read(text, elides: true).SelectMany(s => s.Tokens))
            Count(_words.GetValueOrDefault(token.Word), 1, scores);
        foreach (var letter in text)
            Count(_letters.GetValueOrDefault(char.ToLowerInvariant(letter)), LetterWeight, scores);
        return Best(scores);
    }

    private static void Count(List<int>? languages, double weight, double[] scores)
    {
        foreach (var language in languages ?? [])
            scores[language] += weight / languages!.Count;
    }

    private string Best(double[] scores)
    {
        var best = Array.IndexOf(scores, scores.Max());
        var rival = scores.Where((_, language) => language != best).Max();
        return scores[best] >= MinScore && scores[best] > rival ? _languages[best] : Unknown;
    }

    private static LanguageDetector Load()
    {
        using var reader = new StreamReader(WordListFile.Open("languages.txt"));
        var detector = new LanguageDetector();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                detector.Learn(line);
        }

        return detector;
    }

    /// <summary>
    /// A line is <c>language: signs parted by spaces</c>; a sign of one accented letter counts wherever it stands in a word.
    /// </summary>
    private void Learn(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var language = line[..colon];
        if (!_languages.Contains(language))
            _languages.Add(language);
        var index = _languages.IndexOf(language);
        foreach (var sign in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct())
        {
            if (sign.Length == 1 && !char.IsAscii(sign[0]))
                Add(_letters, sign[0], index);
            else
                Add(_words, sign, index);
        }
    }

    private static void Add<TKey>(Dictionary<TKey, List<int>> signs, TKey sign, int language)
        where TKey : notnull
    {
        if (!signs.TryGetValue(sign, out var languages))
            signs[sign] = languages = [];
        if (!languages.Contains(language))
            languages.Add(language);
    }
}
