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

    /// <summary>Signs in by whatever the server offers that takes a password.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// Signs in by OAuth (XOAUTH2, or OAUTHBEARER where only that is offered): a command for the shell that prints an access token.
    /// </summary>
    public string? TokenCommand { get; init; }

    /// <summary>The same, with access tokens from an authorization server.</summary>
    public SmtpOAuth? OAuth { get; init; }

    /// <summary>What one step of the conversation (connecting, one command and its reply) may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What handing over a mail may take: getting an access token, which is a step of its own, and the conversation.</summary>
    internal TimeSpan LongestSend => Timeout + LongestConversation;

    /// <summary>What a whole conversation may take: more steps than any has, TLS and signing in included.</summary>
    internal TimeSpan LongestConversation => 19 * Timeout;

    /// <summary>True when the server is this machine, where a password may go in the clear.</summary>
    internal bool IsLoopback =>
        string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Without secrets, so that settings can be logged.</summary>
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
        int secrets = (Password is null ? 0 : 1) + (TokenCommand is null ? 0 : 1) + (OAuth is null ? 0 : 1);
        if (secrets > 1)
            return "One way to sign in at the SMTP server: a password, a token command or an OAuth token address; found more than one.";
        if ((User is null) != (secrets == 0))
        {
            return "An SMTP user and a password (or token command, or OAuth token address) come together; "
                + $"found only the {(User is null ? "secret" : "user")}.";
        }
        if (User is not null && Security == SmtpSecurity.None && !IsLoopback)
            return $"A secret is not sent in the clear to another machine: use STARTTLS or TLS with '{Host}'.";
        if (OAuth is { TokenUrl: var url } && url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)
            return $"The OAuth token address is https, or on this machine; found '{url}'.";
        return null;
    }
}

/// <summary>
/// Where access tokens come from (RFC 6749): by the refresh token where there is one (section 6), else by the client's own credentials
/// (section 4.4).
/// </summary>
public sealed record SmtpOAuth(Uri TokenUrl, string ClientId, string? ClientSecret, string? RefreshToken, string? Scope)
{
    /// <summary>Without secrets.</summary>
    public override string ToString() => $"{TokenUrl} as {ClientId}";
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
