using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;

namespace Signals.Core.Response.Cards;

/// <summary>What a card is, for whoever draws it: it may look glad, or like news, or like help.</summary>
public static class CardKinds
{
    public const string Help = "help";

    /// <summary>News of the product: something ends.</summary>
    public const string News = "news";

    /// <summary>Something good happened.</summary>
    public const string Thanks = "thanks";

    public static string Of(string cause) =>
        cause == CauseIds.FeatureSunset ? News
        : CauseCatalogue.IsPraise(cause) ? Thanks
        : Help;
}
