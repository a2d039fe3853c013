using System.Net;

namespace Signals.Local.Mail;

/// <summary>The SMTP server that takes the mail. Checked when the sender is made.</summary>
public sealed record SmtpSettings
{
    public required string Host { get; init; }

    /// <summary>587 for STARTTLS, 465 for TLS from the start, 25 for neither, unless the server has its own.</summary>
    public required int Port { get; init; }

    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>Null signs in nowhere.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>What one step of the conversation (connecting, one command and its reply) may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What a whole conversation may take: twenty steps are more than any has, TLS and signing in included.</summary>
    internal TimeSpan LongestConversation => 20 * Timeout;

    /// <summary>True when the server is this machine, where a password may go in the clear.</summary>
    internal bool IsLoopback =>
        string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Without the password, so that settings can be logged.</summary>
    public override string ToString() => $"{Host}:{Port} ({Security}{(User is null ? "" : $", as {User}")})";

    /// <summary>What keeps these settings from working, or null.</summary>
    internal string? Problem()
    {
        if (string.IsNullOrWhiteSpace(Host))
            return "The SMTP host is a name or an address; found nothing.";
        if (Port is < 1 or > 65535)
            return $"The SMTP port is 1 to 65535; found {Port}.";
        if (Timeout <= TimeSpan.Zero)
            return $"The SMTP timeout is more than zero; found {Timeout}.";
        if ((User is null) != (Password is null))
            return $"An SMTP user and password come together; found only the {(User is null ? "password" : "user")}.";
        if (User is not null && Security == SmtpSecurity.None && !IsLoopback)
            return $"A password is not sent in the clear to another machine: use STARTTLS or TLS with '{Host}'.";
        return null;
    }
}

public enum SmtpSecurity
{
    /// <summary>In the clear: for a relay on this machine or network.</summary>
    None,

    /// <summary>Connects in the clear and must be able to change to TLS before anything is said.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}
