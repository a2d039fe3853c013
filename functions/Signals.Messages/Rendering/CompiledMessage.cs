using HandlebarsDotNet;
using Signals.Core.Response.Messages;
using Signals.Messages.Sources;
using Signals.Messages.Syntax;

namespace Signals.Messages.Rendering;

/// <summary>A message ready to be filled in, from any thread.</summary>
internal sealed class CompiledMessage
{
    private const int MaxSubject = 150;

    private readonly string _locale;
    private readonly HandlebarsTemplate<object, object> _subject;
    private readonly HandlebarsTemplate<object, object> _text;
    private readonly HandlebarsTemplate<object, object> _html;
    private readonly HandlebarsTemplate<object, object> _card;

    public CompiledMessage(TemplateSource source, TemplateFile file, TemplateEngine engine)
    {
        var parts = MessageParts.Compose(source, file);
        foreach (string part in (string[])[parts.Subject, parts.Text, parts.Html])
        {
            var unsafePart = TemplateScanner.Scan(part).FirstOrDefault(token => token.Kind is TokenKind.Unescaped or TokenKind.Part);
            if (unsafePart is { Text: { } tag })
                throw new TemplateException($"'{file.Path}' holds {tag}: values are always escaped, and only the layout has parts.");
        }
        try
        {
            _locale = file.Locale;
            _subject = engine.Plain(parts.Subject);
            _text = engine.Plain(parts.Text);
            _html = engine.Html(parts.Html);
            _card = engine.Plain(parts.Card);
        }
        catch (HandlebarsException fault)
        {
            throw new TemplateException($"'{file.Path}' is no Handlebars template: {fault.Message}", fault);
        }
    }

    public RenderedMessage Render(MessageVariables variables)
    {
        try
        {
            return new RenderedMessage(Subject(_subject(variables)), Tidy(_text(variables)), _html(variables), _locale);
        }
        catch (HandlebarsException fault)
        {
            throw new TemplateException($"A template in '{_locale}' could not be rendered: {fault.Message}", fault);
        }
    }

    public RenderedCard RenderCard(MessageVariables variables)
    {
        try
        {
            return CardMarkup.Read(_card(variables), Subject(_subject(variables)), _locale);
        }
        catch (HandlebarsException fault)
        {
            throw new TemplateException($"A template in '{_locale}' could not be rendered: {fault.Message}", fault);
        }
    }

    /// <summary>One line, without the gaps that empty values leave, and short enough for any inbox.</summary>
    private static string Subject(string subject)
    {
        string line = string.Join(' ', subject.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= MaxSubject)
            return line;
        int cut = char.IsLowSurrogate(line[MaxSubject - 1]) ? MaxSubject - 2 : MaxSubject - 1;
        return line[..cut].TrimEnd() + "…";
    }

    /// <summary>At most one empty line in a row, none at the ends, and one line feed at the last.</summary>
    private static string Tidy(string text)
    {
        var tidy = new System.Text.StringBuilder(text.Length);
        int empty = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).TrimEnd(' ');
            empty = line.IsEmpty ? empty + 1 : 0;
            if (empty <= 1 && (tidy.Length > 0 || !line.IsEmpty))
                tidy.Append(line).Append('\n');
        }
        while (tidy.Length > 1 && tidy[^2] == '\n')
            tidy.Length--;
        return tidy.ToString();
    }
}
