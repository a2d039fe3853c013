using Signals.Core.Response.Messages;

namespace Signals.Testing.World;

/// <summary>Renders any template into its name and what it was told, so that tests of sending need no templates.</summary>
public sealed class PlainRenderer : IMessageRenderer, ICardRenderer
{
    /// <summary>Templates that cannot be rendered.</summary>
    public HashSet<string> Broken { get; } = new(StringComparer.Ordinal);

    public RenderedMessage Render(string template, string locale, MessageVariables variables) =>
        Broken.Contains(template)
            ? throw new TemplateException($"Template '{template}' is broken.")
            : new RenderedMessage(
                $"{template} for {variables.AccountName}",
                $"{template} {variables.Step?.Id}{variables.Feature?.Id}",
                "<p></p>",
                locale
            );

    /// <summary>It leads where the message does.</summary>
    public RenderedCard RenderCard(string template, string locale, MessageVariables variables)
    {
        var message = Render(template, locale, variables);
        return new RenderedCard(
            locale,
            message.Subject,
            [new CardBlock(CardBlockKind.Text, message.Text)],
            variables.Faq,
            variables.ActionUrl is { } url ? new CardStep("Go", url) : null
        );
    }
}
