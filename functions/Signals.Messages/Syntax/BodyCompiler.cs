using System.Text;

namespace Signals.Messages.Syntax;

/// <summary>
/// Turns a body, written once, into Handlebars templates that say the same: HTML, plain text, and the blocks of a card. Blocks are
/// paragraphs between blank lines, <c># headings</c>, <c>- lists</c>, and a link alone on its line, which is the call to action. Inside a
/// block, <c>**bold**</c>, <c>[links](https://...)</c>, and a backslash at a line's end for a line break. A line that begins with <c>=</c>
/// holds the answers to a question, a link each: they stand in a row in HTML, and nowhere else. A line with nothing but steering tags may
/// stand anywhere.
/// </summary>
internal sealed class BodyCompiler(string locale)
{
    private readonly StringBuilder _html = new();
    private readonly StringBuilder _text = new();
    private readonly CardMarkup _card = new(locale);
    private readonly List<string> _paragraph = [];
    private bool _inList;
    private int _listDepth;

    public static CompiledBody Compile(string body, string locale)
    {
        var compiler = new BodyCompiler(locale);
        string[] lines = body.Split('\n');
        for (int i = 0; i < lines.Length; i++)
            compiler.Add(lines[i].Trim(), lines.AsSpan(i + 1));
        compiler.EndBlock();
        return new CompiledBody(compiler._html.ToString(), compiler._text.ToString(), compiler._card.ToString());
    }

    private void Add(string line, ReadOnlySpan<string> following)
    {
        if (line.Length == 0)
            EndBlock();
        else if (IsSteering(line, out var tags))
            Steer(tags, following);
        else if (line.StartsWith("- ", StringComparison.Ordinal))
            AddItem(line[2..]);
        else if (line.StartsWith(InlineText.AnswersMark, StringComparison.Ordinal))
            AddAnswers(line[InlineText.AnswersMark.Length..]);
        else if (line.StartsWith("# ", StringComparison.Ordinal))
            AddHeading(line[2..]);
        else if (_paragraph.Count == 0 && InlineText.CallToAction(line) is { } link)
            AddButton(link);
        else
            AddToParagraph(line);
    }

    private static bool IsSteering(string line, out IReadOnlyList<TemplateToken> tags)
    {
        tags = TemplateScanner.Scan(line);
        return tags.All(tag => tag.IsControl || (tag.Kind == TokenKind.Literal && string.IsNullOrWhiteSpace(tag.Text)));
    }

    private void Steer(IReadOnlyList<TemplateToken> tags, ReadOnlySpan<string> following)
    {
        EndParagraph();
        foreach (var tag in tags.Where(tag => tag.Kind is not (TokenKind.Literal or TokenKind.Comment)))
        {
            // A loop over items stands inside its list; any other tag that was open before the list ends it.
            if (
                !_inList
                && tag.Kind == TokenKind.Open
                && tag.Content.StartsWith("each ", StringComparison.Ordinal)
                && IsItemNext(following)
            )
                BeginList();
            if (_inList && _listDepth == 0 && tag.Kind is TokenKind.Close or TokenKind.Else)
                EndList();
            if (_inList)
                _listDepth +=
                    tag.Kind == TokenKind.Open ? 1
                    : tag.Kind == TokenKind.Close ? -1
                    : 0;
            _html.Append(tag.Text);
            _text.Append(tag.Text);
            _card.Steer(tag.Text);
        }
    }

    private static bool IsItemNext(ReadOnlySpan<string> following)
    {
        foreach (string line in following)
        {
            string trimmed = line.Trim();
            if (trimmed.Length == 0 || !IsSteering(trimmed, out _))
                return trimmed.StartsWith("- ", StringComparison.Ordinal);
        }
        return false;
    }

    private void AddItem(string item)
    {
        EndParagraph();
        if (!_inList)
            BeginList();
        _html.Append(HtmlPieces.Item(InlineText.Html(item, locale)));
        _text.Append("- ").Append(InlineText.Plain(item, locale)).Append('\n');
        _card.Item(item);
    }

    private void AddHeading(string heading)
    {
        EndBlock();
        _html.Append(HtmlPieces.Heading(InlineText.Html(heading, locale)));
        _text.Append('\n').Append(InlineText.Plain(heading, locale)).Append('\n');
        _card.Heading(heading);
    }

    private void AddAnswers(string answers)
    {
        EndBlock();
        _html.Append(HtmlPieces.Paragraph(InlineText.Html(answers, locale, HtmlPieces.Answer)));
    }

    private void AddButton(InlineLink link)
    {
        EndBlock();
        _html.Append(HtmlPieces.Button(InlineText.Html(link.Label, locale), InlineText.Attribute(link.Url)));
        _text.Append(InlineText.Plain(link.Label, locale)).Append('\n').Append(link.Url).Append("\n\n");
        _card.Step(link);
    }

    private void AddToParagraph(string line)
    {
        if (_inList)
            EndList();
        _paragraph.Add(line);
    }

    private void EndParagraph()
    {
        if (_paragraph.Count == 0)
            return;
        string joined = string.Join("\n", _paragraph);
        _html.Append(HtmlPieces.Paragraph(InlineText.Html(joined, locale)));
        _text.Append(InlineText.Plain(joined, locale)).Append("\n\n");
        _card.Paragraph(joined);
        _paragraph.Clear();
    }

    private void EndBlock()
    {
        EndParagraph();
        if (_inList && _listDepth == 0)
            EndList();
    }

    private void BeginList()
    {
        _inList = true;
        _listDepth = 0;
        _html.Append(HtmlPieces.ListStart);
    }

    private void EndList()
    {
        _inList = false;
        _html.Append(HtmlPieces.ListEnd);
        // Handlebars drops the line end after a tag that stands alone on its line, such as the one that ends a loop.
        _text.Append("\n\n");
    }
}

/// <summary>The templates of one body; a card's is read by <see cref="CardMarkup.Read"/> once it is filled in.</summary>
internal sealed record CompiledBody(string Html, string Text, string Card);
