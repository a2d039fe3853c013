namespace Signals.Core.Response.Messages;

/// <summary>Renders a message template in a language into what a card inside the product shows.</summary>
public interface ICardRenderer
{
    /// <summary>Throws <see cref="TemplateException"/> when there is no such template or it cannot be rendered.</summary>
    RenderedCard RenderCard(string template, string locale, MessageVariables variables);
}

/// <summary>
/// A card's words: plain text all of it. No greeting, no signature and nothing of what a mail says after its one step.
/// </summary>
/// <param name="Locale">The language it is written in.</param>
/// <param name="Title">The mail's subject.</param>
/// <param name="Body">What is said, in order.</param>
/// <param name="Faq">Questions that may help.</param>
/// <param name="Step">The one step; null when there is none.</param>
public sealed record RenderedCard(
    string Locale,
    string Title,
    IReadOnlyList<CardBlock> Body,
    IReadOnlyList<MessageFaq> Faq,
    CardStep? Step
);

/// <summary>A paragraph, heading or list item.</summary>
public sealed record CardBlock(CardBlockKind Kind, string Text);

public enum CardBlockKind
{
    Text,
    Heading,
    Item,
}

/// <summary>Where a card leads; an http or https address.</summary>
public sealed record CardStep(string Label, string Url);
