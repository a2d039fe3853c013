namespace Signals.Core.Response.Mail;

/// <summary>
/// A mail that cannot be written as RFC 5322 (a bad address, a header that would inject another): it never will be, so it is refused.
/// </summary>
public sealed class InvalidMailException(string message) : Exception(message);
