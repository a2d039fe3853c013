using Signals.Core.Intake.Events;

namespace Signals.Core.Intake.Doors;

/// <summary>What became of a post.</summary>
/// <param name="Batch">What is to be folded, and what could not be understood.</param>
/// <param name="Items">The events of the post, one by one.</param>
public sealed record DoorReading(EventBatch Batch, IReadOnlyList<DoorItem> Items);

/// <summary>What became of one event of a post.</summary>
/// <param name="Type">What the service calls it; null where it says nothing.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Events">What it became.</param>
/// <param name="Reason">Why it became nothing, or not all that it might.</param>
public sealed record DoorItem(string? Type, DoorOutcome Outcome, IReadOnlyList<UsageEvent> Events, string? Reason);

public enum DoorOutcome
{
    /// <summary>It became events.</summary>
    Taken,

    /// <summary>It is known, and says nothing that matters.</summary>
    NothingToTell,

    /// <summary>The door ignores its type.</summary>
    Ignored,

    /// <summary>It could not be understood, and is kept with the reason.</summary>
    Quarantined,
}
