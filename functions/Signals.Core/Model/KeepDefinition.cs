namespace Signals.Core.Model;

/// <summary>How long is kept what nothing else puts an end to.</summary>
public sealed record KeepDefinition
{
    /// <summary>Events that could not be understood.</summary>
    public int QuarantineDays { get; init; } = 30;

    /// <summary>Messages and alerts with their texts, from their planning on; null keeps them as long as their account.</summary>
    public int? MessageDays { get; init; }

    /// <summary>The audit trail; null keeps it for good.</summary>
    public int? AuditDays { get; init; }

    /// <summary>
    /// People of whom nothing was heard for so long; null keeps them until they are erased. Where everybody is an account, the account.
    /// </summary>
    public int? PeopleDays { get; init; }

    /// <summary>Groups of whose people nothing was heard for so long; null keeps them until they are erased.</summary>
    public int? AccountDays { get; init; }
}
