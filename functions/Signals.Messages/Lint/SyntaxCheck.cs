using Signals.Messages.Rendering;
using Signals.Messages.Syntax;

namespace Signals.Messages.Lint;

/// <summary>Walks the tags of one section: are they closed, and does each name something that exists?</summary>
/// <param name="report">Told each fault and where it is.</param>
/// <param name="allowsParts">True in the layout.</param>
internal sealed class SyntaxCheck(Action<int, string> report, bool allowsParts = false)
{
    private readonly Stack<(string Helper, TemplateToken Tag, VariableScope Scope)> _open = new();

    /// <summary>Where blocks begin that had their last part, an <c>else</c> without a condition.</summary>
    private readonly HashSet<int> _ended = [];
    private VariableScope _scope = VariableScope.Root;

    public void Run(TemplateSection section)
    {
        foreach (var token in TemplateScanner.Scan(section.Text))
            Check(token with { Offset = token.Offset + section.Offset });
        foreach (var (helper, tag, _) in _open)
            report(tag.Offset, $"{tag.Text} is never closed: expected {{{{/{helper}}}}} after it.");
    }

    private void Check(TemplateToken token)
    {
        switch (token.Kind)
        {
            case TokenKind.Open:
                Open(token);
                break;
            case TokenKind.Close:
                Close(token);
                break;
            case TokenKind.Else:
                Else(token);
                break;
            case TokenKind.Value:
                Value(token);
                break;
            case TokenKind.Unescaped:
                report(token.Offset, $"{token.Text} would let a customer's words become HTML: write {{{{{token.Content}}}}}.");
                break;
            case TokenKind.Part when !allowsParts:
                report(token.Offset, $"{token.Text}: only the layout has parts.");
                break;
            case TokenKind.Broken:
                report(token.Offset, "A tag starts here and does not end: expected }}.");
                break;
            default:
                break;
        }
    }

    private void Open(TemplateToken token)
    {
        var words = Words(token.Content);
        string helper = words.Count > 0 ? words[0] : "";
        _open.Push((helper, token, _scope));
        if (!TemplateHelpers.Blocks.TryGetValue(helper, out int arguments))
        {
            report(token.Offset, $"There is no block helper '{helper}'; there are {string.Join(", ", TemplateHelpers.Blocks.Keys)}.");
            return;
        }
        if (words.Count - 1 != arguments)
        {
            report(token.Offset, $"'{helper}' takes {arguments} argument{(arguments == 1 ? "" : "s")}; found {words.Count - 1}.");
            return;
        }
        var types = words.Skip(1).Select(word => TypeOf(word, token.Offset)).ToList();
        if (helper == "each" && types[0] is { } list)
        {
            if (VariableScope.ItemOf(list) is { } item)
                _scope = new VariableScope(item, _scope);
            else
                report(token.Offset, $"'{words[1]}' is no list, so there is no 'each' of it.");
        }
        else if (helper == "with" && types[0] is { } type)
        {
            _scope = new VariableScope(type, _scope);
        }
    }

    private void Close(TemplateToken token)
    {
        if (!_open.TryPeek(out var open) || open.Helper != token.Content)
        {
            report(token.Offset, open.Helper is null ? $"{token.Text} closes nothing." : $"{token.Text} does not close {open.Tag.Text}.");
            return;
        }
        _scope = _open.Pop().Scope;
    }

    private void Else(TemplateToken token)
    {
        if (!_open.TryPeek(out var open))
        {
            report(token.Offset, $"{token.Text} stands outside any block.");
            return;
        }
        var words = Words(token.Content);
        if (_ended.Contains(open.Tag.Offset))
            report(token.Offset, $"{token.Text} comes after the {{{{else}}}} of {open.Tag.Text}, which is its last part.");
        if (words.Count <= 1)
            _ended.Add(open.Tag.Offset);
        // An empty list has no item to name.
        _scope = open.Scope;
        foreach (string word in words.Skip(1))
            TypeOf(word, token.Offset);
    }

    private void Value(TemplateToken token)
    {
        var words = Words(token.Content);
        if (words.Count == 1)
        {
            TypeOf(words[0], token.Offset);
            return;
        }
        if (!TemplateHelpers.Values.TryGetValue(words[0], out int arguments))
            report(token.Offset, $"There is no helper '{words[0]}'; there are {string.Join(", ", TemplateHelpers.Values.Keys)}.");
        else if (words.Count - 1 != arguments)
            report(token.Offset, $"'{words[0]}' takes {arguments} argument{(arguments == 1 ? "" : "s")}; found {words.Count - 1}.");
        foreach (string word in words.Skip(1))
            TypeOf(word, token.Offset);
    }

    private Type? TypeOf(string word, int offset)
    {
        if (word[0] is '"' or '\'' || word is "true" or "false" || double.TryParse(word, out _))
            return typeof(string);
        var type = _scope.Resolve(word);
        if (type is null)
            report(offset, $"There is no variable '{word}' here; there are {string.Join(", ", _scope.Names)}.");
        return type;
    }

    /// <summary>A tag's words; a quoted text is one.</summary>
    private static List<string> Words(string content)
    {
        var words = new List<string>();
        int at = 0;
        while (at < content.Length)
        {
            if (char.IsWhiteSpace(content[at]))
            {
                at++;
                continue;
            }
            int end = content[at] is '"' or '\''
                ? content.IndexOf(content[at], at + 1) is >= 0 and var quote
                    ? quote + 1
                    : content.Length
                : content.AsSpan(at).IndexOfAny(' ', '\t', '\n') is >= 0 and var space
                    ? at + space
                    : content.Length;
            words.Add(content[at..end]);
            at = end;
        }
        return words;
    }
}
