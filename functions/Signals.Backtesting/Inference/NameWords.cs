using System.Text;

namespace Signals.Backtesting.Inference;

/// <summary>
/// An event's or property's name as words: <c>Add to Playlist</c>, <c>addToPlaylist</c> and <c>add_to_playlist</c> are one.
/// </summary>
public sealed class NameWords
{
    /// <summary>Verbs that say that something was done; what stands beside them is what it was done to.</summary>
    private static readonly string[] Verbs =
    [
        "add",
        "answer",
        "approv",
        "archiv",
        "assign",
        "attempt",
        "begin",
        "book",
        "cancel",
        "captur",
        "chang",
        "click",
        "clos",
        "comment",
        "complet",
        "confirm",
        "connect",
        "creat",
        "declin",
        "delet",
        "deliver",
        "deploy",
        "disconnect",
        "download",
        "edit",
        "enabl",
        "end",
        "error",
        "export",
        "fail",
        "finish",
        "generat",
        "handl",
        "held",
        "hold",
        "import",
        "install",
        "integrat",
        "invit",
        "join",
        "launch",
        "leav",
        "listen",
        "log",
        "mad",
        "mak",
        "merg",
        "miss",
        "open",
        "order",
        "paid",
        "pay",
        "perform",
        "play",
        "post",
        "publish",
        "purchas",
        "read",
        "receiv",
        "record",
        "reject",
        "remov",
        "renam",
        "renew",
        "repl",
        "request",
        "resolv",
        "run",
        "sav",
        "schedul",
        "search",
        "see",
        "sell",
        "send",
        "sent",
        "set",
        "shar",
        "show",
        "sign",
        "sold",
        "solv",
        "start",
        "stop",
        "submit",
        "succeed",
        "synced",
        "tak",
        "taught",
        "teach",
        "track",
        "updat",
        "upgrad",
        "upload",
        "us",
        "verif",
        "view",
        "visit",
        "vot",
        "watch",
        "withdraw",
        "writ",
    ];

    private static readonly string[] Endings =
    [
        "",
        "s",
        "d",
        "e",
        "en",
        "es",
        "ed",
        "ing",
        "n",
        "y",
        "ied",
        "ies",
        "led",
        "ted",
        "ped",
        "ten",
        "ning",
        "ting",
    ];

    /// <summary>What belongs to the verb before it: set up, checked out.</summary>
    private static readonly string[] Particles = ["up", "out", "off"];

    private static readonly string[] Fillers =
    [
        "a",
        "an",
        "the",
        "to",
        "of",
        "in",
        "on",
        "for",
        "with",
        "first",
        "new",
        "my",
        "by",
        "from",
        "and",
    ];

    private readonly string[] _words;

    public NameWords(string name) => _words = [.. Split(name)];

    /// <summary>In lower case, in their order.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>True when any word begins with any of these stems; a stem that ends with a dot is a whole word.</summary>
    public bool Has(params string[] stems) => Array.Exists(_words, word => Array.Exists(stems, stem => Begins(word, stem)));

    /// <summary>True when the words, put together, hold any of these.</summary>
    public bool Holds(params string[] parts) => Array.Exists(parts, string.Concat(_words).Contains);

    /// <summary>What it is about, without what was done to it; all words where nothing else is left.</summary>
    public IReadOnlyList<string> Object
    {
        get
        {
            string[] left = [.. _words.Where((word, at) => !IsDone(word, at) && !Fillers.Contains(word, StringComparer.Ordinal))];
            return left.Length > 0 ? left : _words;
        }
    }

    /// <summary>True when two names speak of one thing: they share a word, whatever its form, that is more than a filler.</summary>
    public bool SharesThingWith(NameWords other) =>
        _words
            .Where(word => word.Length >= 4)
            .Select(Stem)
            .Intersect(other._words.Where(word => word.Length >= 4).Select(Stem), StringComparer.Ordinal)
            .Any();

    /// <summary>An id of the model: letters, digits and dashes.</summary>
    public string Id => Slug(Object);

    /// <summary>A name to show.</summary>
    public string Title => string.Join(' ', Object) is { Length: > 0 } text ? char.ToUpperInvariant(text[0]) + text[1..] : "";

    /// <summary>Words as an id of the model: letters, digits and dashes.</summary>
    public static string Slug(IEnumerable<string> words)
    {
        string slug = string.Join(
            '-',
            words.Select(word => string.Concat(word.Where(char.IsAsciiLetterOrDigit))).Where(word => word.Length > 0)
        );
        return slug.Length == 0 ? "it"
            : slug.Length > 40 ? slug[..40].TrimEnd('-')
            : slug;
    }

    /// <summary>True for what was done; a booking that was taken and a meeting that was held are things.</summary>
    private bool IsDone(string word, int at) =>
        IsVerb(word)
            ? !(at < _words.Length - 1 && word.EndsWith("ing", StringComparison.Ordinal) && Array.Exists(_words[(at + 1)..], IsVerb))
            : at > 0 && Particles.Contains(word, StringComparer.Ordinal) && IsVerb(_words[at - 1]);

    private static bool IsVerb(string word) =>
        Array.Exists(
            Verbs,
            verb => word.StartsWith(verb, StringComparison.Ordinal) && Endings.Contains(word[verb.Length..], StringComparer.Ordinal)
        );

    private static bool Begins(string word, string stem) =>
        stem.EndsWith('.') ? word.AsSpan().SequenceEqual(stem.AsSpan()[..^1]) : word.StartsWith(stem, StringComparison.Ordinal);

    private static string Stem(string word) => word.Length > 5 ? word[..5] : word.TrimEnd('s');

    private static IEnumerable<string> Split(string name)
    {
        var word = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool begins =
                char.IsUpper(c)
                && i > 0
                && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsUpper(name[i - 1]) && char.IsLower(name[i + 1])));
            if ((begins || !char.IsLetterOrDigit(c)) && word.Length > 0)
            {
                yield return word.ToString().ToLowerInvariant();
                word.Clear();
            }
            if (char.IsLetterOrDigit(c))
                word.Append(c);
        }
        if (word.Length > 0)
            yield return word.ToString().ToLowerInvariant();
    }
}
