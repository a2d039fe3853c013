using System.Runtime.InteropServices;

namespace Signals.Core.Intake.Text;

/// <summary>
/// Phrases, each with a weight, found at a place in a sentence. A phrase is words, stems (<c>crash*</c>) and gaps (<c>_</c> is at most one
/// word in between, <c>..</c> at most three). Looking up takes a time that depends on the longest phrase alone, not on the text.
/// </summary>
internal sealed class PhraseBook
{
    public const string ShortGap = "_";
    public const string LongGap = "..";
    public const int MinStemLength = 2;

    private readonly Node _root = new();

    /// <summary>Adds a phrase; one that is there already keeps its weight.</summary>
    public void Add(IReadOnlyList<string> elements, double weight)
    {
        var node = _root;
        foreach (var element in elements)
            node = node.Follow(element);
        node.Weight ??= weight;
    }

    /// <summary>The longest phrase that starts at a token, and its weight; null when there is none.</summary>
    public PhraseMatch? At(IReadOnlyList<Token> tokens, int start)
    {
        PhraseMatch? best = null;
        Search(_root, tokens, start, start, ref best);
        return best;
    }

    public bool Any => _root.Words is { Count: > 0 };

    /// <summary>Whether a word alone is an entry.</summary>
    public bool Holds(string word) => _root.Words?.TryGetValue(word, out var node) is true && node.Weight is not null;

    private static void Search(Node node, IReadOnlyList<Token> tokens, int start, int at, ref PhraseMatch? best)
    {
        if (node.Weight is { } weight && (best is null || at > best.Value.End))
            best = new(start, at, weight);
        // An entry without a gap is nearer to what is written, so it is looked for first.
        if (at < tokens.Count && tokens[at].Kind == TokenKind.Word && tokens[at].Word.Length > 0)
            SearchWord(node, tokens, start, at, ref best);
        if (node.Short is { } closely)
            SearchBeyond(closely, tokens, start, at, 1, ref best);
        if (node.Long is { } loosely)
            SearchBeyond(loosely, tokens, start, at, 3, ref best);
    }

    private static void SearchWord(Node node, IReadOnlyList<Token> tokens, int start, int at, ref PhraseMatch? best)
    {
        var word = tokens[at].Word;
        if (node.Words?.TryGetValue(word, out var next) is true)
            Search(next, tokens, start, at + 1, ref best);
        if (node.Stems is null)
            return;
        var stems = node.Stems.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = MinStemLength; length <= word.Length; length++)
        {
            if (stems.TryGetValue(word.AsSpan(0, length), out var stem))
                Search(stem, tokens, start, at + 1, ref best);
        }
    }

    private static void SearchBeyond(Node node, IReadOnlyList<Token> tokens, int start, int at, int most, ref PhraseMatch? best)
    {
        Search(node, tokens, start, at, ref best);
        for (var skipped = 0; skipped < most && at < tokens.Count && tokens[at].Kind == TokenKind.Word; skipped++)
            Search(node, tokens, start, ++at, ref best);
    }

    private sealed class Node
    {
        public double? Weight { get; set; }

        public Dictionary<string, Node>? Words { get; private set; }

        public Dictionary<string, Node>? Stems { get; private set; }

        public Node? Short { get; private set; }

        public Node? Long { get; private set; }

        public Node Follow(string element) =>
            element switch
            {
                ShortGap => Short ??= new(),
                LongGap => Long ??= new(),
                [.. var stem, '*'] => Child(Stems ??= [], stem),
                _ => Child(Words ??= [], element),
            };

        private static Node Child(Dictionary<string, Node> children, string key)
        {
            if (!children.TryGetValue(key, out var child))
                children[key] = child = new();
            return child;
        }
    }
}

/// <summary>A phrase found in tokens <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PhraseMatch(int Start, int End, double Weight);
