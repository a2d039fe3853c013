using Microsoft.Extensions.Primitives;
using Signals.Web.Languages;

namespace Signals.Web.Unsubscribe;

/// <summary>What the unsubscribe page says, in one language. {0} is the product's name, {1} what the mail was about.</summary>
internal sealed record UnsubscribeWords(
    string Language,
    string AskTitle,
    string AskText,
    string Button,
    string TopicButton,
    string DoneTitle,
    string DoneText,
    string TopicDoneText,
    string NotFoundTitle,
    string NotFoundText,
    string LaterTitle,
    string LaterText
)
{
    private static readonly UnsubscribeWords English = new(
        "en",
        "Stop these mails?",
        "{0} writes to you when something seems to get in your way. One click below and no more of these mails will reach you. "
            + "Mails about your account itself, such as receipts, are not affected.",
        "Stop all these mails",
        "Only those about {1}",
        "Done",
        "You will get no more of these mails from {0}. There is nothing else to do.",
        "You will get no more mails from {0} about {1}. Others may still reach you when something seems to get in your way.",
        "This page does not exist",
        "The link may have been cut in two by your mail program. Try copying all of it, or answer the mail and a person will see to it.",
        "Please try again in a minute",
        "Your wish could not be saved just now, and nothing was changed. The same link will work in a moment."
    );

    private static readonly UnsubscribeWords French = new(
        "fr",
        "Ne plus recevoir ces messages\u00a0?",
        "{0} vous écrit lorsque quelque chose semble vous gêner. Un clic ci-dessous et vous ne recevrez plus ces messages. "
            + "Les messages liés à votre compte, comme les reçus, ne sont pas concernés.",
        "Ne plus recevoir aucun de ces messages",
        "Seulement ceux sur ce thème\u00a0: {1}",
        "C’est fait",
        "Vous ne recevrez plus ces messages de la part de {0}. Il n’y a rien d’autre à faire.",
        "Vous ne recevrez plus de message de {0} sur ce thème\u00a0: {1}. "
            + "D’autres pourront encore vous parvenir lorsque quelque chose semble vous gêner.",
        "Cette page n’existe pas",
        "Le lien a peut-être été coupé par votre messagerie. Essayez de le copier en entier, ou répondez au message\u00a0: "
            + "une personne s’en occupera.",
        "Veuillez réessayer dans une minute",
        "Votre choix n’a pas pu être enregistré, et rien n’a été modifié. Le même lien fonctionnera dans un instant."
    );

    /// <summary>The reader's best language of those there are; English when none is asked for.</summary>
    public static UnsubscribeWords For(StringValues acceptLanguage) =>
        AcceptedLanguage.Of(acceptLanguage) == French.Language ? French : English;
}
