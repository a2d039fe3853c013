namespace Signals.Local.Tests.Demo.Truth;

/// <summary>Lines of mails that claim nothing of the reader: questions, offers, what buttons say, and who writes from where.</summary>
internal static class Neutral
{
    public static readonly IReadOnlyList<string> Lines =
    [
        "- A smaller plan, if you use only part of it",
        "- Cancel, no questions asked",
        "- Pause until you need it again",
        "- Résilier, sans justification",
        "- Une formule plus petite, si vous n’en utilisez qu’une partie",
        "- Une pause, jusqu’à ce que Nimbus vous serve de nouveau",
        "- Vos données, à emporter où vous voulez",
        "- Your data, to take with you wherever you go",
        "--",
        "Aimeriez-vous raconter à d’autres ce que vous faites avec Nimbus ? Quelques lignes suffisent.",
        "Aimeriez-vous raconter à d’autres comment vous avez fait ? Quelques lignes suffisent.",
        "Check the payment details",
        "Choisir un autre moyen de paiement",
        "Choose another way to pay",
        "Commencer ici",
        "Did something change on your side, or did something on ours get in the way?",
        "Did your plans change, or is something missing? Reply in a line and a person will help.",
        "Does somebody else pay the bills now, or would an invoice be easier? Reply to this email with a line and a "
            + "person will settle it with you. Please never send card numbers by email.",
        "Get a first result",
        "If it does not fit the way you work, reply and say so. That helps us too.",
        "If it still does not work, reply to this email and we will do it together with you.",
        "If the details are right, or if the amount is the problem, reply to this email and a person will find a way "
            + "with you. Please never send card numbers by email.",
        "If these emails are of no use to you, you can unsubscribe ().",
        "If you would rather not, that is fine. Our thanks stand either way.",
        "Looking for something else? Reply to this email with a line about it, and a person will point you to it, or "
            + "tell you frankly if we do not have it.",
        "L’équipe Nimbus",
        "Nimbus SAS, 12 rue des Nuages, 75011 Paris, France",
        "Nimbus help",
        "Nothing in it for you? Reply to this email and we will tell you frankly whether a smaller plan would do.",
        "Obtenir un premier résultat",
        "One line in reply is plenty, and a person will read it. If all is well, there is nothing to do.",
        "One thing would help us fix it: what were you doing when it happened? Reply to this email in a line. It reaches "
            + "the people who can fix it, and they will write back.",
        "Or reply with one word from the list, and a person will see to it.",
        "Or reply “together” and suggest a time: a person will go through it with you. If something else keeps you from "
            + "it, a line about that helps us too.",
        "Ou répondez par un mot de la liste, et quelqu’un de notre équipe s’en occupera.",
        "Ou répondez « ensemble » et proposez un moment : quelqu’un de notre équipe le fera avec vous. Si autre chose vous en "
            + "empêche, une ligne à ce sujet nous aide aussi.",
        "Pour y remédier, une chose nous aiderait : que faisiez-vous à ce moment-là ? Répondez en une ligne. Votre réponse "
            + "parvient aux personnes qui peuvent agir, et elles vous répondront.",
        "Quelque chose a-t-il changé de votre côté, ou l’obstacle vient-il de nous ?",
        "Quelqu’un d’autre s’occupe maintenant des factures, ou un virement serait plus simple ? Répondez en une ligne "
            + "et quelqu’un de notre équipe verra cela avec vous. N’envoyez jamais de numéro de carte par e-mail.",
        "Raconter votre expérience",
        "Reply to this email with a line about what you need, and we will tell you frankly whether a smaller plan would do.",
        "Reply to this email with a line about what you were looking for. A person will point you to it, or tell you "
            + "frankly if we do not have it.",
        "Reply to this email with the one result you would like to see first, and we will set it up together with you.",
        "Rien d’utile pour vous ? Répondez à ce message et nous vous dirons franchement si une formule plus petite suffirait.",
        "Réessayer",
        "See what it does",
        "See what is in your plan",
        "See your options",
        "Show me how",
        "Show me where to begin",
        "Start here",
        "Si ces messages ne vous servent à rien, vous pouvez vous désabonner ().",
        "Si cela ne convient pas à votre façon de travailler, dites-le-nous en réponse. Cela nous aide aussi.",
        "Si cela ne fonctionne toujours pas, répondez à ce message et nous le ferons avec vous.",
        "Si tout est en ordre, ou si c’est le montant qui pose problème, répondez à ce message et quelqu’un de notre équipe trouvera "
            + "une solution avec vous. N’envoyez jamais de numéro de carte par e-mail.",
        "Si vous préférez ne pas le faire, aucun souci. Notre merci tient toujours.",
        "Tell your story",
        "Try it once more",
        "Une ligne en réponse suffit, et quelqu’un de notre équipe la lira. Si tout va bien, il n’y a rien à faire.",
        "Voir ce que cela permet",
        "Voir ce que contient votre formule",
        "Voir comment faire",
        "Voir par où commencer",
        "Voir vos possibilités",
        "Vos projets ont changé, ou il manque quelque chose ? Répondez en une ligne et quelqu’un de notre équipe vous aidera.",
        "Vous cherchiez autre chose ? Répondez à ce message en une ligne : quelqu’un de notre équipe vous dira où le trouver, "
            + "ou, franchement, que nous ne l’avons pas.",
        "Vous préférez qu’on vous montre ? Répondez à ce message et nous trouverons une demi-heure.",
        "Vérifier le moyen de paiement",
        "Would you like to tell others how you did it? A few lines are plenty.",
        "Would you like to tell others what you do with Nimbus? A few lines are plenty.",
        "Would you rather be shown? Reply to this email and we will find half an hour.",
    ];

    /// <summary>What may follow a goal that was quoted.</summary>
    public static readonly IReadOnlyList<string> AfterGoal =
    [
        "One small step is enough to begin.",
        "Nous sommes heureux que Nimbus y contribue.",
        "Nous tenons à ce que Nimbus continue de vous y aider.",
        "Rien de tout cela ne devrait vous en éloigner.",
        "This should not stand in its way.",
        "Un petit pas suffit pour commencer.",
        "We are glad that Nimbus plays a part in it.",
        "We would like Nimbus to go on helping with it.",
        "What you pay should bring you closer to it.",
        "Ce que vous payez devrait vous en rapprocher.",
    ];
}
