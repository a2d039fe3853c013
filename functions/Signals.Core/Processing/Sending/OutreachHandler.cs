using System.Text;
using Microsoft.Extensions.Logging;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Erasure;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Sending;

/// <summary>
/// Takes planned outreach from the queue and checks everything again: whether it is due, still true and may still leave. What may goes to
/// <see cref="OutreachSender"/>.
/// </summary>
public sealed partial class OutreachHandler(
    IEntityStore store,
    OutreachRows rows,
    OutreachSender sender,
    CardKeeper cards,
    WakeIndex wakes,
    LiveSince live,
    EffectLog effects,
    AlertRows alerts,
    ErasedIds erased,
    LeftOutCounts leftOut,
    ValueModel model,
    TimeProvider clock,
    ILogger<OutreachHandler> logger
) : IMessageHandler
{
    private const int DeliveriesPerWake = 3;

    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromHours(1);

    private readonly AccountRows _accounts = new(store);

    public string Queue => QueueNames.Outreach;

    public int BatchSize => 64;

    public async Task<IReadOnlyList<Settlement>> HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        await erased.RefreshAsync(cancellationToken);
        var settlements = new Settlement[messages.Count];
        await Parallel.ForAsync(
            0,
            messages.Count,
            new ParallelOptions { MaxDegreeOfParallelism = BatchSize, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                string body = Encoding.UTF8.GetString(messages[i].Body.Span);
                try
                {
                    settlements[i] = OutreachId.Parse(body) is { } id
                        ? await HandleAsync(id, token)
                        : Settlement.Dead($"An outreach message holds an outreach id; found '{body[..Math.Min(body.Length, 100)]}'.");
                }
                catch (TransientStoreException fault)
                {
                    settlements[i] = Settlement.Again(fault.Message, fault.RetryAfter);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    LogFailed(logger, fault, body);
                    settlements[i] = Settlement.Again($"{fault.GetType().Name}: {fault.Message}");
                }
                if (settlements[i] is Settlement.Retry && messages[i].DeliveryCount % DeliveriesPerWake == 0)
                    await ComeBackAsync(body, token);
            }
        );
        return settlements;
    }

    /// <summary>
    /// A message given back many times ends in the dead letter, and an outage may outlast it: a wake-up brings the outreach back for as
    /// long as it is worth sending.
    /// </summary>
    private async Task ComeBackAsync(string body, CancellationToken cancellationToken)
    {
        if (OutreachId.Parse(body) is not { } id)
            return;
        try
        {
            await wakes.AddAsync(new Wake(clock.GetUtcNow() + ComeBackAfter, WakeKind.Outreach, id.Account, id.Value), cancellationToken);
        }
        catch (TransientStoreException fault)
        {
            LogNoWake(logger, fault, body);
        }
    }

    private async Task<Settlement> HandleAsync(OutreachId id, CancellationToken cancellationToken)
    {
        if (await rows.GetAsync(id, cancellationToken) is not { } stored)
            return Settlement.Done;
        if (IsErased(stored.Record))
            return await DropAsync(stored, cancellationToken);
        var now = clock.GetUtcNow();
        if (stored.Record.GoalReached is null && EffectLog.MeasuredAt(stored.Record, model) <= now)
        {
            if (await MeasureAsync(stored, cancellationToken) is not { } measured)
                return Settlement.Again("another worker changed the outreach");
            stored = measured;
        }
        switch (stored.Record.State)
        {
            case OutreachState.Sending:
                bool maySend =
                    sender.CanSendAgain(stored.Record) && await DecideAsync(stored.Record, now, cancellationToken) is SendDecision.Send;
                return await sender.ResumeAsync(stored, now, maySend, cancellationToken);
            case OutreachState.Planned when stored.Record.NotBefore > now:
                await wakes.AddAsync(new Wake(stored.Record.NotBefore.Value, WakeKind.Outreach, id.Account, id.Value), cancellationToken);
                return Settlement.Done;
            case OutreachState.Planned:
                break;
            case OutreachState.Sent or OutreachState.Delivered when stored.Record.Channel == CustomerChannels.InApp:
                return await cards.TendAsync(stored, record => DecideAsync(record, now, cancellationToken), now, cancellationToken)
                    ?? await HandleAsync(id, cancellationToken);
            default:
                return Settlement.Done;
        }

        var decision = await DecideAsync(stored.Record, now, cancellationToken);
        if (decision is SendDecision.Send && stored.Record.Channel == CustomerChannels.InApp)
            return await cards.OfferAsync(await TimelyAsync(stored, now, cancellationToken), now, cancellationToken)
                ?? await HandleAsync(id, cancellationToken);
        return decision switch
        {
            SendDecision.Stop stop => await sender.StopAsync(stored, stop, cancellationToken),
            SendDecision.Wait wait => await sender.WaitAsync(stored, wait, cancellationToken),
            SendDecision.Send { Apology: { } incident } => await sender.SendAsync(Apology(stored, incident), now, cancellationToken),
            _ => await sender.SendAsync(await TimelyAsync(stored, now, cancellationToken), now, cancellationToken),
        };
    }

    private bool IsErased(OutreachRecord record) =>
        record.Kind == OutreachKind.Message
        && (
            erased.Contains(new PersonKey(record.Person))
            || erased.Contains(new AccountKey(record.Account))
            || (Mailbox.Parse(record.To) is { } mailbox && erased.Contains(mailbox))
        );

    /// <summary>What was planned for somebody who was erased since is gone for good.</summary>
    private async Task<Settlement> DropAsync(StoredOutreach stored, CancellationToken cancellationToken)
    {
        if (!await rows.RemoveAsync(stored, cancellationToken))
            return Settlement.Again("another worker changed the outreach");
        leftOut.Note([new LeftOutNote(LeftOutKind.Erased, LeftOutRules.ErasedMessages, null)]);
        return Settlement.Done;
    }

    /// <summary>Notes whether the goal was reached in time; null when another worker was faster.</summary>
    private async Task<StoredOutreach?> MeasureAsync(StoredOutreach stored, CancellationToken cancellationToken)
    {
        var record = stored.Record;
        var key = new OutreachId(record.Id).Account;
        var account = await _accounts.GetAccountAsync(key, cancellationToken);
        var person = await _accounts.GetPersonAsync(key, new PersonKey(record.Person), cancellationToken);
        if (account is null || person is null)
            return stored;
        var playbook = model.PlaybookFor(record.Cause);
        var usage = new UsageView(person.History, model);
        bool reached = Goals.IsReached(
            playbook.Goal,
            record,
            usage,
            key.IsGroup ? new UsageView(account.History, model) : usage,
            model,
            Days.Of(record.PlannedAt.AddDays(playbook.GoalDays))
        );
        await effects.RecordAsync(record, heldOut: record.State == OutreachState.HeldOut, reached, cancellationToken);
        return await rows.ReplaceAsync(stored, record with { GoalReached = reached }, cancellationToken);
    }

    /// <summary>Says sorry for what is broken, in the place of a tip that would not work just now.</summary>
    private StoredOutreach Apology(StoredOutreach stored, Incident incident) =>
        stored with
        {
            Record = stored.Record with
            {
                Template = OutreachTemplates.Apology,
                Variables = stored.Record.Variables with
                {
                    Incident = incident.What.In(MessageLanguages.For(stored.Record.Locale, model.Locales)),
                    ActionUrl = null,
                },
            },
        };

    /// <summary>
    /// The message as it is true now: days that passed since it was planned are left out, and a follow-up whose first message never left
    /// is the first.
    /// </summary>
    private async Task<StoredOutreach> TimelyAsync(StoredOutreach stored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (stored.Record.Kind != OutreachKind.Message)
            return stored;
        var record = stored.Record with { Variables = stored.Record.Variables.On(Days.Of(now)) };
        if (
            record.FollowsUp is { } first
            && model.PlaybookFor(record.Cause).Message is { } message
            && (await rows.GetAsync(new OutreachId(first), cancellationToken))?.Record.HasLeft != true
        )
            record = record with { Template = message };
        return stored with { Record = record };
    }

    private async Task<SendDecision> DecideAsync(OutreachRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = new OutreachId(record.Id).Account;
        var account = await _accounts.GetAccountAsync(key, cancellationToken);
        var person =
            record.Kind == OutreachKind.Message
                ? await _accounts.GetPersonAsync(key, new PersonKey(record.Person), cancellationToken)
                : null;
        var alert = record.AlertId is null ? null : (await alerts.GetAsync(key, cancellationToken))?.Alert;
        return SendRules.Decide(record, account, person, alert, model, await live.GetAsync(cancellationToken), now);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Outreach {Id} has no wake-up: the store is away, and only its queue message brings it back."
    )]
    private static partial void LogNoWake(ILogger logger, Exception fault, string id);

    [LoggerMessage(Level = LogLevel.Error, Message = "Outreach {Id} failed; it is given back.")]
    private static partial void LogFailed(ILogger logger, Exception fault, string id);
}
