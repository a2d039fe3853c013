namespace Signals.Core.State.People;

/// <summary>A sign that a person does no longer do what they did, beside their silence.</summary>
/// <param name="Sign">What was seen.</param>
/// <param name="Day">The UTC day it was seen on.</param>
/// <param name="From">The role they had, where it changed.</param>
/// <param name="To">The role they have now.</param>
public sealed record Departure(DepartureSign Sign, int Day, string? From = null, string? To = null);

public enum DepartureSign
{
    /// <summary>They were deactivated, or removed from the account.</summary>
    Removed = 1,

    /// <summary>There is no such recipient any more.</summary>
    Bounced = 2,

    RoleChanged = 3,
}
