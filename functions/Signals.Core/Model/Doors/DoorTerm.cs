using System.Text;
using System.Text.Json;

namespace Signals.Core.Model.Doors;

/// <summary>
/// A text made of a payload: a path (<c>$.id</c>), words (<c>invoice</c>), or words with paths in braces (<c>company:{$.objectId}</c>),
/// which is there only where all of them are.
/// </summary>
public sealed class DoorTerm
{
    private readonly IReadOnlyList<Part> _parts;

    private DoorTerm(string written, IReadOnlyList<Part> parts) => (Written, _parts) = (written, parts);

    /// <summary>As the model writes it.</summary>
    public string Written { get; }

    /// <summary>The path that it is; null for words.</summary>
    public DoorPath? Path => _parts is [{ Path: { } path }] ? path : null;

    public static bool TryParse(string text, out DoorTerm term, out string problem)
    {
        problem = "";
        var parts = new List<Part>();
        term = new DoorTerm(text, parts);
        if (text.StartsWith('$'))
            return Add(parts, text, out problem);
        for (int at = 0; at < text.Length; )
        {
            int open = text.IndexOf("{$", at, StringComparison.Ordinal);
            if (open != at)
                parts.Add(new Part(open < 0 ? text[at..] : text[at..open], null));
            if (open < 0)
                break;
            int close = ClosingOf(text, open);
            if (close < 0)
            {
                problem = $"a \"{{\" at character {open + 1} without its \"}}\"";
                return false;
            }
            if (!Add(parts, text[(open + 1)..close], out problem))
                return false;
            at = close + 1;
        }
        return true;
    }

    /// <summary>The text; null where something of it is missing.</summary>
    public string? Text(JsonElement payload)
    {
        if (_parts is [var only])
            return only.Text(payload);
        var made = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part.Text(payload) is not { } text)
                return null;
            made.Append(text);
        }
        return made.ToString();
    }

    public override string ToString() => Written;

    private static bool Add(List<Part> parts, string path, out string problem)
    {
        if (!DoorPath.TryParse(path, out var read, out problem))
            return false;
        parts.Add(new Part("", read));
        return true;
    }

    /// <summary>The brace that ends a path, quotes in it left aside.</summary>
    private static int ClosingOf(string text, int open)
    {
        char quote = '\0';
        for (int at = open; at < text.Length; at++)
        {
            if (quote != '\0')
                quote = text[at] == quote ? '\0' : quote;
            else if (text[at] is '\'' or '"')
                quote = text[at];
            else if (text[at] == '}')
                return at;
        }
        return -1;
    }

    private sealed record Part(string Words, DoorPath? Path)
    {
        public string? Text(JsonElement payload)
        {
            if (Path is null)
                return Words;
            foreach (var found in Path.All(payload))
            {
                if (DoorText.Of(found) is { } text)
                    return text;
            }
            return null;
        }
    }
}
