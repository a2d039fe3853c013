namespace Signals.Core.Outreach;

/// <summary>
/// What an unsubscribe link says: whom to suppress (<see cref="RecipientKey.Of"/>'s 32 digits), from which topic (null: every
/// message), and which outreach the link came in. Enough to act without a lookup, and nothing that names a person.
/// </summary>
public sealed record UnsubscribeToken(string Recipient, string? Topic, string OutreachId);
