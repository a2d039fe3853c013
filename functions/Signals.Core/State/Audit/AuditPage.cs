namespace Signals.Core.State.Audit;

/// <summary>A part of the audit trail, newest first; <paramref name="Next"/> is the cursor of what is older, null at its end.</summary>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, string? Next);
