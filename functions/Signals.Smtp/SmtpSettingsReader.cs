using System.Globalization;

namespace Signals.Smtp;

/// <summary>Reads <see cref="SmtpSettings"/> from what a host is told, by the host's own names. For one reading.</summary>
/// <param name="nameOf">The host's name of a setting: of <c>OAuthTokenUrl</c>, say, <c>SIGNALS_SMTP_OAUTH_TOKEN_URL</c>.</param>
/// <param name="valueOf">What the setting of such a name holds; null for nothing.</param>
/// <param name="report">Is told of a fault: the setting's name, what was found (never a secret), what is expected. May throw.</param>
public sealed class SmtpSettingsReader(Func<string, string> nameOf, Func<string, string?> valueOf, Action<string, string, string> report)
{
    private const int MostTimeoutSeconds = 300;
    private const int MostPort = 65535;

    private bool _isFaulty;

    /// <summary>Null where there is no <c>Host</c>, or after a fault was reported.</summary>
    /// <param name="commands">Whether a command for the shell may fetch access tokens here.</param>
    public SmtpSettings? Read(bool commands)
    {
        if (Text(nameof(SmtpSettings.Host)) is not { } host)
            return null;
        var security = ReadSecurity();
        int port = ReadNumber(nameof(SmtpSettings.Port), UsualPort(security), MostPort, $"a port, 1 to {MostPort}");
        int usualSeconds = (int)SmtpSettings.UsualTimeout.TotalSeconds;
        int seconds = ReadNumber(nameof(SmtpSettings.Timeout), usualSeconds, MostTimeoutSeconds, $"seconds, 1 to {MostTimeoutSeconds}");
        var settings = new SmtpSettings
        {
            Host = host,
            Port = port,
            Security = security,
            User = Text(nameof(SmtpSettings.User)),
            Password = Text(nameof(SmtpSettings.Password)),
            TokenCommand = commands ? Text(nameof(SmtpSettings.TokenCommand)) : null,
            OAuth = ReadOAuth(),
            Timeout = TimeSpan.FromSeconds(seconds),
        };
        if (!_isFaulty && settings.Problem() is { } problem)
            Report(problem.Setting, problem.Found, problem.Expected);
        return _isFaulty ? null : settings;
    }

    private SmtpSecurity ReadSecurity()
    {
        string? text = Text(nameof(SmtpSettings.Security));
        switch (text?.ToUpperInvariant())
        {
            case null or "STARTTLS":
                return SmtpSecurity.StartTls;
            case "TLS":
                return SmtpSecurity.Tls;
            case "NONE":
                return SmtpSecurity.None;
            default:
                Report(nameof(SmtpSettings.Security), $"\"{text}\"", "none, starttls or tls");
                return SmtpSecurity.StartTls;
        }
    }

    private SmtpOAuth? ReadOAuth()
    {
        if (Text("OAuthTokenUrl") is not { } url)
            return null;
        string? client = Text("OAuthClientId"),
            secret = Text("OAuthClientSecret"),
            refresh = Text("OAuthRefreshToken");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            Report("OAuthTokenUrl", $"\"{url}\"", "an https address");
        if (client is null)
            Report("OAuthClientId", "nothing", "the id of this app at the authorization server");
        if (secret is null && refresh is null)
            Report("OAuthClientSecret", "neither it nor a refresh token", "one of them, or both");
        return _isFaulty ? null : new SmtpOAuth(address!, client!, secret, refresh, Text("OAuthScope"));
    }

    /// <summary>A whole number from 1 on.</summary>
    private int ReadNumber(string setting, int usual, int most, string expected)
    {
        if (Text(setting) is not { } text)
            return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most)
            return number;
        Report(setting, $"\"{text}\"", expected);
        return usual;
    }

    private string? Text(string setting) => valueOf(nameOf(setting)) is { Length: > 0 } text ? text : null;

    private void Report(string setting, string found, string expected)
    {
        _isFaulty = true;
        report(nameOf(setting), found, expected);
    }

    /// <summary>587 for STARTTLS, 465 for TLS from the start, 25 for neither.</summary>
    private static int UsualPort(SmtpSecurity security) =>
        security switch
        {
            SmtpSecurity.None => 25,
            SmtpSecurity.StartTls => 587,
            _ => 465,
        };
}
