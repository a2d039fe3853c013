using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Cards;

/// <summary>Puts an outreach into a card's words, and the card where the product finds it.</summary>
public sealed class CardShelf(ICardRenderer renderer, HelpRows rows, ValueModel model)
{
    /// <summary>The card's words; throws <see cref="TemplateException"/> as a renderer does.</summary>
    public RenderedCard WordsOf(OutreachRecord record) =>
        renderer.RenderCard(
            record.Template,
            record.Locale,
            record.Variables with
            {
                InProduct = true,
                SenderName = model.Outreach.From.Name?.In(MessageLanguages.For(record.Locale, model.Locales)) ?? model.Product,
                UnsubscribeUrl = "",
            }
        );

    /// <summary>A card asks for one step, or a question; thanks alone may ask for nothing.</summary>
    public static bool MakesSense(OutreachRecord record, RenderedCard words) =>
        words.Step is not null || record.Cause == OutreachTemplates.Survey || CauseCatalogue.IsPraise(record.Cause);

    /// <summary>Offers what was claimed. Doing it again changes nothing.</summary>
    public async Task<SendOutcome> OfferAsync(OutreachRecord record, CancellationToken cancellationToken)
    {
        var life = record.Card ?? throw new ArgumentException("A card is offered for a time; found none.", nameof(record));
        var card = HelpCard.Of(record, WordsOf(record), life);
        return await rows.OfferAsync(new PersonKey(record.Person), card, cancellationToken)
            ? new SendOutcome(SendStatus.Accepted)
            : new SendOutcome(SendStatus.Transient, "another card of this person stands");
    }
}
