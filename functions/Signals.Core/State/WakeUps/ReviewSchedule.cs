using Signals.Core.Model;
using Signals.Core.State.Identity;

namespace Signals.Core.State.WakeUps;

/// <summary>When an account is worth a review after something happened in it.</summary>
public static class ReviewSchedule
{
    /// <summary>Lets a burst of events settle before the account is read.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Nobody is written to before so long after an account's last events: those of one batch come in several folds.
    /// </summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>Who never stops sending is waited for no longer.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Ordinary use changes an assessment slowly: it asks for a review no more often than this.</summary>
    public static readonly TimeSpan BetweenReviews = TimeSpan.FromHours(6);

    /// <summary>
    /// A review that time alone asks for is looked for this far ahead; an account with dates beyond is looked at again then.
    /// </summary>
    public const int HorizonDays = 200;

    /// <summary>A wake-up this long past was lost (its review went to the dead letter, say) and no longer counts.</summary>
    public static readonly TimeSpan Overdue = TimeSpan.FromHours(1);

    /// <summary>
    /// True for accounts that are reviewed: groups, or under <see cref="AccountsMode.Person"/> everybody who is known by a user id.
    /// </summary>
    public static bool Covers(AccountKey account, AccountsMode mode) =>
        account.IsGroup || (mode == AccountsMode.Person && !account.IsAnonymous);

    /// <summary>When events ask for a review. A review from a time to come was made under a wrong clock, and puts off nothing.</summary>
    public static DateTimeOffset AfterEvents(DateTimeOffset now, DateTimeOffset? reviewedAt, bool urgent)
    {
        var soon = now + Settle;
        return urgent || reviewedAt is not { } reviewed || reviewed > now || reviewed + BetweenReviews <= soon
            ? soon
            : reviewed + BetweenReviews;
    }

    /// <summary>When an account's messages may be planned, after its last events, if they have waited since a moment.</summary>
    public static DateTimeOffset? SettledAt(DateTimeOffset? foldedAt, DateTimeOffset waitsSince, TimeSpan quiet) =>
        foldedAt is not { } folded ? null
        : folded + quiet < waitsSince + LongestWait ? folded + quiet
        : waitsSince + LongestWait;

    /// <summary>True when a wake-up must be written for an account to be reviewed at that time.</summary>
    public static bool NeedsWake(DateTimeOffset? nextWake, DateTimeOffset at, DateTimeOffset now) =>
        nextWake is not { } next || next > at || next < now - Overdue;
}
