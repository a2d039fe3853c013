using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Response.Reviews;

/// <summary>
/// What follows from a review, to be written in one transaction of the account's partition. Nothing of it has happened yet.
/// </summary>
public sealed record ReviewDecision(ReviewOutcome Outcome)
{
    /// <summary>The last review holds, and the wake-up it counts on stands.</summary>
    public static ReviewDecision Nothing { get; } = new(ReviewOutcome.StillHolds);

    /// <summary>What becomes of the account's row; null when it stays as it is.</summary>
    public AccountChange? Account { get; init; }

    /// <summary>The people whose rows change, as they will be: what was found in them, when to look again, what they are written.</summary>
    public IReadOnlyList<PersonState> People { get; init; } = [];

    /// <summary>Rows of the due index that go, and those that come.</summary>
    public IReadOnlyList<(int Day, PersonKey Person)> DueRemoved { get; init; } = [];

    public IReadOnlyList<(int Day, PersonKey Person)> DueAdded { get; init; } = [];

    /// <summary>Messages to customers: to be sent, or held out by lot.</summary>
    public IReadOnlyList<OutreachRecord> Planned { get; init; } = [];

    /// <summary>The account's alert as it will be; null when it stays as it is.</summary>
    public Alert? Alert { get; init; }

    /// <summary>When a new wake-up brings the account here again; null when one stands already, or none is needed.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>True when there is nothing to do.</summary>
    public bool IsEmpty => Account is null && Alert is null && People.Count + DueRemoved.Count + DueAdded.Count + Planned.Count == 0;
}
