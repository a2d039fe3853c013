namespace Signals.Core.Intake.Events;

/// <summary>Why an event could not be understood.</summary>
/// <param name="Index">The event's place in its batch, from 0; 0 for a single call.</param>
/// <param name="Path">Where: <c>batch[3].userId</c>, or <c>userId</c> in a single call.</param>
/// <param name="Found">What stood there, shortened.</param>
/// <param name="Expected">What should have stood there.</param>
public sealed record EventFault(int Index, string Path, string Found, string Expected)
{
    /// <summary>The fault as one sentence, as kept in quarantine.</summary>
    public string Reason => $"{Path}: found {Found}, expected {Expected}";
}

/// <summary>What came of reading one event: exactly one of the two is there, and a fault goes with a quarantined event.</summary>
public readonly record struct ReadEvent(UsageEvent? Event, QuarantinedEvent? Quarantined, EventFault? Fault);

/// <summary>What came of reading a body. <paramref name="Faults"/> has one entry for each quarantined event, in the same order.</summary>
public sealed record ReadEvents(EventBatch Batch, IReadOnlyList<EventFault> Faults);

/// <summary>
/// A body that is no JSON of the expected shape, or too large: nothing of it was accepted. The message is meant for the sender.
/// </summary>
public sealed class MalformedBodyException(string message, Exception? inner = null) : Exception(message, inner);
