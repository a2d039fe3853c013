namespace Signals.Local.Mail;

/// <summary>The conversation can't go on: the server refused a step that is not about the mail, or what it said is no SMTP.</summary>
internal sealed class SmtpException(string message) : Exception(message);
