using Microsoft.AspNetCore.Http;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Links;

namespace Signals.Web.Alerts;

/// <summary>What the page behind an alert's link says: a question, its answer, and what may be in the way.</summary>
internal sealed class AlertLinkWords(Language language)
{
    public string Language => language.Code;

    public IResult Ask(AlertLinkAnswer answer, string account) =>
        Page(
            StatusCodes.Status200OK,
            answer switch
            {
                AlertLinkAnswer.Acknowledge => Say($"Are you looking after {account}?"),
                AlertLinkAnswer.Snooze => Say($"Speak of {account} again on the next working day?"),
                _ => Say($"Is the alert about {account} a false alarm?"),
            },
            Html.Of($"<p>{What(answer)}</p>"),
            $"""<form method="post"><button type="submit">{Button(answer)}</button></form>"""
        );

    public IResult Done(AlertLinkAnswer answer, string account) =>
        Page(StatusCodes.Status200OK, Say($"{account}: noted"), Html.Of($"<p>{What(answer)}</p>"));

    public IResult Over(string account) =>
        Page(
            StatusCodes.Status409Conflict,
            Say($"{account}: this alert is over"),
            Html.Of($"<p>{Say("It was resolved already, by a colleague or because the account is well again. Nothing was changed.")}</p>")
        );

    public IResult Gone() =>
        Page(
            StatusCodes.Status404NotFound,
            Say("This link does not work any more"),
            Html.Of($"<p>{Say("Its time is over, or a newer alert took the place of this one. Nothing was changed.")}</p>")
        );

    public IResult Later() =>
        Page(
            StatusCodes.Status503ServiceUnavailable,
            Say("Please try again in a minute"),
            Html.Of($"<p>{Say("Your answer could not be saved just now. The same link will work in a moment.")}</p>")
        );

    private string What(AlertLinkAnswer answer) =>
        answer switch
        {
            AlertLinkAnswer.Acknowledge => Say("Nobody else is asked, and the alert is silent until it gets worse."),
            AlertLinkAnswer.Snooze => Say("The alert is silent until then, unless it gets worse."),
            _ => Say("The alert ends as a false alarm. You hear of the account again when it gets worse."),
        };

    private string Button(AlertLinkAnswer answer) =>
        answer switch
        {
            AlertLinkAnswer.Acknowledge => Say("Yes, I am on it"),
            AlertLinkAnswer.Snooze => Say("Yes, remind me"),
            _ => Say("Yes, no risk"),
        };

    private IResult Page(int status, string title, Html text, Html form = default) => CustomerPage.Of(Language, status, title, text, form);

    private string Say([English] string english) => language.Text(english);

    private string Say([English] PhraseText english) => Phrase.Of(english).In(language);
}
