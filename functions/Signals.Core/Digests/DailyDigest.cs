using Signals.Core.Accounts;
using Signals.Core.Lists;
using Signals.Core.Messaging;
using Signals.Core.Model;
using Signals.Core.Outreach;
using Signals.Core.Pipeline;
using Signals.Core.Storage;
using Signals.Core.Waking;

namespace Signals.Core.Digests;

/// <summary>
/// Once each working morning, one mail to each CS manager: whose risk grew, who recovered, and on Mondays who still waits. Digests are
/// outreach: they are claimed and sent as everything else, once, whatever crashes.
/// </summary>
/// <remarks>
/// It reads the list of accounts by risk, a query for each thousand accounts. Table system, partition <c>digests</c>, a row a day says that
/// the day's are planned; a run that a crash cut short plans the same ids again.
/// </remarks>
public sealed class DailyDigest(
    IEntityStore store, AccountLists accounts, OutreachRows outreach, WakeIndex wakes, IMessageQueue queue, ValueModel model, TimeProvider clock)
{
    /// <summary>The template of digests, and what they stand under in place of a cause.</summary>
    public const string Name = "digest";

    private const string Partition = "digests";
    private const int PageSize = 1000;

    /// <summary>Digests belong to no customer's account; their outreach stands under this key.</summary>
    private static readonly AccountKey Account = new("d_digests");

    private static readonly TimeSpan SendWithin = TimeSpan.FromMinutes(10);

    private int _plannedOn;

    /// <summary>Plans the latest digests that are due, unless that was done; returns how many. Cheap to call often.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var day = DigestDay.Latest(now, model.TimeZone);
        if (day.Day == _plannedOn || now >= day.At.AddDays(model.Outreach.ExpireAfterDays))
            return 0;
        if (await store.GetAsync(PipelineCounters.Table, Partition, Days.Key(day.Day), cancellationToken).ConfigureAwait(false) is not null)
        {
            _plannedOn = day.Day;
            return 0;
        }
        var records = (await DraftAsync(day, cancellationToken).ConfigureAwait(false))
            .Where(draft => draft.Value.IsNews)
            .Select(draft => Record(draft.Key, draft.Value, day))
            .ToList();
        foreach (var record in records)
            await PlanAsync(record, now, cancellationToken).ConfigureAwait(false);
        await store.CommitAsync(
            PipelineCounters.Table, Partition, [EntityOperation.Upsert(new Entity(Partition, Days.Key(day.Day)) { ["count"] = records.Count })], cancellationToken).ConfigureAwait(false);
        _plannedOn = day.Day;
        return records.Count;
    }

    private async Task<Dictionary<string, DigestDraft>> DraftAsync(DigestDay day, CancellationToken cancellationToken)
    {
        var drafts = new Dictionary<string, DigestDraft>(StringComparer.OrdinalIgnoreCase);
        await foreach (var (account, _) in accounts.ReadAsync(AccountLists.ByRisk, null, PageSize, cancellationToken).ConfigureAwait(false))
        {
            if (!DigestDraft.IsTelling(account, day))
                continue;
            foreach (string address in model.Alerts.AddressesFor(account.Csm))
            {
                if (!drafts.TryGetValue(address, out var draft))
                    drafts[address] = draft = new DigestDraft(day, model.TeamLocale);
                draft.Add(account);
            }
        }
        return drafts;
    }

    private async Task PlanAsync(OutreachRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await wakes.AddAsync(new Wake(now + SendWithin, WakeKind.Outreach, Account, record.Id), cancellationToken).ConfigureAwait(false);
        await outreach.AnnounceAsync(record, cancellationToken).ConfigureAwait(false);
        var inserted = await store.CommitAsync(AccountRows.Table, Account.Value, [OutreachRows.Insert(record)], cancellationToken).ConfigureAwait(false);
        if (inserted.Committed)
            await queue.SendAsync(QueueNames.Outreach, [new OutreachId(record.Id).ToMessage()], cancellationToken).ConfigureAwait(false);
    }

    private OutreachRecord Record(string address, DigestDraft draft, DigestDay day) => new()
    {
        Id = OutreachId.Of(Account, address.ToLowerInvariant(), Name, null, day.At).Value,
        Kind = OutreachKind.Digest,
        Account = Account.Value,
        AccountId = "",
        Cause = Name,
        Template = Name,
        Locale = model.TeamLocale,
        To = address,
        State = OutreachState.Planned,
        PlannedAt = day.At,
        ExpiresAt = day.At.AddDays(model.Outreach.ExpireAfterDays),
        Variables = new MessageVariables { Product = model.Product, Cause = Name, Digest = draft.ToMessage() },
    };
}
