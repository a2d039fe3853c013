using Microsoft.Extensions.Primitives;
using Signals.Core.Platform.Languages;
using Signals.Web.Languages;

namespace Signals.Web.Unsubscribe;

/// <summary>What the unsubscribe page says, in the reader's best language of those there are.</summary>
internal sealed class UnsubscribeWords(Language language)
{
    public static UnsubscribeWords For(StringValues acceptLanguage) => new(AcceptedLanguage.OfCustomer(acceptLanguage));

    public string Language => language.Code;

    public string AskTitle => Say("Stop these mails?");

    public string AskText(string product) =>
        Say(
            $"{product} writes to you when something seems to get in your way. One click below and no more of these mails will reach you. "
                + $"Mails about your account itself, such as receipts, are not affected."
        );

    public string Button => Say("Stop all these mails");

    public string TopicButton(Phrase topic) => Say($"Only those about {topic}");

    public string DoneTitle => Say("Done");

    public string DoneText(string product) => Say($"You will get no more of these mails from {product}. There is nothing else to do.");

    public string TopicDoneText(string product, Phrase topic) =>
        Say(
            $"You will get no more mails from {product} about {topic}. Others may still reach you when something seems to get in your way."
        );

    public string NotFoundTitle => Say("This page does not exist");

    public string NotFoundText =>
        Say(
            "The link may have been cut in two by your mail program. Try copying all of it, or answer the mail and a person will see to it."
        );

    public string LaterTitle => Say("Please try again in a minute");

    public string LaterText => Say("Your wish could not be saved just now, and nothing was changed. The same link will work in a moment.");

    private string Say([English] string english) => language.Text(english);

    private string Say([English] PhraseText english) => Phrase.Of(english).In(language);
}
