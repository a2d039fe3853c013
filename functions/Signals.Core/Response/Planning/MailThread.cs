using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.State.People;

namespace Signals.Core.Response.Planning;

/// <summary>
/// What was written about one matter (a cause and its detail), and what may follow: a first message, one follow-up in other words while it
/// still stands, and then nothing, for a person takes over. Pure.
/// </summary>
public sealed class MailThread
{
    /// <summary>Days in which no subject comes twice: the first message of a matter says the same whenever it is sent.</summary>
    public const int SubjectDays = 90;

    private readonly Playbook _playbook;
    private readonly string _cause;
    private readonly List<OutreachMemory> _ofCause;
    private readonly List<OutreachMemory> _told;

    /// <param name="memories">What was planned for the person, or for the account as a whole.</param>
    /// <param name="cause">The cause.</param>
    /// <param name="detail">What of it.</param>
    /// <param name="playbook">What follows the cause.</param>
    /// <param name="since">What was written up to then is of another time that it came up: a payment that was made good, say.</param>
    public MailThread(IEnumerable<OutreachMemory> memories, string cause, string? detail, Playbook playbook, DateTimeOffset? since = null)
    {
        (_cause, _playbook) = (cause, playbook);
        _ofCause = [.. memories.Where(memory => memory.Cause == cause && !(memory.PlannedAt <= since)).OrderBy(memory => memory.PlannedAt)];
        _told = [.. _ofCause.Where(memory => memory.Detail == detail)];
    }

    /// <summary>The thread of a matter of an account or of one of its people.</summary>
    public static MailThread Of(AccountContext account, IEnumerable<OutreachMemory> memories, string cause, string? detail) =>
        new(
            memories,
            cause,
            detail,
            account.Model.PlaybookFor(cause),
            cause == CauseIds.PaymentFailing ? account.Usage.LastOf(account.Model.Billing.Recovered) : null
        );

    /// <summary>The message that a follow-up would follow; null when there is none, or it was followed up on.</summary>
    public OutreachMemory? Open => _playbook.FollowUp is not null && Lately is [var first] ? first : null;

    /// <summary>When the follow-up is due; null when none is to come.</summary>
    public DateTimeOffset? FollowUpAt => Open?.PlannedAt.AddDays(_playbook.FollowUp!.Days);

    /// <summary>When a person takes over, should it still stand: as long after the follow-up as that came after the first.</summary>
    public DateTimeOffset? HandOverAt =>
        _playbook.FollowUp is { } followUp && Lately is [_, .., var last] ? last.PlannedAt.AddDays(followUp.Days) : null;

    /// <summary>What may be written at a moment.</summary>
    public MailTurn At(DateTimeOffset now)
    {
        // The days of its notices say how often a sunset is told.
        if (_cause == CauseIds.FeatureSunset)
            return MailTurn.First;
        if (FollowUpAt <= now)
            return MailTurn.FollowUp;
        return
            _ofCause.Exists(memory => memory.PlannedAt > now.AddDays(-_playbook.CooldownDays))
            || _told.Exists(memory => memory.PlannedAt > now.AddDays(-SubjectDays))
            ? MailTurn.None
            : MailTurn.First;
    }

    /// <summary>
    /// True while the matter is what the reader hears of: it may be written about, or what was written may still work. Nothing less
    /// weighty is written meanwhile.
    /// </summary>
    public bool IsHeldAt(DateTimeOffset now) =>
        At(now) != MailTurn.None || FollowUpAt > now || (_told.Count > 0 && _told[^1].PlannedAt > now.AddDays(-_playbook.GoalDays));

    /// <summary>The messages of the last time it came up.</summary>
    private List<OutreachMemory> Lately =>
        _told.Count == 0 ? [] : [.. _told.Where(memory => memory.PlannedAt > _told[^1].PlannedAt.AddDays(-SubjectDays))];
}

public enum MailTurn
{
    None,
    First,
    FollowUp,
}
