namespace Signals.Core.Response.Alerts;

/// <summary>That an alert's news go to somebody with the next morning's list, or went with one.</summary>
/// <param name="Channel">One of <see cref="Outreach.AlertChannels"/>.</param>
/// <param name="To">An address, or a webhook's label.</param>
/// <param name="Occasion">What it is about.</param>
/// <param name="CannotWait">True for what would have been told at once, had the week's budget not been used up.</param>
/// <param name="At">When the morning's list that told it was due; null while it waits.</param>
public sealed record AlertMorning(string Channel, string To, AlertOccasion Occasion, bool CannotWait = false, DateTimeOffset? At = null);
