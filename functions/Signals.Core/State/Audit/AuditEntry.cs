namespace Signals.Core.State.Audit;

/// <summary>One thing that a person, or a program with the API token, changed.</summary>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Who">The e-mail of the principal, <c>api</c> for the API token, or <c>link</c> for a browser that a sign-in link
/// opened.</param>
/// <param name="Action">What was done, in lower case with a dot: <c>alert.acknowledged</c>, <c>account.held</c>,
/// <c>key.revoked</c>.</param>
/// <param name="Subject">The id of what it was done to: an account, an alert, a write key's name.</param>
/// <param name="Detail">What of several, until when, how many; empty for none. Never a secret, and never what people wrote: that stands
/// with what it is about, and goes with it.</param>
public sealed record AuditEntry(DateTimeOffset At, string Who, string Action, string Subject, string Detail = "");
