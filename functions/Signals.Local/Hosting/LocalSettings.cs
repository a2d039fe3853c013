using System.Net;
using Signals.Core.Response.Mail;
using Signals.Smtp;
using Signals.Web.Doors;
using Signals.Web.Ingestion;
using Signals.Web.OutgoingWebhooks;
using Signals.Web.Security;

namespace Signals.Local.Hosting;

/// <summary>What the environment may set on the one-machine host. Every variable begins with SIGNALS_.</summary>
/// <param name="WriteKey">SIGNALS_WRITE_KEY: replaces the folder's own write key, which servers send with.</param>
/// <param name="ApiToken">SIGNALS_API_TOKEN: replaces the folder's own API token; 16 characters or more.</param>
/// <param name="Smtp">
/// SIGNALS_SMTP_HOST, _PORT, _SECURITY (none, starttls, tls), _TIMEOUT (seconds a step), _USER with one of _PASSWORD, _TOKEN_COMMAND and
/// _OAUTH_TOKEN_URL (with _OAUTH_CLIENT_ID, _CLIENT_SECRET, _REFRESH_TOKEN, _SCOPE); null writes to the outbox folder.
/// </param>
public sealed record LocalSettings(string? WriteKey, string? ApiToken, SmtpSettings? Smtp)
{
    /// <summary>SIGNALS_BROWSER_WRITE_KEY: replaces the folder's own key for pages and apps.</summary>
    public string? BrowserWriteKey { get; init; }

    /// <summary>SIGNALS_PROXIES: the TLS proxies whose word of who asked is believed.</summary>
    public TrustedProxies Proxies { get; init; } = TrustedProxies.None;

    /// <summary>SIGNALS_EVENTS_PATH: a path under which events are taken as well.</summary>
    public EventsPath EventsPath { get; init; } = EventsPath.None;

    /// <summary>SIGNALS_PRIVATE_WEBHOOKS: private networks that the model's webhooks may reach.</summary>
    public IReadOnlyList<IPNetwork> PrivateWebhooks { get; init; } = [];

    /// <summary>SIGNALS_SLACK_SIGNING_SECRET: the Slack app's, for buttons in its messages; null for links.</summary>
    public string? SlackSigningSecret { get; init; }

    /// <summary>SIGNALS_WEBHOOK_SECRETS: by which keys what other systems are told is signed.</summary>
    public WebhookSecrets WebhookSecrets { get; init; } = WebhookSecrets.None;

    /// <summary>SIGNALS_DOOR_SECRETS: by which secrets the posts of other services are known.</summary>
    public DoorSecrets DoorSecrets { get; init; } = DoorSecrets.None;

    /// <summary>SIGNALS_SANDBOX_RECIPIENT: the one address that gets every mail and alert instead of whom it is for.</summary>
    public SandboxRecipient Sandbox { get; init; } = SandboxRecipient.None;

    /// <summary>SIGNALS_QUIET_SECONDS: how long an account's events are quiet before anybody is written to; null for the usual.</summary>
    public TimeSpan? Quiet { get; init; }

    /// <summary>
    /// SIGNALS_MAX_BACKLOG_EVENTS: events that may wait to be folded before senders are told to come again; null for no limit.
    /// </summary>
    public long? MaxBacklogEvents { get; init; } = UsualBacklogEvents;

    /// <summary>SIGNALS_MAX_CONNECTIONS, and what else whoever comes may take of the server.</summary>
    public ServerLimits Limits { get; init; } = new();

    private const long UsualBacklogEvents = 1_000_000;
    private const int LeastBacklogEvents = 10_000;
    private const int LeastTokenChars = 16;
    private const int MostQuietSeconds = 300;

