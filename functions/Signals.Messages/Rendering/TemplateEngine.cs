using HandlebarsDotNet;
using Signals.Core.Platform.Languages;

namespace Signals.Messages.Rendering;

/// <summary>Compiles Handlebars for one language, in its two forms. What is compiled may be rendered from any thread.</summary>
internal sealed class TemplateEngine
{
    private readonly Lock _compiling = new();
    private readonly IHandlebars _html;
    private readonly IHandlebars _plain;

    public TemplateEngine(string locale)
    {
        _html = Create(new ValueEncoder(html: true), locale);
        _plain = Create(new ValueEncoder(html: false), locale);
    }

    /// <exception cref="HandlebarsException">The template is broken.</exception>
    public HandlebarsTemplate<object, object> Html(string template) => Compile(_html, template);

    /// <inheritdoc cref="Html"/>
    public HandlebarsTemplate<object, object> Plain(string template) => Compile(_plain, template);

    private HandlebarsTemplate<object, object> Compile(IHandlebars engine, string template)
    {
        lock (_compiling)
            return engine.Compile(template);
    }

    private static IHandlebars Create(ITextEncoder encoder, string locale)
    {
        var engine = Handlebars.Create(new HandlebarsConfiguration { TextEncoder = encoder });
        TemplateHelpers.Register(engine, Language.Of(locale));
        return engine;
    }
}
