namespace Signals.Core.Intake.Text;

/// <summary>
/// What a text is about: runs of up to three words that are neither plain words nor judgements, the longer and the more often the more
/// telling (after Rose et al., "Automatic keyword extraction from individual documents", 2010).
/// </summary>
internal sealed class KeyPhrases(WordLists lists)
{
    private const int MaxPhrases = 10;
    private const int MaxWords = 3;
    private const int MinLetters = 3;

    public IReadOnlyList<string> Of(string text, IEnumerable<Sentence> sentences)
    {
        var counts = new Dictionary<string, (string Shown, int Words, int Count)>(StringComparer.Ordinal);
        foreach (var (key, shown, words) in sentences.SelectMany(s => Runs(text, s)))
            counts[key] = counts.TryGetValue(key, out var known) ? known with { Count = known.Count + 1 } : (shown, words, 1);
        return [.. counts.Values.OrderByDescending(p => p.Words * p.Count).Take(MaxPhrases).Select(p => p.Shown)];
    }

    private IEnumerable<(string Key, string Shown, int Words)> Runs(string text, Sentence sentence)
    {
        var tokens = sentence.Tokens;
        for (var start = 0; start < tokens.Count; start++)
        {
            var end = start;
            while (end < tokens.Count && end - start < MaxWords && IsTopic(tokens, end))
                end++;
            if (end == start)
                continue;
            yield return (
                string.Join(' ', Enumerable.Range(start, end - start).Select(at => tokens[at].Word)),
                text[tokens[start].Start..tokens[end - 1].End].ToLowerInvariant(),
                end - start
            );
            start = end - 1;
        }
    }

    /// <summary>Whether a word can be what a text is about.</summary>
    public bool IsTopic(IReadOnlyList<Token> tokens, int at)
    {
        var token = tokens[at];
        return token.Kind == TokenKind.Word
            && token.Word.Length >= MinLetters
            && !char.IsDigit(token.Word[0])
            && !lists.Plain.Holds(token.Word)
            && lists.Opinions.At(tokens, at) is null
            && lists.Modifiers.At(tokens, at) is null;
    }
}
