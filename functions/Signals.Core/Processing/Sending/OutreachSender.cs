using Microsoft.Extensions.Logging;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Telemetry;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Delivery;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Sending;

/// <summary>
/// Sends outreach that may leave: claims the send in the recipient's partition, sends once, and records what came of it. A claim whose
/// process died is sent again only where that cannot reach the recipient twice; otherwise it becomes uncertain.
/// </summary>
public sealed partial class OutreachSender(
    OutreachRows rows,
    Recipients recipients,
    BouncedAddresses bounces,
    RecipientKey recipientKey,
    SendBudget budget,
    WakeIndex wakes,
    OutreachCarrier carrier,
    MailComposer composer,
    ValueModel model,
    OutreachOptions options,
    TimeProvider clock,
    ILogger<OutreachSender> logger
)
{
    private static readonly TimeSpan BudgetRest = TimeSpan.FromMinutes(1);

    /// <summary>Claims it and sends it, or puts it off or stops it where recipient, account or day say so.</summary>
    public async Task<Settlement> SendAsync(StoredOutreach stored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var record = stored.Record;
        string recipient = await RecipientAsync(record, cancellationToken);
        RenderedMessage rendered;
        try
        {
            rendered = composer.Render(record, recipient);
        }
        catch (TemplateException fault)
        {
            LogUnspeakable(logger, fault, record.Id);
            return await StopAsync(stored, new SendDecision.Stop(OutreachState.Failed, fault.Message), cancellationToken);
        }

        bool counts = record.Kind == OutreachKind.Message;
        var cap = counts ? model.Outreach.PerPerson : new SendCap(int.MaxValue, 1);
        // The recipient comes first: a second worker with the same message sees the claim, and does not put off what the first one is
        // sending.
        var claim = await recipients.ClaimAsync(
            recipient,
            record.Id,
            OutreachTopics.Of(record),
            Heeds(record),
            cap,
            WordsOf(record),
            now,
            cancellationToken
        );
        if (claim.Status == ClaimStatus.Claimed || IsAbandoned(record, claim.Earlier, now))
        {
            if (!counts || await RoomAsync(record, now, cancellationToken) is not { } wait)
                return await CarryAsync(stored, rendered, recipient, now, budgeted: counts, cancellationToken);
            await recipients.SettleAsync(recipient, record.Id, OutreachState.Planned, now, cancellationToken);
            return await PutOffAsync(stored, wait, cancellationToken);
        }
        switch (claim.Status)
        {
            case ClaimStatus.Suppressed:
                await recipients.SettleAsync(recipient, record.Id, OutreachState.Suppressed, now, cancellationToken);
                return await StopAsync(
                    stored,
                    new SendDecision.Stop(
                        OutreachState.Suppressed,
                        await RefusalAsync(record, recipient, cancellationToken) ?? "the recipient unsubscribed"
                    ),
                    cancellationToken
                );
            case ClaimStatus.Heard:
                return await StopAsync(
                    stored,
                    new SendDecision.Stop(
                        OutreachState.Suppressed,
                        record.Cause == OutreachTemplates.Survey
                            ? "this person was asked something within a quarter"
                            : "the same words were sent to this person before"
                    ),
                    cancellationToken
                );
            case ClaimStatus.Capped:
                return await PutOffAsync(
                    stored,
                    SendRules.Wait(record, claim.Until!.Value, "the recipient has had enough messages for now"),
                    cancellationToken
                );
            default:
                return await ReconcileAsync(stored, claim.Earlier!, now, cancellationToken);
        }
    }

    /// <summary>
    /// What nobody may hear twice. The question about an address is asked of whoever changes theirs, as often as they do.
    /// </summary>
    private MailWords? WordsOf(OutreachRecord record) =>
        record.Kind != OutreachKind.Message || record.Cause == OutreachTemplates.ConfirmAddress ? null
        : record.Cause == OutreachTemplates.Survey ? MailWords.OfSurvey(record.Id)
        : MailWords.Of(composer.Preview(record));

    /// <summary>The recipient's key, with all that is known of them under it.</summary>
    private async ValueTask<string> RecipientAsync(OutreachRecord record, CancellationToken cancellationToken)
    {
        string recipient = recipientKey.Of(record.To);
        await recipients.AdoptAsync(recipient, recipientKey.FormerOf(record.AsWritten ?? record.To), cancellationToken);
        return recipient;
    }

    /// <summary>True where the product's word stops it: customers' messages, unless the model leaves them that one.</summary>
    private bool Heeds(OutreachRecord record) =>
        record.Kind == OutreachKind.Message && model.OptOut.Stops(CauseCatalogue.IsNotice(record.Cause));

    /// <summary>Why the recipient wants no such mail; null where they may get it.</summary>
    private async ValueTask<string?> RefusalAsync(OutreachRecord record, string recipient, CancellationToken cancellationToken)
    {
        var known = await recipients.GetAsync(recipient, cancellationToken);
        return known.IsSuppressed(OutreachTopics.Of(record)) ? "the recipient unsubscribed"
            : Heeds(record) && known.IsRefusedByProduct ? "the product says that the recipient wants no mail"
            : null;
    }

    /// <summary>Takes one of the account's messages and one of the day's; when either has none left, how long to wait.</summary>
    private async Task<SendDecision?> RoomAsync(OutreachRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await AccountIsFullAsync(record, now, cancellationToken) is { } accountHasRoom)
            return SendRules.Wait(record, accountHasRoom, "the account's people have had enough messages for now");
        if (await budget.TakeAsync(model.Outreach.PerDay, now, cancellationToken))
            return null;
        await SettleAccountAsync(record, OutreachState.Planned, now, cancellationToken);
        var tomorrow = Days.Start(Days.Of(now) + 1) + BudgetRest;
        return SendRules.Wait(record, tomorrow, $"the day's limit of {model.Outreach.PerDay} messages is reached");
    }

    /// <summary>
    /// Claims one of the account's messages; when none is left, the moment from which one is. Accounts of one person have that person's
    /// cap.
    /// </summary>
    private async Task<DateTimeOffset?> AccountIsFullAsync(OutreachRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var account = new OutreachId(record.Id).Account;
        if (!account.IsGroup)
            return null;
        var claim = await recipients.ClaimAsync(
            recipientKey.OfAccount(account),
            record.Id,
            OutreachTopics.Of(record),
            heedsProduct: false,
            model.Outreach.PerAccount,
            null,
            now,
            cancellationToken
        );
        return claim.Until;
    }

    private async Task SettleAccountAsync(
        OutreachRecord record,
        OutreachState state,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var account = new OutreachId(record.Id).Account;
        if (record.Kind == OutreachKind.Message && account.IsGroup)
            await recipients.SettleAsync(recipientKey.OfAccount(account), record.Id, state, now, cancellationToken);
    }

    private async Task<Settlement> CarryAsync(
        StoredOutreach stored,
        RenderedMessage rendered,
        string recipient,
        DateTimeOffset now,
        bool budgeted,
        CancellationToken cancellationToken
    )
    {
        var sending = stored.Record with
        {
            State = OutreachState.Sending,
            ClaimedAt = now,
            Message = rendered,
            Reason = null,
            NotBefore = null,
        };
        if (await rows.ReplaceAsync(stored, sending, cancellationToken) is not { } claimed)
        {
            if (budgeted)
                await budget.ReturnAsync(now);
            return Settlement.Again("another worker changed the outreach");
        }

        var outcome = await carrier.SendAsync(sending, rendered, recipient, now, cancellationToken);
        var ended = clock.GetUtcNow();
        if (outcome.Status != SendStatus.Accepted)
            LogNotSent(logger, sending.Id, outcome.Status, MaskedAddresses.In(outcome.Detail));
        if (outcome.Status == SendStatus.NoSuchRecipient)
        {
            // First, so that a crash in between leaves nobody at a dead address written to again.
            await recipients.UnsubscribeAsync(recipient, topic: null, $"bounce:{sending.Id}", ended, CancellationToken.None);
            await bounces.NoteAsync(sending, ended, CancellationToken.None);
        }
        if (budgeted && outcome.Status is SendStatus.Transient or SendStatus.Refused or SendStatus.NoSuchRecipient)
            await budget.ReturnAsync(now);
        var after = outcome.Status switch
        {
            SendStatus.Accepted => sending with { State = OutreachState.Sent, SentAt = ended },
            SendStatus.Transient => sending with
            {
                State = OutreachState.Planned,
                ClaimedAt = null,
                Message = null,
                Reason = outcome.Detail,
            },
            SendStatus.Refused => sending with { State = OutreachState.Failed, Reason = outcome.Detail },
            SendStatus.NoSuchRecipient => sending with { State = OutreachState.Bounced, Reason = outcome.Detail },
            _ => sending with { State = OutreachState.Uncertain, Reason = outcome.Detail ?? "no answer came" },
        };
        if (await rows.ReplaceAsync(claimed, after, CancellationToken.None) is null)
            return Settlement.Again("another worker changed the outreach while it was sent");
        CountSend(after);
        await recipients.SettleAsync(recipient, sending.Id, after.State, ended, CancellationToken.None);
        await SettleAccountAsync(after, after.State, ended, CancellationToken.None);
        return outcome.Status == SendStatus.Transient
            ? Settlement.Again(outcome.Detail ?? "the provider is busy", outcome.RetryAfter)
            : Settlement.Done;
    }

    /// <summary>
    /// A record left in sending: by a worker that is at it now, or by one that died. The same mail may leave again where that cannot reach
    /// the recipient twice, as long as everything still says that it may be sent at all.
    /// </summary>
    /// <param name="stored">The record.</param>
    /// <param name="now">Now.</param>
    /// <param name="maySend">True where everything says so still, and <see cref="CanSendAgain"/> does.</param>
    /// <param name="cancellationToken">Ends it before it is sent.</param>
    public async Task<Settlement> ResumeAsync(StoredOutreach stored, DateTimeOffset now, bool maySend, CancellationToken cancellationToken)
    {
        var record = stored.Record;
        string recipient = await RecipientAsync(record, cancellationToken);
        if (maySend && await RefusalAsync(record, recipient, cancellationToken) is null)
            return await CarryAsync(stored, record.Message!, recipient, record.ClaimedAt ?? now, budgeted: false, cancellationToken);
        if (record.ClaimedAt is { } claimed && !Elapsed.Since(claimed, options.WorkerTimeout, now))
            return Settlement.Again("another worker is sending it", options.WorkerTimeout - (now - claimed));
        var uncertain = record with { State = OutreachState.Uncertain, Reason = "the process ended while it was sending" };
        if (await rows.ReplaceAsync(stored, uncertain, cancellationToken) is null)
            return Settlement.Again("another worker changed the outreach");
        CountSend(uncertain);
        await recipients.SettleAsync(recipient, record.Id, OutreachState.Uncertain, now, cancellationToken);
        return Settlement.Done;
    }

    /// <summary>Gives back what a claim took of the caps, for nobody got what it was for.</summary>
    public async Task ReleaseAsync(OutreachRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string recipient = await RecipientAsync(record, cancellationToken);
        await recipients.SettleAsync(recipient, record.Id, OutreachState.Planned, now, cancellationToken);
        await SettleAccountAsync(record, OutreachState.Planned, now, cancellationToken);
    }

    /// <summary>Notes at the recipient's that what was claimed reached them.</summary>
    public async Task SettleDeliveredAsync(OutreachRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string recipient = await RecipientAsync(record, cancellationToken);
        await recipients.SettleAsync(recipient, record.Id, OutreachState.Delivered, now, cancellationToken);
        await SettleAccountAsync(record, OutreachState.Delivered, now, cancellationToken);
    }

    /// <summary>True where sending it once more cannot reach the recipient twice.</summary>
    public bool CanSendAgain(OutreachRecord record) => carrier.IsIdempotent(record);

    /// <summary>
    /// True for a claim of a process that died before it wrote the record: the record is written before the mail leaves, so it never left.
    /// </summary>
    private bool IsAbandoned(OutreachRecord record, RecipientSend? earlier, DateTimeOffset now) =>
        earlier is { State: OutreachState.Sending }
        && (carrier.IsIdempotent(record) || Elapsed.Since(earlier.At, options.WorkerTimeout, now));

    /// <summary>The recipient's partition says it was claimed while the record is still planned.</summary>
    private async Task<Settlement> ReconcileAsync(
        StoredOutreach stored,
        RecipientSend earlier,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (earlier.State == OutreachState.Sending)
            return Settlement.Again("another worker has claimed it", options.WorkerTimeout - (now - earlier.At));
        var settled = stored.Record with { State = earlier.State, SentAt = earlier.At };
        return await rows.ReplaceAsync(stored, settled, cancellationToken) is null
            ? Settlement.Again("another worker changed the outreach")
            : Settlement.Done;
    }

    private Task<Settlement> PutOffAsync(StoredOutreach stored, SendDecision decision, CancellationToken cancellationToken) =>
        decision is SendDecision.Wait wait
            ? WaitAsync(stored, wait, cancellationToken)
            : StopAsync(stored, (SendDecision.Stop)decision, cancellationToken);

    public async Task<Settlement> StopAsync(StoredOutreach stored, SendDecision.Stop stop, CancellationToken cancellationToken)
    {
        var stopped = stored.Record with { State = stop.State, Reason = stop.Reason };
        if (await rows.ReplaceAsync(stored, stopped, cancellationToken) is null)
            return Settlement.Again("another worker changed the outreach");
        CountSend(stopped);
        return Settlement.Done;
    }

    public async Task<Settlement> WaitAsync(StoredOutreach stored, SendDecision.Wait wait, CancellationToken cancellationToken)
    {
        var id = new OutreachId(stored.Record.Id);
        await wakes.AddAsync(new Wake(wait.Until, WakeKind.Outreach, id.Account, id.Value), cancellationToken);
        return
            await rows.ReplaceAsync(stored, stored.Record with { NotBefore = wait.Until, Reason = wait.Reason }, cancellationToken) is null
            ? Settlement.Again("another worker changed the outreach")
            : Settlement.Done;
    }

    private static void CountSend(OutreachRecord record) =>
        SignalsMetrics.RecordSend(OutreachStates.Name(record.State), record.Kind == OutreachKind.Alert ? "alert" : "message");

    [LoggerMessage(Level = LogLevel.Error, Message = "Outreach {Id} cannot be put into words.")]
    private static partial void LogUnspeakable(ILogger logger, Exception fault, string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outreach {Id} was not sent: {Status}, {Detail}")]
    private static partial void LogNotSent(ILogger logger, string id, SendStatus status, string? detail);
}
