namespace Signals.Core.Response.Suppressions;

/// <summary>
/// What an unsubscribe link says: whom to suppress (<see cref="RecipientKey.Of"/>'s 32 digits), which topic the mail was on (null: none by
/// itself), and which outreach the link came in. Whether that topic or every message is to stop is said by whoever follows it. Enough to
/// act without a lookup, and nothing that names a person.
/// </summary>
public sealed record UnsubscribeToken(string Recipient, string? Topic, string OutreachId);
