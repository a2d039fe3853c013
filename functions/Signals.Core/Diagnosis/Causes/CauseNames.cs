using Signals.Core.Model;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>What people call the causes.</summary>
public static class CauseNames
{
    private static readonly Dictionary<string, Phrase> Names = new(StringComparer.Ordinal)
    {
        [CauseIds.OnboardingStalled] = new("Onboarding stalled", "Mise en route bloquée"),
        [CauseIds.ValueNotFound] = new("Value not found", "Valeur non trouvée"),
        [CauseIds.FeaturesUnused] = new("Paid features unused", "Fonctions payées inutilisées"),
        [CauseIds.Friction] = new("Friction", "Obstacles"),
        [CauseIds.SupportUnhappy] = new("Unhappy with support", "Insatisfaction du support"),
        [CauseIds.UsageDrop] = new("Usage drop", "Chute d’usage"),
        [CauseIds.ChampionLeft] = new("Champion left", "Départ du référent"),
        [CauseIds.SeatsShrinking] = new("Seats shrinking", "Moins de places actives"),
        [CauseIds.NeverTookOff] = new("Never took off", "Jamais décollé"),
        [CauseIds.PriceOverValue] = new("Price over value", "Prix au-dessus de la valeur"),
        [CauseIds.NeedsChanged] = new("Needs changed", "Besoins changés"),
        [CauseIds.PaymentFailing] = new("Payment failing", "Paiement en échec"),
        [CauseIds.FeatureSunset] = new("Feature sunset", "Fonction en fin de vie"),
        [CauseIds.Delight] = new("Delight", "Enthousiasme"),
    };

    /// <summary>The cause's name; the id itself for one that is not in <see cref="CauseIds.All"/>.</summary>
    public static Phrase Of(string cause) => Names.TryGetValue(cause, out var name) ? name : Phrase.Same(cause);
}
