using Microsoft.Extensions.Primitives;
using Signals.Core.Platform.Languages;
using Signals.Web.Languages;

namespace Signals.Web.Unsubscribe;

/// <summary>What the unsubscribe page says, in the reader's best language of those there are.</summary>
internal sealed class UnsubscribeWords(Language language)
{
    /// <summary>In the mail's language, where the link names it, else in the browser's.</summary>
    public static UnsubscribeWords For(StringValues ofMail, StringValues acceptLanguage) =>
        new(
            (ofMail is [{ Length: <= 8 } code] ? Signals.Core.Platform.Languages.Language.Find(code) : null)
                ?? AcceptedLanguage.OfCustomer(acceptLanguage)
        );

    public string Language => language.Code;

    public string AskTitle => Say("Stop these mails?");

    public string AskText(string product) =>
        Say(
            $"{product} writes to you when something seems to get in your way, to show what else your plan holds, to ask what you think, "
                + $"and to say thank you. "
                + $"You choose what stops."
        );

    /// <summary>What the usual choice leaves.</summary>
    public string StillText =>
        Say(
            "What is about your account still reaches you: a payment that failed, and the end of something that you use. "
                + "Receipts and the like are not affected either."
        );

    public string Button => Say("Stop all these mails");

    public string KindButton(Phrase kind) => Say($"Only those about {kind}");

    public string EverythingButton => Say("Stop those about my account too");

    public string UndoButton => Say("Undo");

    public string DoneTitle => Say("Done");

    public string DoneText(string product) => Say($"You will get no more of these mails from {product}. There is nothing else to do.");

    public string TopicDoneText(string product, Phrase topic) =>
        Say(
            $"You will get no more mails from {product} about {topic}. Others may still reach you when something seems to get in your way."
        );

    public string UndoneTitle => Say("Undone");

    public string UndoneText => Say("These mails may reach you again, as before.");

    public string NotUndoneTitle => Say("Not quite");

    public string NotUndoneText =>
        Say("Mail to this address was stopped for another reason too. Reply to one of our emails, and a person will see to it.");

    public string NotFoundTitle => Say("This page does not exist");

    public string NotFoundText =>
        Say(
            "The link may have been cut in two by your mail program. Try copying all of it, or reply to the email and a person will "
                + "see to it."
        );

    public string LaterTitle => Say("Please try again in a minute");

    public string LaterText => Say("Your wish could not be saved just now, and nothing was changed. The same link will work in a moment.");

    private string Say([English] string english) => language.Text(english);

    private string Say([English] PhraseText english) => Phrase.Of(english).In(language);
}
