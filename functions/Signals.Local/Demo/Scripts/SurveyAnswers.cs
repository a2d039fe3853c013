namespace Signals.Local.Demo.Scripts;

/// <summary>What customers of Nimbus answer when they are asked.</summary>
internal static class SurveyAnswers
{
    private const string Nps = "NPS Answered";
    private const string Csat = "CSAT Answered";
    private const string Ces = "CES Answered";

    private static readonly SurveyAnswer[] Strong =
    [
        new(
            Nps,
            10,
            "The shared inbox is great: no customer waits twice.",
            "La boîte partagée est géniale : aucun client n’attend deux fois."
        ),
        new(Nps, 9, "Automations save us hours every week.", "Les automatisations nous font gagner des heures chaque semaine."),
        new(Nps, 9, "", ""),
        new(Csat, 5, "Very helpful support, answered within minutes.", "Support très utile, réponse en quelques minutes."),
        new(Nps, 4, "The import fails and the error message says nothing.", "L’import échoue et le message d’erreur ne dit rien."),
        new(Nps, 10, "Easy campaigns, even for newcomers.", "Des campagnes faciles, même pour les débutants."),
        new(Ces, 6, "The user import is confusing.", "L’import des utilisateurs est compliqué."),
        new(Nps, 3, "Too expensive for a small team, and search is slow.", "Trop cher pour une petite équipe, et la recherche est lente."),
        new(Nps, 9, "The reports convince my boss.", "Les rapports convainquent mon chef."),
        new(Csat, 2, "The mobile app is slow and crashes.", "L’application mobile est lente et plante."),
        new(Nps, 10, "", ""),
        new(Ces, 2, "Easy to set up the inbox.", "Boîte partagée facile à mettre en place."),
        new(Nps, 6, "Search never finds old conversations.", "La recherche ne retrouve jamais les vieilles conversations."),
        new(Nps, 9, "Love the automations.", "J’adore les automatisations."),
    ];

    private static readonly SurveyAnswer[] Mild =
    [
        new(Nps, 8, "Please add an export of reports to a spreadsheet.", "Merci d’ajouter un export des rapports vers un tableur."),
        new(Nps, 8, "", ""),
        new(Nps, 7, "A dark theme would be nice.", "Un thème sombre serait bien."),
        new(Csat, 4, "", ""),
        new(Nps, 8, "Could campaigns be scheduled by time zone?", "Pourrait-on planifier les campagnes par fuseau horaire ?"),
        new(Ces, 3, "", ""),
        new(Nps, 7, "We would like an export of conversations.", "Nous aimerions un export des conversations."),
        new(Csat, 4, "The mobile app could show reports.", "L’application mobile pourrait montrer les rapports."),
        new(Nps, 8, "", ""),
    ];

    /// <param name="turn">The same turn picks the same answer.</param>
    /// <param name="mild">Only what is neither a grudge nor a delight.</param>
    public static SurveyAnswer Pick(int turn, bool mild) => mild ? Mild[turn % Mild.Length] : Strong[turn % Strong.Length];
}

/// <summary>An answer to a survey; without words where both are empty.</summary>
internal sealed record SurveyAnswer(string Survey, int Score, string English, string French);
