using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Response.Alerts;

/// <summary>The alerts of all accounts: what stands, and what people answer to it.</summary>
public sealed class AlertBook(
    IEntityStore store,
    AlertRows rows,
    AlertLists lists,
    AlertKeeper keeper,
    WebhookOutbox webhooks,
    WakeIndex wakes,
    TimeProvider clock
)
{
    /// <summary>A longer snooze is a resolution.</summary>
    public const int MaxSnoozeDays = 90;

    /// <summary>An alert by its id, resolved ones too as long as no newer one of the account took its place; or null.</summary>
    public async ValueTask<Alert?> GetAsync(AlertId id, CancellationToken cancellationToken) =>
        await OfAccountAsync(id.Account, cancellationToken) is { } alert && alert.Id == id.Value ? alert : null;

    /// <summary>An account's last alert, standing or resolved; or null.</summary>
    public async ValueTask<Alert?> OfAccountAsync(AccountKey account, CancellationToken cancellationToken) =>
        (await rows.GetAsync(account, cancellationToken))?.Alert;

    /// <summary>
    /// Alerts that stand: strategic accounts first, then by level, then the oldest; without their <see cref="Alert.Answers"/> and
    /// <see cref="Alert.Told"/>. With the cursor that follows each.
    /// </summary>
    /// <param name="csm">Only those of this CS manager; null for everybody's.</param>
    /// <param name="segment">Only those of accounts in this segment of the model; null for all.</param>
    /// <param name="after">The cursor of the last one seen, or null.</param>
    /// <param name="pageSize">How many are likely to be read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public IAsyncEnumerable<(Alert Alert, string Cursor)> ReadAsync(
        string? csm,
        string? segment,
        string? after,
        int pageSize,
        CancellationToken cancellationToken
    ) => lists.ReadAsync(csm, segment, after, pageSize, cancellationToken);

    /// <summary>The same, whatever segments their accounts are in.</summary>
    public IAsyncEnumerable<(Alert Alert, string Cursor)> ReadAsync(
        string? csm,
        string? after,
        int pageSize,
        CancellationToken cancellationToken
    ) => ReadAsync(csm, null, after, pageSize, cancellationToken);

    /// <summary>Somebody is at it.</summary>
    public Task<AlertChange> AcknowledgeAsync(AlertId id, string by, string? note, CancellationToken cancellationToken) =>
        AnswerAsync(id, new AlertAnswer(clock.GetUtcNow(), by, AlertState.Acknowledged, Words(note)), cancellationToken);

    /// <summary>Silence until a time at most <see cref="MaxSnoozeDays"/> ahead, unless it gets worse.</summary>
    public Task<AlertChange> SnoozeAsync(AlertId id, string by, DateTimeOffset until, string? note, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return until <= now || until > now.AddDays(MaxSnoozeDays)
            ? Task.FromResult(
                new AlertChange(
                    AlertChangeStatus.Refused,
                    null,
                    $"found until {until:yyyy-MM-dd HH:mm} UTC, expected a time to come within {MaxSnoozeDays} days"
                )
            )
            : AnswerAsync(id, new AlertAnswer(now, by, AlertState.Snoozed, Words(note), until.ToUniversalTime()), cancellationToken);
    }

    /// <summary>It is dealt with. The account is told of again only once it gets worse than what was told.</summary>
    /// <param name="id">The alert's id.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="reason">One of <see cref="AlertReasons.OfPeople"/>.</param>
    /// <param name="note">In their own words, or null.</param>
    /// <param name="cancellationToken">Stops the answer.</param>
    public Task<AlertChange> ResolveAsync(AlertId id, string by, string reason, string? note, CancellationToken cancellationToken) =>
        AlertReasons.OfPeople.Contains(reason, StringComparer.Ordinal)
            ? AnswerAsync(id, new AlertAnswer(clock.GetUtcNow(), by, AlertState.Resolved, Words(note), Reason: reason), cancellationToken)
            : Task.FromResult(
                new AlertChange(
                    AlertChangeStatus.Refused,
                    null,
                    $"found the reason '{reason}', expected one of {string.Join(", ", AlertReasons.OfPeople)}"
                )
            );

    /// <summary>
    /// Takes an answer back, as long as it is the one that holds: the alert is again what it was before it. What was told meanwhile stays
    /// told. Doing it again changes nothing.
    /// </summary>
    /// <param name="before">The alert as it was.</param>
    /// <param name="answer">The answer that was given then.</param>
    /// <param name="by">Who takes it back.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<AlertChange> TakeBackAsync(AlertBefore before, AlertAnswer answer, string by, CancellationToken cancellationToken)
    {
        var id = AlertId.Parse(before.Id)!.Value;
        return Optimistic.ChangeAsync<AlertChange>(
            $"take back the answer to alert '{id}'",
            clock,
            async () =>
            {
                if (await rows.GetAsync(id.Account, cancellationToken) is not { } stored || stored.Alert.Id != id.Value)
                    return new AlertChange(AlertChangeStatus.NotFound, null, null);
                if (stored.Alert.Answer == before.Answer)
                    return new AlertChange(AlertChangeStatus.Unchanged, stored.Alert, null);
                if (stored.Alert.Answer is not { } given || given.At != answer.At || !given.Says(answer))
                    return new AlertChange(AlertChangeStatus.Refused, stored.Alert, "something else was answered meanwhile");
                var undone = before.Restore(stored.Alert) with
                {
                    Unaudited = [.. stored.Alert.Unaudited, new AlertAnswer(clock.GetUtcNow(), by, AlertState.Open)],
                };
                var restored = AlertLists.Listed(undone, stored.Alert);
                var repair = keeper.RepairOf(id.Account);
                Wake[] due =
                [
                    repair,
                    .. new[] { restored.SnoozedUntil, restored.AnswerBy }
                        .OfType<DateTimeOffset>()
                        .Select(at => AlertKeeper.WakeAt(at, id.Account)),
                ];
                await wakes.AddAsync(due, cancellationToken);
                if (!await SaveAsync(restored, stored, cancellationToken))
                    return Attempt.Conflict;
                await keeper.TendAsync(id.Account, cancellationToken);
                await wakes.RemoveAsync([repair], cancellationToken);
                return new AlertChange(AlertChangeStatus.Changed, restored, null);
            },
            cancellationToken
        );
    }

    private Task<AlertChange> AnswerAsync(AlertId id, AlertAnswer answer, CancellationToken cancellationToken) =>
        Optimistic.ChangeAsync($"answer alert '{id}'", clock, () => TryAnswerAsync(id, answer, cancellationToken), cancellationToken);

    private async Task<Attempt<AlertChange>> TryAnswerAsync(AlertId id, AlertAnswer answer, CancellationToken cancellationToken)
    {
        if (await rows.GetAsync(id.Account, cancellationToken) is not { } stored || stored.Alert.Id != id.Value)
            return new AlertChange(AlertChangeStatus.NotFound, null, null);
        var alert = stored.Alert;
        if (alert.Answer?.Says(answer) == true)
            return new AlertChange(AlertChangeStatus.Unchanged, alert, null);
        if (!alert.Stands)
            return new AlertChange(
                AlertChangeStatus.Refused,
                alert,
                $"it was resolved by {alert.Answer?.By} ({alert.Answer?.Reason}) at {alert.ResolvedAt:yyyy-MM-dd HH:mm} UTC"
            );

        var answered = AlertLists.Listed(AlertRules.Answered(alert, answer) with { Unaudited = [.. alert.Unaudited, answer] }, alert);
        var repair = keeper.RepairOf(id.Account);
        await wakes.AddAsync(answer.Until is { } until ? [repair, AlertKeeper.WakeAt(until, id.Account)] : [repair], cancellationToken);
        if (!await SaveAsync(answered, stored, cancellationToken))
            return Attempt.Conflict;
        await keeper.TendAsync(id.Account, cancellationToken);
        await wakes.RemoveAsync([repair], cancellationToken);
        return new AlertChange(AlertChangeStatus.Changed, answered, null) { Before = AlertBefore.Of(alert) };
    }

    /// <summary>Writes it with what other systems are told of it; false when somebody else was faster.</summary>
    private async Task<bool> SaveAsync(Alert alert, StoredAlert stored, CancellationToken cancellationToken)
    {
        var account = new AccountKey(alert.Account);
        var told = webhooks.Of(AlertNews.Of(stored.Alert, alert, clock.GetUtcNow()));
        await webhooks.PromiseAsync(account, told, cancellationToken);
        var result = await store.CommitAsync(
            AccountRows.Table,
            alert.Account,
            [AlertRows.Save(alert, stored), .. WebhookOutbox.Rows(account, told)],
            cancellationToken
        );
        if (result.Committed)
            await webhooks.AnnounceAsync(account, told, cancellationToken);
        return result.Committed;
    }

    private static string? Words(string? note) =>
        string.IsNullOrWhiteSpace(note) ? null
        : note.Trim() is { Length: > AlertAnswer.MaxNoteChars } tooLong ? tooLong[..AlertAnswer.MaxNoteChars]
        : note.Trim();
}

/// <summary>What became of an answer.</summary>
/// <param name="Status">Whether it was taken.</param>
/// <param name="Alert">The alert as it is now; null when there is none.</param>
/// <param name="Refusal">Why it was refused: what was found and what was expected.</param>
public sealed record AlertChange(AlertChangeStatus Status, Alert? Alert, string? Refusal)
{
    /// <summary>What the alert was when an answer changed it; null where none did.</summary>
    public AlertBefore? Before { get; init; }
}

public enum AlertChangeStatus
{
    Changed,

    /// <summary>It was so already: doing it again changes nothing.</summary>
    Unchanged,

    /// <summary>There is no such alert, or a newer one of its account took its place.</summary>
    NotFound,

    /// <summary>It cannot be done; <see cref="AlertChange.Refusal"/> says why.</summary>
    Refused,
}
