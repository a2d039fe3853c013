using Signals.Core.Model;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>What a CS manager might ask a customer, by cause.</summary>
public static class CauseQuestions
{
    private static readonly Dictionary<string, Phrase[]> Questions = new(StringComparer.Ordinal)
    {
        [CauseIds.OnboardingStalled] =
        [
            Phrase.Of($"Who is setting this up on their side, and what stopped them?", $"Qui s’occupe de la mise en route chez eux, et qu’est-ce qui a bloqué ?"),
            Phrase.Of($"Would half an hour together finish the step?", $"Une demi-heure ensemble suffirait-elle à finir l’étape ?"),
        ],
        [CauseIds.ValueNotFound] =
        [
            Phrase.Of($"What did they come to do?", $"Que venaient-ils faire ?"),
            Phrase.Of($"Where did they look for it?", $"Où l’ont-ils cherché ?"),
        ],
        [CauseIds.FeaturesUnused] =
        [
            Phrase.Of($"Which of these did they buy the plan for?", $"Pour laquelle de ces fonctions ont-ils choisi l’offre ?"),
            Phrase.Of($"What would have to be true for them to use it this month?", $"Que faudrait-il pour qu’ils s’en servent ce mois-ci ?"),
        ],
        [CauseIds.Friction] =
        [
            Phrase.Of($"Is it fixed, and do they know?", $"Est-ce corrigé, et le savent-ils ?"),
            Phrase.Of($"What did it cost them?", $"Qu’est-ce que cela leur a coûté ?"),
        ],
        [CauseIds.SupportUnhappy] =
        [
            Phrase.Of($"Has a person answered, and did that solve it?", $"Une personne a-t-elle répondu, et cela a-t-il réglé le problème ?"),
            Phrase.Of($"What would make it right?", $"Qu’est-ce qui arrangerait les choses ?"),
        ],
        [CauseIds.UsageDrop] =
        [
            Phrase.Of($"Is the person who championed it still there?", $"La personne qui le portait est-elle encore là ?"),
            Phrase.Of($"Has a bigger priority come up?", $"Une priorité plus grande est-elle apparue ?"),
            Phrase.Of($"Do they have the people and time they had before?", $"Ont-ils encore les personnes et le temps d’avant ?"),
        ],
        [CauseIds.ChampionLeft] =
        [
            Phrase.Of($"Who uses it most now?", $"Qui s’en sert le plus à présent ?"),
            Phrase.Of($"Who would miss it?", $"À qui manquerait-il ?"),
        ],
        [CauseIds.SeatsShrinking] =
        [
            Phrase.Of($"Did the team shrink, or its use?", $"Est-ce l’équipe qui a rétréci, ou l’usage ?"),
            Phrase.Of($"Who was it bought for?", $"Pour qui l’avaient-ils acheté ?"),
        ],
        [CauseIds.NeverTookOff] =
        [
            Phrase.Of($"What did they want to achieve by now?", $"Que voulaient-ils avoir atteint aujourd’hui ?"),
            Phrase.Of($"Have they a plan, the people, and the time?", $"Ont-ils un plan, les personnes et le temps ?"),
            Phrase.Of($"What changed since they bought it?", $"Qu’est-ce qui a changé depuis l’achat ?"),
        ],
        [CauseIds.PriceOverValue] =
        [
            Phrase.Of($"What is it worth to them today?", $"Que vaut-il pour eux aujourd’hui ?"),
            Phrase.Of($"Would another plan fit better?", $"Une autre offre conviendrait-elle mieux ?"),
        ],
        [CauseIds.NeedsChanged] =
        [
            Phrase.Of($"What changed?", $"Qu’est-ce qui a changé ?"),
            Phrase.Of($"Would a pause or an export help?", $"Une pause ou un export aideraient-ils ?"),
        ],
        [CauseIds.PaymentFailing] =
        [
            Phrase.Of($"Do they know that the payment failed?", $"Savent-ils que le paiement a échoué ?"),
            Phrase.Of($"Who pays the bills there?", $"Qui règle les factures chez eux ?"),
        ],
        [CauseIds.FeatureSunset] =
        [
            Phrase.Of($"What do they still use it for?", $"À quoi leur sert-elle encore ?"),
            Phrase.Of($"What keeps them from moving?", $"Qu’est-ce qui les retient de changer ?"),
        ],
        [CauseIds.Delight] =
        [
            Phrase.Of($"What went so well?", $"Qu’est-ce qui s’est si bien passé ?"),
            Phrase.Of($"Would they tell others?", $"En parleraient-ils à d’autres ?"),
        ],
    };

    public static IReadOnlyList<Phrase> Of(string cause) => Questions.GetValueOrDefault(cause, []);
}
