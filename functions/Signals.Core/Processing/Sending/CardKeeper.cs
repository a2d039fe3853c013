using Microsoft.Extensions.Logging;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Response.Cards;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Sending;

/// <summary>
/// What comes before and after a card is shown: whether there can be one, what its person said of it, when it is taken back, and when the
/// mail goes in its place. What the person said stands in the card's own row, and is read from there; a message that asks to look at it may
/// come late, twice or never.
/// </summary>
public sealed partial class CardKeeper(
    CardShelf shelf,
    HelpRows cards,
    OutreachRows rows,
    OutreachSender sender,
    WakeIndex wakes,
    SandboxRecipient sandbox,
    ValueModel model,
    ILogger<CardKeeper> logger
)
{
    /// <summary>
    /// Offers what may leave now. Null when there can be no card of it, or none to customers: then it is a planned mail, to be looked at
    /// again.
    /// </summary>
    public async Task<Settlement?> OfferAsync(StoredOutreach stored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var record = stored.Record;
        var terms = TermsOf(record);
        if (sandbox.IsOn)
            return await MailAsync(stored, now, "every message goes to one address", cancellationToken);
        try
        {
            if (!CardShelf.MakesSense(record, shelf.WordsOf(record)))
                return terms.SendsMail
                    ? await MailAsync(stored, now, "a card leads to a page, and this has none to lead to", cancellationToken)
                    : await StopAsync(
                        stored,
                        OutreachState.Failed,
                        "a card leads to a page: set nextStep or a help page",
                        cancellationToken
                    );
        }
        catch (TemplateException fault)
        {
            LogUnspeakable(logger, fault, record.Id);
            return await StopAsync(stored, OutreachState.Failed, fault.Message, cancellationToken);
        }
        var other = await cards.GetAsync(new PersonKey(record.Person), cancellationToken);
        if (other?.Card is { Kind: CardKinds.Survey } asked && record.Cause != OutreachTemplates.Survey && asked.Life.StandsAt(now))
        {
            // Help comes before questions: what is still asked can wait for the next quarter.
            await cards.WithdrawAsync(new PersonKey(record.Person), asked.OutreachId, evenIfSeen: true, cancellationToken);
            await wakes.AddAsync(new Wake(now, WakeKind.Outreach, asked.Account, asked.OutreachId), cancellationToken);
            other = null;
        }
        if (other is not null && other.Card.OutreachId != record.Id && other.Card.Life.StandsAt(now))
        {
            return SendRules.Wait(record, other.Card.Life.Until, "another card of this person stands") is SendDecision.Wait wait
                ? await sender.WaitAsync(stored, wait, cancellationToken)
                : await StopAsync(stored, OutreachState.Expired, "another card of this person stood too long", cancellationToken);
        }
        var life = new CardLife(now, now + terms.Stand);
        await wakes.AddAsync(WakeAt(life.Until, record), cancellationToken);
        return await sender.SendAsync(stored with { Record = record with { Card = life } }, now, cancellationToken);
    }

    /// <summary>
    /// Looks at a card that was offered. Null when it is a planned mail from now on, to be looked at again.
    /// </summary>
    /// <param name="stored">Its outreach, sent or seen.</param>
    /// <param name="decide">What everything known says of it now.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Settlement?> TendAsync(
        StoredOutreach stored,
        Func<OutreachRecord, Task<SendDecision>> decide,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var record = stored.Record;
        var person = new PersonKey(record.Person);
        var known = (await cards.GetAsync(person, cancellationToken))?.Card;
        var life = known?.OutreachId == record.Id ? known.Life : record.Card;
        if (life is null)
            return Settlement.Done;
        // The row holds one card: where it is another's, ours gave way to it.
        if (record.Cause == OutreachTemplates.Survey && known is not null && known.OutreachId != record.Id && life.StandsAt(now))
            life = life with { WithdrawnAt = now };
        if (life.StandsAt(now))
        {
            // It had its time to be offered; what counts now is whether it is still true.
            switch (await decide(record with { ExpiresAt = DateTimeOffset.MaxValue }))
            {
                case SendDecision.Stop stop:
                    return await TakeBackAsync(stored, person, stop.Reason, cancellationToken);
                case SendDecision.TakeBack held:
                    life = await cards.WithdrawAsync(person, record.Id, evenIfSeen: true, cancellationToken);
                    if (life is { SeenAt: null } && TermsOf(record).SendsMail)
                        return await MailAsync(stored with { Record = record with { Card = life } }, now, held.Reason, cancellationToken);
                    return await TakeBackAsync(stored, person, held.Reason, cancellationToken);
            }
        }
        else if (life.SeenAt is null && life.WithdrawnAt is null)
        {
            // Whoever sees it in this moment is faster, or does not see it any more.
            life = await cards.WithdrawAsync(person, record.Id, evenIfSeen: false, cancellationToken) ?? life with { WithdrawnAt = now };
        }
        if (life.SeenAt is null && life.WithdrawnAt is not null)
        {
            if (record.Cause == OutreachTemplates.Survey && life.WithdrawnAt < life.Until)
                return await EndAsync(stored, life, OutreachState.Suppressed, "help took its place", now, cancellationToken);
            return TermsOf(record).SendsMail
                ? await MailAsync(stored with { Record = record with { Card = life } }, now, "nobody saw the card", cancellationToken)
                : await EndAsync(stored, life, OutreachState.Expired, "nobody saw the card", now, cancellationToken);
        }
        return life.SeenAt is null ? Settlement.Done : await NoteAsync(stored, life, now, cancellationToken);
    }

    /// <summary>What is no longer true is not shown any more; what was seen of it stays seen.</summary>
    private async Task<Settlement> TakeBackAsync(
        StoredOutreach stored,
        PersonKey person,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var life = await cards.WithdrawAsync(person, stored.Record.Id, evenIfSeen: true, cancellationToken);
        if (life is null)
            return Settlement.Done;
        var at = life.WithdrawnAt ?? life.Until;
        return life.SeenAt is null
            ? await EndAsync(stored, life, OutreachState.Suppressed, reason, at, cancellationToken)
            : await ReplaceAsync(stored, stored.Record with { State = OutreachState.Delivered, Card = life }, cancellationToken);
    }

    /// <summary>Enters what the person said; a card that was put away may have a mail after it.</summary>
    private async Task<Settlement?> NoteAsync(StoredOutreach stored, CardLife life, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var record = stored.Record;
        if (life.DismissedAt is not null && TermsOf(record).MailsAfterDismissed)
            return await MailAsync(stored with { Record = record with { Card = life } }, now, "the card was put away", cancellationToken);
        if (record.State == OutreachState.Delivered && record.Card == life)
            return Settlement.Done;
        await sender.SettleDeliveredAsync(record, now, cancellationToken);
        return await ReplaceAsync(
            stored,
            record with
            {
                State = OutreachState.Delivered,
                Card = life,
                Reason = life.DoneAt is not null
                    ? record.Cause == OutreachTemplates.Survey
                        ? "it was answered"
                        : "its step was taken"
                    : life.DismissedAt is not null
                        ? "it was put away"
                        : null,
            },
            cancellationToken
        );
    }

    private async Task<Settlement> EndAsync(
        StoredOutreach stored,
        CardLife life,
        OutreachState state,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await sender.ReleaseAsync(stored.Record, now, cancellationToken);
        return await ReplaceAsync(
            stored,
            stored.Record with
            {
                State = state,
                Reason = reason,
                Card = life,
                SentAt = null,
            },
            cancellationToken
        );
    }

    /// <summary>Makes a planned mail of it, due when the card would have waited long enough; null when that is so now.</summary>
    private async Task<Settlement?> MailAsync(StoredOutreach stored, DateTimeOffset now, string reason, CancellationToken cancellationToken)
    {
        var record = stored.Record;
        var at = record.Card?.Until is { } until && until > now ? until : now;
        if (record.Card is not null)
            await sender.ReleaseAsync(record, now, cancellationToken);
        await wakes.AddAsync(WakeAt(at, record), cancellationToken);
        var mail = record with
        {
            State = OutreachState.Planned,
            Channel = AlertChannels.Email,
            Reason = reason,
            NotBefore = at,
            ExpiresAt = at.AddDays(model.Outreach.ExpireAfterDays),
            ClaimedAt = null,
            SentAt = null,
            Message = null,
        };
        return await rows.ReplaceAsync(stored, mail, cancellationToken) is null ? Changed
            : at > now ? Settlement.Done
            : null;
    }

    private Task<Settlement> StopAsync(StoredOutreach stored, OutreachState state, string reason, CancellationToken cancellationToken) =>
        sender.StopAsync(stored, new SendDecision.Stop(state, reason), cancellationToken);

    private async Task<Settlement> ReplaceAsync(StoredOutreach stored, OutreachRecord record, CancellationToken cancellationToken) =>
        await rows.ReplaceAsync(stored, record, cancellationToken) is null ? Changed : Settlement.Done;

    private CardTerms TermsOf(OutreachRecord record) => CardTerms.Of(record.Cause, record.Detail, model);

    private static Settlement Changed => Settlement.Again("another worker changed the outreach");

    private static Wake WakeAt(DateTimeOffset at, OutreachRecord record) =>
        new(at, WakeKind.Outreach, new OutreachId(record.Id).Account, record.Id);

    [LoggerMessage(Level = LogLevel.Error, Message = "Outreach {Id} cannot be put into a card's words.")]
    private static partial void LogUnspeakable(ILogger logger, Exception fault, string id);
}
