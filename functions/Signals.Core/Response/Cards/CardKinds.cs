using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Outreach;

namespace Signals.Core.Response.Cards;

/// <summary>What a card is, for whoever draws it: it may look glad, or like news, or like help.</summary>
public static class CardKinds
{
    public const string Help = "help";

    /// <summary>News of the product: something ends.</summary>
    public const string News = "news";

    /// <summary>Something good happened.</summary>
    public const string Thanks = "thanks";

    /// <summary>A question, to be answered on it.</summary>
    public const string Survey = "survey";

    public static string Of(string cause) =>
        cause == OutreachTemplates.Survey ? Survey
        : cause == CauseIds.FeatureSunset ? News
        : CauseCatalogue.IsPraise(cause) ? Thanks
        : Help;
}
