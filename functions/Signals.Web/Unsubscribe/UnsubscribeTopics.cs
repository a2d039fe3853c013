using Signals.Core.Model;

namespace Signals.Web.Unsubscribe;

/// <summary>
/// What mails are about, in words for whoever gets them; they follow "mails about" in English, "sur ce thème :" in French.
/// </summary>
internal static class UnsubscribeTopics
{
    private static readonly Dictionary<string, (string English, string French)> Words = new(StringComparer.Ordinal)
    {
        [CauseIds.OnboardingStalled] = ("setting up", "la mise en route"),
        [CauseIds.ValueNotFound] = ("finding your way", "trouver ce que vous cherchez"),
        [CauseIds.FeaturesUnused] = ("what your plan holds", "ce que contient votre formule"),
        [CauseIds.Friction] = ("things that got in your way", "ce qui vous a gêné"),
        [CauseIds.SupportUnhappy] = ("our support", "notre assistance"),
        [CauseIds.UsageDrop] = ("changes in what you use", "l’évolution de votre usage"),
        [CauseIds.ChampionLeft] = ("taking over from a colleague", "la reprise après un collègue"),
        [CauseIds.SeatsShrinking] = ("free seats", "les places libres"),
        [CauseIds.NeverTookOff] = ("first results", "les premiers résultats"),
        [CauseIds.PriceOverValue] = ("whether your plan fits", "le choix de votre formule"),
        [CauseIds.NeedsChanged] = ("your options", "vos possibilités"),
        [CauseIds.PaymentFailing] = ("payments that did not go through", "les paiements qui n’ont pas abouti"),
        [CauseIds.FeatureSunset] = ("parts of the product that end", "les parties du produit qui prennent fin"),
        [CauseIds.Delight] = ("thanks and invitations", "les remerciements et les invitations"),
    };

    /// <summary>Null for a topic that there are no words for: it is then not offered by itself.</summary>
    public static string? In(string language, string? topic) =>
        topic is not null && Words.TryGetValue(topic, out var words) ? language == "fr" ? words.French : words.English : null;
}
