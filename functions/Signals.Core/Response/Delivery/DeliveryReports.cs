using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Erasure;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;

namespace Signals.Core.Response.Delivery;

/// <summary>
/// Applies what a provider reports to outreach and suppressions. Reports come late, twice and in any order: a report changes an outreach
/// only when it tells of something later than the one before, and suppressing twice is suppressing once. One that names no outreach is
/// believed by its address: who can't be reached, or does not want to be, is not written to again, whoever tells.
/// </summary>
public sealed class DeliveryReports(
    OutreachRows rows,
    Recipients recipients,
    BouncedAddresses bounces,
    RecipientKey recipientKey,
    ErasedIds erased,
    LeftOutCounts leftOut,
    TimeProvider clock
)
{
    private const int Concurrency = 8;

    private const string BounceSource = "bounce";
    private const string ProviderSource = "provider";

    /// <summary>
    /// Returns how many reports were about an outreach known here; the others are another app's. Throws
    /// <see cref="TransientStoreException"/>
    /// when the store is away: the whole batch may then be applied again.
    /// </summary>
    public async Task<int> ApplyAsync(IReadOnlyList<DeliveryReport> reports, CancellationToken cancellationToken)
    {
        await erased.RefreshAsync(cancellationToken);
        int dropped = reports.Count(IsOfErased);
        if (dropped > 0)
            reports = [.. reports.Where(report => !IsOfErased(report))];
        leftOut.Note(Enumerable.Repeat(new LeftOutNote(LeftOutKind.Erased, LeftOutRules.ErasedReports, null), dropped));
        int known = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            reports.GroupBy(report => report.OutreachId ?? $"@{report.Email}"),
            options,
            async (ofOne, token) =>
            {
                if (ofOne.First().OutreachId is null)
                {
                    foreach (var report in ofOne)
                        await ApplyToAddressAsync(report, token);
                    return;
                }
                if (OutreachId.Parse(ofOne.Key) is not { } id)
                    return;
                foreach (var report in ofOne)
                {
                    if (!await ApplyAsync(id, report, token))
                        return;
                    Interlocked.Increment(ref known);
                }
            }
        );
        return known;
    }

    /// <summary>Their address is suppressed already, and there is no mail of theirs that anything could be noted at.</summary>
    private bool IsOfErased(DeliveryReport report) =>
        (Mailbox.Parse(report.Email) is { } mailbox && erased.Contains(mailbox))
        || (OutreachId.Parse(report.OutreachId) is { } id && erased.Contains(id.Account));

    /// <summary>
    /// The mail it was about is taken to be the last one that Signals sent there; it is told apart no further. A wish about a topic that
    /// nobody knows any more is one about all.
    /// </summary>
    private async Task ApplyToAddressAsync(DeliveryReport report, CancellationToken cancellationToken)
    {
        bool isOfTopic = report.Kind == DeliveryEvent.TopicUnsubscribed;
        if (report.Email is not { } email || (isOfTopic ? ProviderSource : WishOf(report.Kind)) is not { } wish)
            return;
        string recipient = recipientKey.Of(email);
        string last = (await recipients.GetAsync(recipient, cancellationToken)).Sends.MaxBy(send => send.At)?.OutreachId ?? "";
        var sent = OutreachId.Parse(last) is { } id ? await rows.GetAsync(id, cancellationToken) : null;
        string? topic = isOfTopic && sent is not null ? OutreachTopics.Of(sent.Record) : null;
        await recipients.UnsubscribeAsync(recipient, topic, $"{wish}:{last}", clock.GetUtcNow(), cancellationToken);
        if (wish == BounceSource && sent is not null)
            await bounces.NoteAsync(sent.Record, report.At, cancellationToken);
    }

    /// <summary>False when there is no such outreach.</summary>
    private Task<bool> ApplyAsync(OutreachId id, DeliveryReport report, CancellationToken cancellationToken) =>
        Optimistic.ChangeAsync($"report on outreach '{id}'", clock, () => TryApplyAsync(id, report, cancellationToken), cancellationToken);

    private async Task<Attempt<bool>> TryApplyAsync(OutreachId id, DeliveryReport report, CancellationToken cancellationToken)
    {
        if (await rows.GetAsync(id, cancellationToken) is not { } stored)
            return false;
        string recipient = recipientKey.Of(stored.Record.To);
        // First, so that a crash in between leaves nobody written to who asked for silence.
        bool isOfAnother = IsOfAnother(report, stored.Record);
        if (!isOfAnother && SuppressionOf(report, stored.Record) is { } suppression)
            await recipients.UnsubscribeAsync(recipient, suppression.Topic, suppression.Source, clock.GetUtcNow(), cancellationToken);
        if (!isOfAnother && WishOf(report.Kind) == BounceSource)
            await bounces.NoteAsync(stored.Record, report.At, cancellationToken);
        var changed = After(stored.Record, report);
        if (changed is not null && await rows.ReplaceAsync(stored, changed, cancellationToken) is null)
            return Attempt.Conflict;
        var settled = (changed ?? stored.Record).State;
        await recipients.SettleAsync(recipient, id.Value, settled, clock.GetUtcNow(), cancellationToken);
        // Who was not reached takes no place among the account's messages either.
        if (settled is OutreachState.Bounced or OutreachState.Failed && id.Account.IsGroup)
            await recipients.SettleAsync(recipientKey.OfAccount(id.Account), id.Value, settled, clock.GetUtcNow(), cancellationToken);
        return true;
    }

    /// <summary>
    /// True where the mail went to another address than its recipient's (<see cref="SandboxRecipient"/>): whoever reads there speaks for
    /// themselves.
    /// </summary>
    private static bool IsOfAnother(DeliveryReport report, OutreachRecord record) =>
        report.Email is { } email && !Mailbox.AreSame(email, record.To);

    /// <summary>
    /// The record after a report, or null when that tells nothing new. It is believed whatever state the record is in: a mail whose sending
    /// seemed to fail, and that was delivered, was sent.
    /// </summary>
    private static OutreachRecord? After(OutreachRecord record, DeliveryReport report)
    {
        var state = StateAfter(report.Kind);
        bool isNews =
            record.ReportedAt is not { } before || report.At > before || (report.At == before && Rank(state) > Rank(record.State));
        // That the provider has it is no news once anything else was heard, whatever the clocks say.
        if (!isNews || (state == OutreachState.Sent && record.ReportedAt is not null))
            return null;
        return record with
        {
            State = state,
            Reason = state is OutreachState.Bounced or OutreachState.Failed ? report.Reason : null,
            SentAt = record.SentAt ?? report.At,
            ReportedAt = report.At,
            NotBefore = null,
        };
    }

    /// <summary>Whoever complains or unsubscribes has got the mail.</summary>
    private static OutreachState StateAfter(DeliveryEvent kind) =>
        kind switch
        {
            DeliveryEvent.Accepted => OutreachState.Sent,
            DeliveryEvent.Dropped
            or DeliveryEvent.DroppedAsBounced
            or DeliveryEvent.DroppedAsSpamReported
            or DeliveryEvent.DroppedAsUnsubscribed => OutreachState.Failed,
            DeliveryEvent.Blocked or DeliveryEvent.Bounced => OutreachState.Bounced,
            _ => OutreachState.Delivered,
        };

    private static int Rank(OutreachState state) =>
        state switch
        {
            OutreachState.Bounced => 3,
            OutreachState.Delivered => 2,
            OutreachState.Failed => 1,
            _ => 0,
        };

    private static (string? Topic, string Source)? SuppressionOf(DeliveryReport report, OutreachRecord record) =>
        report.Kind == DeliveryEvent.TopicUnsubscribed ? (OutreachTopics.Of(record), $"{ProviderSource}:{record.Id}")
        : WishOf(report.Kind) is { } wish ? (null, $"{wish}:{record.Id}")
        : null;

    /// <summary>Why there must be no more mail at all, as suppressions are told apart by it; null when there may be.</summary>
    private static string? WishOf(DeliveryEvent kind) =>
        kind switch
        {
            DeliveryEvent.Bounced or DeliveryEvent.DroppedAsBounced => BounceSource,
            DeliveryEvent.SpamReport or DeliveryEvent.DroppedAsSpamReported => "spam-report",
            DeliveryEvent.Unsubscribed or DeliveryEvent.DroppedAsUnsubscribed => ProviderSource,
            _ => null,
        };
}