    /// <summary>Throws <see cref="SettingException"/> naming the variable, what was found and what is expected.</summary>
    public static LocalSettings FromEnvironment(Func<string, string?> variable)
    {
        string? token = Read("SIGNALS_API_TOKEN");
        if (token?.Length < LeastTokenChars)
            throw new SettingException("SIGNALS_API_TOKEN", $"{token.Length} characters", $"at least {LeastTokenChars}");
        var smtp = new SmtpSettingsReader(NameOfSmtp, Read, (name, found, expected) => throw new SettingException(name, found, expected));
        string? slack = Read("SIGNALS_SLACK_SIGNING_SECRET");
        if (slack?.Length < LeastTokenChars)
            throw new SettingException("SIGNALS_SLACK_SIGNING_SECRET", $"{slack.Length} characters", $"at least {LeastTokenChars}");
        return new LocalSettings(Read("SIGNALS_WRITE_KEY"), token, smtp.Read(commands: true))
        {
            SlackSigningSecret = slack,
            // Never quoted: it is a secret, however it is written.
            WebhookSecrets =
                WebhookSecrets.Parse(Read("SIGNALS_WEBHOOK_SECRETS"))
                ?? throw new SettingException("SIGNALS_WEBHOOK_SECRETS", "another text (not shown)", WebhookSecrets.Expected),
            DoorSecrets =
                DoorSecrets.Parse(Read("SIGNALS_DOOR_SECRETS"))
                ?? throw new SettingException("SIGNALS_DOOR_SECRETS", "another text (not shown)", DoorSecrets.Expected),
            Sandbox =
                SandboxRecipient.Parse(Read("SIGNALS_SANDBOX_RECIPIENT"))
                ?? throw new SettingException(
                    "SIGNALS_SANDBOX_RECIPIENT",
                    $"\"{Read("SIGNALS_SANDBOX_RECIPIENT")}\"",
                    SandboxRecipient.Expected
                ),
            BrowserWriteKey = Read("SIGNALS_BROWSER_WRITE_KEY"),
            Quiet = Read("SIGNALS_QUIET_SECONDS") is { } quiet ? ReadSeconds("SIGNALS_QUIET_SECONDS", quiet, 0, MostQuietSeconds) : null,
            Limits = Read("SIGNALS_MAX_CONNECTIONS") is { } connections
                ? new ServerLimits { Connections = ReadConnections(connections) }
                : new ServerLimits(),
            MaxBacklogEvents = Read("SIGNALS_MAX_BACKLOG_EVENTS") is { } backlog ? ReadBacklog(backlog) : UsualBacklogEvents,
            EventsPath =
                EventsPath.Parse(Read("SIGNALS_EVENTS_PATH"))
                ?? throw new SettingException("SIGNALS_EVENTS_PATH", $"\"{Read("SIGNALS_EVENTS_PATH")}\"", EventsPath.Expected),
            PrivateWebhooks =
                TrustedProxies.ParseNetworks(Read("SIGNALS_PRIVATE_WEBHOOKS"))
                ?? throw new SettingException(
                    "SIGNALS_PRIVATE_WEBHOOKS",
                    $"\"{Read("SIGNALS_PRIVATE_WEBHOOKS")}\"",
                    TrustedProxies.Expected
                ),
            Proxies =
                TrustedProxies.Parse(Read("SIGNALS_PROXIES"))
                ?? throw new SettingException("SIGNALS_PROXIES", $"\"{Read("SIGNALS_PROXIES")}\"", TrustedProxies.Expected),
        };

        static long? ReadBacklog(string text) =>
            text == "none" ? null
            : long.TryParse(text, System.Globalization.NumberStyles.None, null, out long events) && events >= LeastBacklogEvents ? events
            : throw new SettingException(
                "SIGNALS_MAX_BACKLOG_EVENTS",
                $"\"{text}\"",
                $"a number of events from {LeastBacklogEvents} on, or none"
            );

        static int ReadConnections(string text) =>
            int.TryParse(text, System.Globalization.NumberStyles.None, null, out int connections)
            && connections is >= ServerLimits.LeastConnections and <= ServerLimits.MostConnections
                ? connections
                : throw new SettingException(
                    "SIGNALS_MAX_CONNECTIONS",
                    $"\"{text}\"",
                    $"a number of connections, {ServerLimits.LeastConnections} to {ServerLimits.MostConnections}"
                );

        static TimeSpan ReadSeconds(string name, string text, int least, int most) =>
            int.TryParse(text, System.Globalization.NumberStyles.None, null, out int seconds) && seconds >= least && seconds <= most
                ? TimeSpan.FromSeconds(seconds)
                : throw new SettingException(name, $"\"{text}\"", $"seconds, {least} to {most}");

        string? Read(string name) => variable(name) is { Length: > 0 } value ? value : null;
    }

    /// <summary>OAuthTokenUrl is SIGNALS_SMTP_OAUTH_TOKEN_URL.</summary>
    private static string NameOfSmtp(string setting) =>
        "SIGNALS_SMTP"
        + string.Concat(
            setting
                .Replace("OAuth", "Oauth", StringComparison.Ordinal)
                .Select(c => char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}")
        );
}

/// <summary>An environment variable that cannot be used.</summary>
public sealed class SettingException(string name, string found, string expected)
    : Exception($"{name}: found {found}, expected {expected}.");
