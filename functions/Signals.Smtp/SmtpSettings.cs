using System.Net;

namespace Signals.Smtp;

/// <summary>The SMTP server that takes the mail. Checked when the sender is made.</summary>
public sealed record SmtpSettings
{
    public static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(30);

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
    public TimeSpan Timeout { get; init; } = UsualTimeout;

    /// <summary>What handing over a mail may take: getting an access token, which is a step of its own, and the conversation.</summary>
    public TimeSpan LongestSend => Timeout + LongestConversation;

    /// <summary>What a whole conversation may take: more steps than any has, TLS and signing in included.</summary>
    internal TimeSpan LongestConversation => 19 * Timeout;

    /// <summary>True when the server is this machine, where a password may go in the clear.</summary>
    internal bool IsLoopback =>
        string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Without secrets, so that settings can be logged.</summary>
    public override string ToString() => $"{Host}:{Port} ({Security}{(User is null ? "" : $", as {User}")})";

    /// <summary>What keeps these settings from working, or null.</summary>
    internal SmtpProblem? Problem()
    {
        if (string.IsNullOrWhiteSpace(Host))
            return new(nameof(Host), "nothing", "a name or an address");
        if (Port is < 1 or > 65535)
            return new(nameof(Port), $"{Port}", "1 to 65535");
        if (Timeout <= TimeSpan.Zero)
            return new(nameof(Timeout), $"{Timeout}", "more than zero");
        int secrets = (Password is null ? 0 : 1) + (TokenCommand is null ? 0 : 1) + (OAuth is null ? 0 : 1);
        if (secrets > 1)
            return new(nameof(Password), "more than one way to sign in", "one of a password, a token command and an OAuth token address");
        if ((User is null) != (secrets == 0))
        {
            return new(
                nameof(User),
                $"only the {(User is null ? "secret" : "user")}",
                "a user and a password (or token command, or OAuth token address), or none of them"
            );
        }
        if (User is not null && Security == SmtpSecurity.None && !IsLoopback)
            return new(nameof(Security), "none", $"starttls or tls, for a secret is not sent in the clear to \"{Host}\"");
        if (OAuth is { TokenUrl: var url } && url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)
            return new("OAuthTokenUrl", $"\"{url}\"", "an https address, or one on this machine");
        return null;
    }
}

/// <summary>Why settings cannot work: which one of them, what it holds (never a secret), what is expected.</summary>
internal sealed record SmtpProblem(string Setting, string Found, string Expected)
{
    public override string ToString() => $"{Setting}: found {Found}, expected {Expected}.";
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
