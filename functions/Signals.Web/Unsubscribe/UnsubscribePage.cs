using Microsoft.AspNetCore.Http;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Outreach;

namespace Signals.Web.Unsubscribe;

/// <summary>The unsubscribe page in its states: no script, no image, nothing about the reader.</summary>
/// <param name="words">In the reader's language.</param>
/// <param name="product">The product's name.</param>
/// <param name="topic">What the mail was about: a cause; null when unknown.</param>
internal sealed class UnsubscribePage(UnsubscribeWords words, string product, string? topic)
{
    /// <summary>Tells the page's own form from a mailbox's one-click request.</summary>
    public const string FormField = "page";

    /// <summary>The mail's language, in the link.</summary>
    public const string LanguageField = "lang";

    /// <summary>
    /// How much the page's own form stops: one of these, a kind of <see cref="OutreachTopics.Kinds"/>, or none for all of them.
    /// </summary>
    public const string ScopeField = "scope";

    /// <summary>Notices too.</summary>
    public const string Everything = "everything";

    /// <summary>What the mail was about alone: what the pages of earlier versions offered.</summary>
    public const string TopicScope = "topic";

    /// <summary>Takes it back.</summary>
    public const string Undo = "undo";

    private static readonly string?[] All = [null];

    /// <summary>A notice's own page stops notices as well: who wants no more of those would not understand another answer.</summary>
    private bool IsOfNotice => topic is not null && CauseCatalogue.IsNotice(topic);

    /// <summary>The topics that a scope stops; null is every message.</summary>
    public IReadOnlyList<string?> TopicsOf(string scope) =>
        scope switch
        {
            Everything => All,
            TopicScope => [topic],
            _ when OutreachTopics.Kinds.Contains(scope, StringComparer.Ordinal) => [scope],
            _ => IsOfNotice ? All : [.. OutreachTopics.Kinds],
        };

    public IResult Ask() => Page(StatusCodes.Status200OK, words.AskTitle, words.AskText(product), words.StillText, Choices());

    public IResult Done(string scope)
    {
        var stopped = TopicsOf(scope);
        if (stopped.Contains(null))
            return Page(StatusCodes.Status200OK, words.DoneTitle, words.DoneText(product), null, UndoForm());
        if (stopped.Count == OutreachTopics.Kinds.Count)
            return Page(StatusCodes.Status200OK, words.DoneTitle, words.DoneText(product), words.StillText, UndoForm(withEverything: true));
        var about = OutreachTopics.WordsOf(stopped[0]) ?? CauseCatalogue.Find(stopped[0]!)?.Topic ?? Phrase.Empty;
        return Page(StatusCodes.Status200OK, words.DoneTitle, words.TopicDoneText(product, about), null, UndoForm());
    }

    public IResult Undone() => Page(StatusCodes.Status200OK, words.UndoneTitle, words.UndoneText);

    public IResult NotUndone() => Page(StatusCodes.Status200OK, words.NotUndoneTitle, words.NotUndoneText);

    public IResult NotFound() => Page(StatusCodes.Status404NotFound, words.NotFoundTitle, words.NotFoundText);

    public IResult TryAgain() => Page(StatusCodes.Status503ServiceUnavailable, words.LaterTitle, words.LaterText, null, Choices());

    private IResult Page(int status, string title, string text, string? more = null, Html form = default)
    {
        Html second = more is null ? Html.Empty : (Html)$"<p>{more}</p>";
        return CustomerPage.Of(words.Language, status, title, $"<p>{text}</p>{second}", form);
    }

    private Html Choices()
    {
        Html kinds = Html.Join(
            "",
            OutreachTopics.Kinds.Select(kind => Button(words.KindButton(OutreachTopics.WordsOf(kind)!.Value), kind))
        );
        return Form($"""<button type="submit">{words.Button}</button>{kinds}""");
    }

    private Html UndoForm(bool withEverything = false) =>
        Form($"{Button(words.UndoButton, Undo)}{(withEverything ? Button(words.EverythingButton, Everything) : Html.Empty)}");

    private static Html Button(string text, string scope) =>
        $"""<button type="submit" name="{ScopeField}" value="{scope}">{text}</button>""";

    private static Html Form(Html buttons) =>
        $"""
            <form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">
            <input type="hidden" name="{FormField}" value="1">{buttons}</form>
            """;
}
