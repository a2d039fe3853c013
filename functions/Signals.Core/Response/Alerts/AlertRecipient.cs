namespace Signals.Core.Response.Alerts;

/// <summary>Somebody who hears of an alert at once.</summary>
/// <param name="Channel">One of <see cref="Outreach.AlertChannels"/>.</param>
/// <param name="To">An address, or a webhook's label.</param>
/// <param name="IsLastOfWeek">True when this uses up what a manager gets at once in a week.</param>
public sealed record AlertRecipient(string Channel, string To, bool IsLastOfWeek = false);
