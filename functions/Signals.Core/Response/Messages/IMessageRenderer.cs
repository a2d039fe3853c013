namespace Signals.Core.Response.Messages;

/// <summary>Renders a message template in a language into a subject and both bodies.</summary>
public interface IMessageRenderer
{
    /// <summary>Throws <see cref="TemplateException"/> when there is no such template or it cannot be rendered.</summary>
    RenderedMessage Render(string template, string locale, MessageVariables variables);
}

/// <summary>A finished message: plain text and a complete HTML document that say the same.</summary>
public sealed record RenderedMessage(string Subject, string Text, string Html, string Locale);

/// <summary>A template that is missing or broken: a defect of the model or its templates, never transient.</summary>
public sealed class TemplateException(string message, Exception? inner = null) : Exception(message, inner);
