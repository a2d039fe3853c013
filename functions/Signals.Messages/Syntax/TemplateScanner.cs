namespace Signals.Messages.Syntax;

/// <summary>
/// Cuts a Handlebars template into text and tags. It never fails: what is broken comes out as <see cref="TokenKind.Broken"/>.
/// </summary>
internal static class TemplateScanner
{
    public static IReadOnlyList<TemplateToken> Scan(string template)
    {
        var tokens = new List<TemplateToken>();
        int at = 0;
        while (at < template.Length)
        {
            int open = template.IndexOf("{{", at, StringComparison.Ordinal);
            if (open < 0)
                open = template.Length;
            if (open > at)
                tokens.Add(new TemplateToken(TokenKind.Literal, template[at..open], "", at));
            if (open == template.Length)
                break;
            var tag = Tag(template, open);
            tokens.Add(tag);
            at = open + tag.Text.Length;
        }
        return tokens;
    }

    private static TemplateToken Tag(string template, int open)
    {
        bool triple = template.AsSpan(open).StartsWith("{{{");
        bool longComment = template.AsSpan(open).StartsWith("{{!--") || template.AsSpan(open).StartsWith("{{~!--");
        string end =
            triple ? "}}}"
            : longComment ? "--}}"
            : "}}";
        int close = template.IndexOf(end, open + 2, StringComparison.Ordinal);
        if (close < 0 && longComment)
            close = template.IndexOf(end = "--~}}", open + 2, StringComparison.Ordinal);
        if (close < 0)
            return new TemplateToken(TokenKind.Broken, template[open..], "", open);
        string text = template[open..(close + end.Length)];
        string inside = text[2..^2].Trim('~').Trim();
        if (triple)
            return new TemplateToken(TokenKind.Unescaped, text, inside.Trim('{', '}').Trim(), open);
        var (kind, content) = Kind(inside);
        return new TemplateToken(kind, text, content, open);
    }

    private static (TokenKind Kind, string Content) Kind(string inside) =>
        inside switch
        {
            "" => (TokenKind.Broken, ""),
            "else" or "^" => (TokenKind.Else, ""),
            _ when inside.StartsWith("else ", StringComparison.Ordinal) => (TokenKind.Else, inside["else ".Length..].Trim()),
            ['!', ..] => (TokenKind.Comment, ""),
            ['#', ..] => (TokenKind.Open, inside[1..].Trim()),
            ['/', ..] => (TokenKind.Close, inside[1..].Trim()),
            ['&', ..] => (TokenKind.Unescaped, inside[1..].Trim()),
            ['>', ..] => (TokenKind.Part, inside[1..].Trim()),
            _ => (TokenKind.Value, inside),
        };
}
