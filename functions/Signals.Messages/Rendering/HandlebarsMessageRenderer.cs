using System.Collections.Concurrent;
using Signals.Core.Response.Messages;
using Signals.Messages.Sources;

namespace Signals.Messages.Rendering;

/// <summary>
/// Renders templates of a <see cref="TemplateSource"/>, each compiled once. Safe from any thread. A person's "fr-CA" is tried as fr-ca and
/// fr when the product writes in French, then the product's languages in their order, then English.
/// </summary>
/// <param name="source">Where the templates are.</param>
/// <param name="locales">The languages the product writes in, best first (the model's <c>locales</c>).</param>
public sealed class HandlebarsMessageRenderer(TemplateSource source, IReadOnlyList<string> locales) : IMessageRenderer, ICardRenderer
{
    private readonly ConcurrentDictionary<TemplateFile, Lazy<CompiledMessage>> _messages = new();
    private readonly ConcurrentDictionary<string, TemplateEngine> _engines = new(StringComparer.Ordinal);

    public RenderedMessage Render(string template, string locale, MessageVariables variables) =>
        Find(template, locale).Render(SafeVariables.Of(variables));

    public RenderedCard RenderCard(string template, string locale, MessageVariables variables) =>
        Find(template, locale).RenderCard(SafeVariables.Of(variables));

    private CompiledMessage Find(string template, string locale)
    {
        var file = LocaleChain
            .Of(locale, locales)
            .Select(candidate => source.Find(template, candidate))
            .FirstOrDefault(found => found is not null);
        if (file is null || TemplateNames.IsPart(template))
            throw new TemplateException(
                $"There is no template '{template}' in "
                    + $"{string.Join(", ", LocaleChain.Of(locale, locales).Distinct(StringComparer.Ordinal))}."
            );
        return _messages.GetOrAdd(file, key => new Lazy<CompiledMessage>(() => Compile(key))).Value;
    }

    private CompiledMessage Compile(TemplateFile file) =>
        new(source, file, _engines.GetOrAdd(file.Locale, static locale => new TemplateEngine(locale)));
}
