using Signals.Core.State.Identity;

namespace Signals.Core.State.WakeUps;

/// <summary>
/// Work to be done at a time: written before the transaction that makes it necessary, so that a crash in between loses nothing.
/// A wake-up for work already done is harmless.
/// </summary>
/// <remarks><c>Reference</c> is the outreach's id for <see cref="WakeKind.Outreach"/>, else empty.</remarks>
public sealed record Wake(DateTimeOffset At, WakeKind Kind, AccountKey Account, string Reference = "");

/// <summary>What to do; the letter is part of the row key.</summary>
public enum WakeKind
{
    /// <summary>Review the account.</summary>
    Review = 'r',

    /// <summary>Finish moving the history of a person's own account.</summary>
    Move = 'm',

    /// <summary>Send an outreach that is still planned.</summary>
    Outreach = 'o',

    /// <summary>Tend the account's alert: tell it, end its snooze, escalate it, list it.</summary>
    Alert = 'a',

    /// <summary>Bring the account lists in line with the account's row.</summary>
    Lists = 'l',

    /// <summary>Tell other systems what they are still to be told of the account.</summary>
    Webhooks = 'w',
}
