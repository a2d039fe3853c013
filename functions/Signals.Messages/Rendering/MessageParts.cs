using Signals.Core.Response.Messages;
using Signals.Messages.Sources;
using Signals.Messages.Syntax;

namespace Signals.Messages.Rendering;

/// <summary>
/// The Handlebars templates of a whole message: layout, body and footer put together, not yet compiled; a card has no footer.
/// </summary>
internal sealed record MessageParts(string Subject, string Text, string Html, string Card)
{
    /// <summary>What every layout holds somewhere.</summary>
    public static readonly IReadOnlyList<string> LayoutParts =
    [
        "{{> lang}}",
        "{{> subject}}",
        "{{> preheader}}",
        "{{> body}}",
        "{{> footer}}",
    ];

    private const string TextRule = "--\n";

    public static MessageParts Compose(TemplateSource source, TemplateFile file)
    {
        string locale = file.Locale;
        var document = TemplateDocument.Parse(file);
        var body = BodyCompiler.Compile(document.Body.Text, locale);
        var footer = BodyCompiler.Compile(FooterOf(source, file).Content, locale);
        string html = source
            .Layout.Content.Replace("{{> lang}}", locale, StringComparison.Ordinal)
            .Replace("{{> subject}}", InlineText.Html(document.Subject.Text, locale), StringComparison.Ordinal)
            .Replace("{{> preheader}}", InlineText.Html(document.Preheader.Text, locale), StringComparison.Ordinal)
            .Replace("{{> body}}", body.Html, StringComparison.Ordinal)
            .Replace("{{> footer}}", footer.Html, StringComparison.Ordinal);
        return new MessageParts(InlineText.Plain(document.Subject.Text, locale), body.Text + TextRule + footer.Text, html, body.Card);
    }

    private static TemplateFile FooterOf(TemplateSource source, TemplateFile file)
    {
        string name = TemplateNames.IsForTeam(file.Name) ? TemplateNames.TeamFooter : TemplateNames.Footer;
        return LocaleChain
                .Of(file.Locale, [file.Locale])
                .Select(locale => source.Find(name, locale))
                .FirstOrDefault(found => found is not null)
            ?? throw new TemplateException($"There is no footer '{name}' for '{file.Path}'.");
    }
}
