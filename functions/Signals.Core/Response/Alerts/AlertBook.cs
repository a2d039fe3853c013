using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Response.Alerts;

/// <summary>The alerts of all accounts: what stands, and what people answer to it.</summary>
public sealed class AlertBook(IEntityStore store, AlertRows rows, AlertLists lists, AlertKeeper keeper, WakeIndex wakes, TimeProvider clock)
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
    /// <param name="after">The cursor of the last one seen, or null.</param>
    /// <param name="pageSize">How many are likely to be read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public IAsyncEnumerable<(Alert Alert, string Cursor)> ReadAsync(
        string? csm,
        string? after,
        int pageSize,
        CancellationToken cancellationToken
    ) => lists.ReadAsync(csm, after, pageSize, cancellationToken);

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
        var result = await store.CommitAsync(AccountRows.Table, alert.Account, [AlertRows.Save(answered, stored)], cancellationToken);
        if (!result.Committed)
            return Attempt.Conflict;
        await keeper.TendAsync(id.Account, cancellationToken);
        await wakes.RemoveAsync([repair], cancellationToken);
        return new AlertChange(AlertChangeStatus.Changed, answered, null);
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
public sealed record AlertChange(AlertChangeStatus Status, Alert? Alert, string? Refusal);

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
