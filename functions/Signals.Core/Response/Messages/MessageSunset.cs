namespace Signals.Core.Response.Messages;

/// <summary>
/// A sunset as the customer reads it: <paramref name="Feature"/> and <paramref name="Replacement"/> are the features' names.
/// </summary>
public sealed record MessageSunset(
    string Feature,
    string Why,
    DateOnly LastOrder,
    DateOnly Ends,
    string Terms,
    string Replacement,
    string Differences,
    IReadOnlyList<string> Steps
)
{
    /// <summary>True when this notice is above all about the last order, which is still ahead.</summary>
    public bool IsLastOrderNear { get; init; }

    /// <summary>In a reminder: days until the end, or until the last order where that is near; 0 in the first notice.</summary>
    public int DaysLeft { get; init; }

    /// <summary>The notice as a reminder of a UTC day, by number.</summary>
    public MessageSunset RemindingOn(int day) => this with { DaysLeft = Math.Max(0, (IsLastOrderNear ? LastOrder : Ends).DayNumber - day) };
}
