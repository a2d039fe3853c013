namespace Signals.Core.State.People;

/// <summary>
/// A value with the time of the event that said it; ties are settled by the larger message hash, so that order does not matter.
/// </summary>
public readonly record struct Stamped(string? Value, DateTimeOffset At, ulong Tie)
{
    public bool IsOlderThan(DateTimeOffset at, ulong tie) => At < at || (At == at && Tie < tie);
}
