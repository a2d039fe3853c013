using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Response.Cards;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;

namespace Signals.Core.Processing.Help;

/// <summary>Answers what would help a person now: by one read of what reviews and messages left there.</summary>
public sealed class HelpDesk(HelpRows rows, IMessageQueue queue, ValueModel model, TimeProvider clock)
{
    /// <summary>
    /// The card that stands for a user, null when none does or something is broken that its step may need; and how far they are with being
    /// set up, null when nobody looked yet.
    /// </summary>
    public async ValueTask<(HelpCard? Card, Checklist? Checklist)> OfAsync(string userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (card, checklist) = await rows.GetAllAsync(PersonKey.User(userId), cancellationToken);
        bool isShown = card is { Words: not null } && card.Life.StandsAt(now) && !model.Incidents.Any(incident => incident.IsOn(now));
        return (isShown ? card : null, checklist);
    }

    /// <summary>
    /// Notes what a user did with a card; false when they have no such card. The same said again, by another tab or device, changes
    /// nothing.
    /// </summary>
    public async Task<bool> AnswerAsync(string userId, string cardId, CardAnswer answer, CancellationToken cancellationToken)
    {
        if (await rows.AnswerAsync(PersonKey.User(userId), cardId, answer, cancellationToken) is not { } said)
            return false;
        // Lost, it is made up for by the wake-up at the card's end, which reads the row.
        if (said.IsNews)
            await queue.SendAsync(
                QueueNames.Outreach,
                [new OutreachId(said.Card.OutreachId).ToMessage(clock.GetUtcNow())],
                cancellationToken
            );
        return true;
    }
}
