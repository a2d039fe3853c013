using Microsoft.AspNetCore.Http;
using Signals.Core.Platform.Languages;

namespace Signals.Web.Unsubscribe;

/// <summary>The unsubscribe page in its five states: no script, no image, nothing about the reader.</summary>
/// <param name="words">In the reader's language.</param>
/// <param name="product">The product's name.</param>
/// <param name="topic">What the mail was about; null offers no choice.</param>
internal sealed class UnsubscribePage(UnsubscribeWords words, string product, Phrase? topic)
{
    /// <summary>Tells the page's own form from a mailbox's one-click request.</summary>
    public const string FormField = "page";

    /// <summary>How much the page's own form stops.</summary>
    public const string ScopeField = "scope";
    public const string TopicScope = "topic";

    public IResult Ask() => Page(StatusCodes.Status200OK, words.AskTitle, words.AskText(product), Form());

    public IResult Done() => Page(StatusCodes.Status200OK, words.DoneTitle, words.DoneText(product));

    /// <summary>The topic is stopped; the others may be as well.</summary>
    public IResult TopicDone() =>
        Page(StatusCodes.Status200OK, words.DoneTitle, words.TopicDoneText(product, topic ?? Phrase.Empty), Form(withTopic: false));

    public IResult NotFound() => Page(StatusCodes.Status404NotFound, words.NotFoundTitle, words.NotFoundText);

    public IResult TryAgain() => Page(StatusCodes.Status503ServiceUnavailable, words.LaterTitle, words.LaterText, Form());

    private IResult Page(int status, string title, string text, Html form = default) =>
        CustomerPage.Of(words.Language, status, title, $"<p>{text}</p>", form);

    private Html Form(bool withTopic = true)
    {
        Html ofTopic =
            withTopic && topic is { } about
                ? $"""
                    <button type="submit" name="{ScopeField}" value="{TopicScope}">{words.TopicButton(about)}</button>
                    """
                : Html.Empty;
        return $"""
            <form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">
            <input type="hidden" name="{FormField}" value="1"><button type="submit">{words.Button}</button>{ofTopic}</form>
            """;
    }
}
