namespace Signals.Core.Intake.Events;

/// <summary>What one <c>usage</c> message holds: events to fold, and what could not be understood.</summary>
public sealed record EventBatch(IReadOnlyList<UsageEvent> Events, IReadOnlyList<QuarantinedEvent> Quarantined)
{
    /// <summary>The same batch as a browser's word.</summary>
    public EventBatch FromBrowser() => this with { Events = [.. Events.Select(usageEvent => usageEvent with { FromBrowser = true })] };
}

/// <summary>An event that was accepted on the wire but could not be understood. <paramref name="Raw"/> is its JSON, cut to 32 KB.</summary>
public sealed record QuarantinedEvent(string Reason, string Raw, DateTimeOffset ReceivedAt);
