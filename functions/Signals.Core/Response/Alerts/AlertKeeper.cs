using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;
using Signals.Core.State.Team;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Response.Alerts;

/// <summary>
/// Looks after one account's alert: tells what is to be told, ends snoozes, escalates what nobody answered, keeps the lists in line, and
/// has answers in the audit trail. Whoever changes an alert writes a wake-up first and calls this afterwards; a crash in between leaves the
/// rest to the wake-up.
/// </summary>
public sealed class AlertKeeper(
    IEntityStore store,
    AlertRows rows,
    AlertLists lists,
    AlertRules rules,
    AlertMessages messages,
    AlertContacts contacts,
    AlertBudget budget,
    TeamCalendars calendars,
    TeamDirectory team,
    OutreachRows outreach,
    AuditLog audit,
    WebhookOutbox webhooks,
    WakeIndex wakes,
    IMessageQueue queue,
    OutreachOptions options,
    TimeProvider clock
)
{
    /// <summary>Outreach that is looked at to say what was written to the customer.</summary>
    private const int RecentOutreach = 20;

    private static readonly TimeSpan RepairAfter = TimeSpan.FromMinutes(5);

    private readonly AccountRows _accounts = new(store);

    /// <summary>The wake-up to write before an alert is changed, and to take back once it was tended.</summary>
    public Wake RepairOf(AccountKey account) => WakeAt(clock.GetUtcNow() + RepairAfter, account);

    public static Wake WakeAt(DateTimeOffset at, AccountKey account) => new(at, WakeKind.Alert, account);

    /// <summary>Does what is due; doing it again changes nothing.</summary>
    public Task TendAsync(AccountKey account, CancellationToken cancellationToken) =>
        Optimistic.ChangeAsync(
            $"tend the alert of account '{account}'",
            clock,
            () => TryTendAsync(account, cancellationToken),
            cancellationToken
        );

    /// <summary>False when the alert is another by now: others changed it, or it has just told what it had to.</summary>
    private async Task<bool> TryTendAsync(AccountKey account, CancellationToken cancellationToken)
    {
        if (await rows.GetAsync(account, cancellationToken) is not { } stored)
            return true;
        var due = AlertRules.AfterTime(stored.Alert, clock.GetUtcNow());
        if (due.ToTell is not null)
        {
            await TellAsync(account, due, stored, cancellationToken);
            return false;
        }
        await lists.SyncAsync(stored.Alert, cancellationToken);
        foreach (var answer in stored.Alert.Unaudited)
            await audit.WriteAsync(EntryOf(stored.Alert, answer), cancellationToken);
        string? listed =
            stored.Alert.StaleListRows.Count + stored.Alert.Unaudited.Count == 0
                ? stored.ETag
                : await NoteDoneAsync(stored, cancellationToken);
        // Read once more: lists that were brought in line with an older version would stay so.
        return (await rows.GetAsync(account, cancellationToken))?.ETag == listed;
    }

    /// <summary>
    /// Plans what the alert has to say at once, and leaves the rest to the morning's list, in one transaction with the alert that said it.
    /// </summary>
    private async Task TellAsync(AccountKey account, Alert alert, StoredAlert stored, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var state = await _accounts.GetAccountAsync(account, cancellationToken);
        var recent = await outreach.OfAccountAsync(account, RecentOutreach, null, cancellationToken);
        if (state is not null)
            alert = alert with { Contacts = await contacts.OfAsync(state, alert, cancellationToken) };
        var (atOnce, mornings) = state is null ? ([], []) : await DivideAsync(alert, cancellationToken);
        var names = await team.ReadAsync(cancellationToken);
        var records = state is null ? [] : messages.Write(alert, state, recent, atOnce, now, names.NameOf);
        var first = rules.AddressesFor(alert) is [var address, ..] ? calendars.Of(address) : calendars.Team;
        var told = rules.AfterTelling(
            alert,
            records.ConvertAll(record => new AlertTelling(now, alert.ToTell!.Value, record.Channel, record.To, record.Id)),
            mornings,
            first.Work,
            now
        );
        var planned = records.Select(record => new Wake(now + options.WorkerTimeout, WakeKind.Outreach, account, record.Id));
        await wakes.AddAsync([.. planned, .. told.AnswerBy is { } by ? new[] { WakeAt(by, account) } : []], cancellationToken);
        var news = webhooks.Of(AlertNews.Of(stored.Alert, told, now));
        await webhooks.PromiseAsync(account, news, cancellationToken);
        foreach (var record in records)
            await outreach.AnnounceAsync(record, cancellationToken);
        var result = await store.CommitAsync(
            AccountRows.Table,
            account.Value,
            [
                AlertRows.Save(AlertLists.Listed(told, stored.Alert), stored),
                .. records.Select(OutreachRows.Insert),
                .. WebhookOutbox.Rows(account, news),
            ],
            cancellationToken
        );
        if (result.Committed)
            await webhooks.AnnounceAsync(account, news, cancellationToken);
        if (result.Committed && records.Count > 0)
            await queue.SendAsync(
                QueueNames.Outreach,
                [.. records.Select(record => new OutreachId(record.Id).ToMessage())],
                cancellationToken
            );
    }

    /// <summary>Who hears of an alert at once, and who in the morning.</summary>
    private async Task<(IReadOnlyList<AlertRecipient> AtOnce, IReadOnlyList<AlertMorning> Mornings)> DivideAsync(
        Alert alert,
        CancellationToken cancellationToken
    )
    {
        var atOnce = new List<AlertRecipient>();
        var mornings = new List<AlertMorning>();
        var occasion = alert.ToTell!.Value;
        bool cannotWait = rules.CannotWait(alert);
        foreach (string address in rules.AddressesFor(alert))
        {
            var recipient = new AlertRecipient(AlertChannels.Email, address);
            if (cannotWait && !rules.IsCounted)
                atOnce.Add(recipient);
            else if (cannotWait && await budget.TakeAsync(address, NewsOf(alert), cancellationToken) is { } left)
                atOnce.Add(recipient with { IsLastOfWeek = left == 0 });
            else
                mornings.Add(new AlertMorning(AlertChannels.Email, address, occasion, cannotWait));
        }
        foreach (var (channel, label) in rules.Webhooks)
        {
            if (cannotWait)
                atOnce.Add(new AlertRecipient(channel, label));
            else
                mornings.Add(new AlertMorning(channel, label, occasion));
        }
        return (atOnce, mornings);
    }

    /// <summary>Tells a piece of news from all others of the account.</summary>
    private static string NewsOf(Alert alert) =>
        $"{alert.Id}|{StorageKey.Time(alert.WorseAt)}|{alert.Level.Name()}|{string.Join(',', alert.NewCauses)}";

    /// <summary>Notes that a morning's list told the alert; doing it again changes nothing.</summary>
    /// <param name="id">The alert.</param>
    /// <param name="spokeAt">Its <see cref="Alert.SpokeAt"/> when the list was made: news that came since are still to be told.</param>
    /// <param name="listed">The outreach that carries the list.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task ToldInListAsync(AlertId id, DateTimeOffset spokeAt, OutreachRecord listed, CancellationToken cancellationToken) =>
        Optimistic.ChangeAsync(
            $"note that the list told alert '{id}'",
            clock,
            () => TryNoteToldAsync(id, spokeAt, listed, cancellationToken),
            cancellationToken
        );

    private async Task<bool> TryNoteToldAsync(
        AlertId id,
        DateTimeOffset spokeAt,
        OutreachRecord listed,
        CancellationToken cancellationToken
    )
    {
        if (await rows.GetAsync(id.Account, cancellationToken) is not { } stored || stored.Alert.Id != id.Value)
            return true;
        var told = rules.AfterMorning(stored.Alert, spokeAt, listed, calendars.Of(listed.To).Work);
        if (ReferenceEquals(told, stored.Alert))
            return true;
        var repair = RepairOf(id.Account);
        await wakes.AddAsync(told.AnswerBy is { } by ? [repair, WakeAt(by, id.Account)] : [repair], cancellationToken);
        var result = await store.CommitAsync(
            AccountRows.Table,
            told.Account,
            [AlertRows.Save(AlertLists.Listed(told, stored.Alert), stored)],
            cancellationToken
        );
        if (!result.Committed)
            return false;
        await TendAsync(id.Account, cancellationToken);
        await wakes.RemoveAsync([repair], cancellationToken);
        return true;
    }

    /// <summary>Never in whose words: those stand with the alert, and go with the account.</summary>
    private static AuditEntry EntryOf(Alert alert, AlertAnswer answer) =>
        new(
            answer.At,
            answer.By,
            answer.State == AlertState.Open ? "alert.undone" : $"alert.{answer.State.Name()}",
            alert.Id,
            string.Join(
                "; ",
                new[] { answer.Reason, answer.Until is { } until ? $"until {until:yyyy-MM-dd HH:mm} UTC" : null }.OfType<string>()
            )
        );

    private async Task<string?> NoteDoneAsync(StoredAlert stored, CancellationToken cancellationToken)
    {
        var result = await store.CommitAsync(
            AccountRows.Table,
            stored.Alert.Account,
            [AlertRows.Save(stored.Alert with { StaleListRows = [], Unaudited = [] }, stored)],
            cancellationToken
        );
        return result.Committed ? result.ETags[0] : null;
    }
}
