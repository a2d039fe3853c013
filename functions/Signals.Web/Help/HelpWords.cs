using Signals.Core.Platform.Languages;

namespace Signals.Web.Help;

/// <summary>What the parts of a card are called.</summary>
/// <param name="Region">The card as a whole, to somebody who hears the page.</param>
/// <param name="Close">The button that puts it away.</param>
/// <param name="Faq">What stands over questions and answers.</param>
internal sealed record HelpWords(string Region, string Close, string Faq)
{
    public static HelpWords In(Language language, string product) =>
        new(Phrase.Of($"Help from {product}").In(language), language.Text("Not now"), language.Text("Questions and answers"));
}
