using Signals.Core.Diagnosis.Norms;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Response.Reviews;

/// <summary>What a review goes by: an account as it was read, what is known beyond it, and the moment.</summary>
/// <param name="Account">The account; a review leaves it as it is.</param>
/// <param name="Norms">What is usual among accounts alike.</param>
/// <param name="Known">Since when the whole installation knows each event.</param>
/// <param name="Now">When the review is made.</param>
public sealed record ReviewInput(AccountState Account, CohortNorms Norms, IKnownEvents Known, DateTimeOffset Now)
{
    /// <summary>The account's last alert, standing or resolved; null when there never was one.</summary>
    public StoredAlert? Alert { get; init; }

    /// <summary>Groups: the earliest rows of the due index, more than one review removes where there are more.</summary>
    public IReadOnlyList<(int Day, PersonKey Person)> Due { get; init; } = [];

    /// <summary>A person's own account: that person; null when they have no row yet.</summary>
    public PersonState? OwnPerson { get; init; }

    /// <summary>
    /// Somebody asked for the review: what it rests on beside the account's events counts too, the day and the norms. A wake-up comes on
    /// the days on which those matter, or after an event.
    /// </summary>
    public bool IsAsked { get; init; }

    /// <summary>
    /// False while events of a burst may still come: what they show may refute what is found now, so nobody is written to before.
    /// </summary>
    public bool IsSettled => !(SettledAt > Now);

    /// <summary>When the last burst of events is over, or was waited for long enough; null when nothing is waited for.</summary>
    public DateTimeOffset? SettledAt => SettledAfter(WaitsSince ?? Now);

    /// <summary>Since when messages wait for events to settle, at the latest since now; null when none do.</summary>
    public DateTimeOffset? WaitsSince => Account.Review?.WaitsSince is { } since && since > Now ? Now : Account.Review?.WaitsSince;

    /// <summary>The same where messages have waited since a moment.</summary>
    public DateTimeOffset? SettledAfter(DateTimeOffset waitsSince) => ReviewSchedule.SettledAt(FoldedAt, waitsSince, Quiet);

    /// <summary>When events were folded last; null too when a wrong clock put that where nobody would wait for it.</summary>
    private DateTimeOffset? FoldedAt => Account.FoldedAt > Now + ReviewSchedule.LongestWait ? null : Account.FoldedAt;

    /// <summary>How long an account's events are quiet before anybody is written to.</summary>
    public TimeSpan Quiet { get; init; } = ReviewSchedule.Quiet;

    /// <summary>The UTC day of <see cref="Now"/>.</summary>
    public int Today => Days.Of(Now);
}
