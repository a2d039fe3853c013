namespace Signals.Core.Intake.Monitoring;

/// <summary>Something that could not be read.</summary>
/// <param name="Key">The account's key; empty where the fault is not one account's.</param>
/// <param name="Reason">What was found and what was expected.</param>
public sealed record UnreadableRow(string Key, string Reason);

/// <summary>What a piece of work could not read when it was last done.</summary>
/// <param name="Work">The work, which went on without it.</param>
/// <param name="At">When that was.</param>
/// <param name="Count">How many could not be read.</param>
/// <param name="Rows">The first of them, at most <see cref="UnreadableRows.MaxNamed"/>.</param>
public sealed record UnreadableReport(BackgroundWork Work, DateTimeOffset At, int Count, IReadOnlyList<UnreadableRow> Rows);
