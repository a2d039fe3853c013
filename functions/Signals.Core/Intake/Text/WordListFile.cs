using System.Globalization;

namespace Signals.Core.Intake.Text;

/// <summary>
/// Reads the word lists that are part of this assembly. A mistake in one names file, line, what was found and what is expected.
/// </summary>
internal sealed class WordListFile
{
    private const int MaxPhrases = 5000;

    private readonly string _name;
    private readonly WordLists _lists;
    private readonly Dictionary<string, IReadOnlyList<string[]>> _groups = new(StringComparer.Ordinal);
    private string _section = "";
    private int _line;

    private WordListFile(string language)
    {
        _name = $"Words/{language}.txt";
        _lists = new() { Elides = language == "fr" };
    }

    public static WordLists Read(string language)
    {
        using var stream = Open($"{language}.txt");
        using var reader = new StreamReader(stream);
        return Read(language, reader);
    }

    public static WordLists Read(string language, TextReader reader)
    {
        var file = new WordListFile(language);
        while (reader.ReadLine() is { } line)
            file.ReadLine(line.Trim());
        return file._lists;
    }

    /// <summary>A file of the folder <c>Words</c>.</summary>
    public static Stream Open(string name) =>
        typeof(WordListFile).Assembly.GetManifestResourceStream($"Words/{name}")
        ?? throw new InvalidOperationException($"Words/{name} is not embedded in {typeof(WordListFile).Assembly.GetName().Name}.");

    private void ReadLine(string line)
    {
        _line++;
        if (line.Length == 0 || line[0] == '#')
            return;
        if (line[0] == '[')
            _section = line.Trim('[', ']');
        else if (_section == "groups")
            ReadGroup(line);
        else
            ReadPhrases(line);
    }

    private void ReadGroup(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            throw Fault(line, "name: entry, entry");
        _groups.Add(line[..colon].Trim(), [.. Entries(line[(colon + 1)..]).SelectMany(Expand)]);
    }

    private void ReadPhrases(string line)
    {
        var (book, weighed) = BookOf(_section, line);
        var weight = 1.0;
        if (weighed)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !double.TryParse(line[..colon], NumberStyles.Float, CultureInfo.InvariantCulture, out weight))
                throw Fault(line, "weight: entry, entry");
            line = line[(colon + 1)..];
        }

        foreach (var phrase in Entries(line).SelectMany(Expand))
            book.Add(phrase, weight);
    }

    private (PhraseBook Book, bool Weighed) BookOf(string section, string line) =>
        section switch
        {
            "opinions" => (_lists.Opinions, true),
            "modifiers" => (_lists.Modifiers, true),
            "negations" => (_lists.Negations, false),
            "contrasts" => (_lists.Contrasts, false),
            "problems" => (_lists.Problems, true),
            "requests" => (_lists.Requests, true),
            "leaving" => (_lists.Leaving, true),
            "plain" => (_lists.Plain, false),
            _ => throw Fault(
                section.Length == 0 ? line : $"[{section}]",
                "a section: groups, opinions, modifiers, negations, contrasts, problems, requests, leaving, plain"
            ),
        };

    private static string[] Entries(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An entry as phrases: one for every choice of its groups' entries.</summary>
    private List<string[]> Expand(string entry)
    {
        List<string[]> phrases =
        [
            [],
        ];
        foreach (var part in entry.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var choices = Choices(part, entry);
            phrases = [.. phrases.SelectMany(_ => choices, (phrase, choice) => (string[])[.. phrase, .. choice])];
            if (phrases.Count > MaxPhrases)
                throw Fault(entry, $"at most {MaxPhrases} phrases from one entry");
        }

        return phrases;
    }

    private IReadOnlyList<string[]> Choices(string part, string entry)
    {
        if (part is PhraseBook.ShortGap or PhraseBook.LongGap)
            return
            [
                [part],
            ];
        if (part is ['<', .. var group, '>'])
            return _groups.TryGetValue(group, out var choices) ? choices : throw Fault(part, $"a group: {string.Join(", ", _groups.Keys)}");
        var stem = part[^1] == '*';
        string[] words =
        [
            .. TextTokenizer
                .Read(part.TrimEnd('*'), _lists.Elides)
                .SelectMany(s => s.Tokens)
                .Where(t => t.Kind == TokenKind.Word)
                .Select(t => t.Word),
        ];
        if (words.Length == 0 || (stem && words[^1].Length < PhraseBook.MinStemLength))
            throw Fault(entry, $"words, and stems of at least {PhraseBook.MinStemLength} letters");
        if (stem)
            words[^1] += "*";
        return [words];
    }

    private InvalidDataException Fault(string found, string expected) =>
        new($"{_name} line {_line}: found \"{found}\", expected {expected}.");
}
