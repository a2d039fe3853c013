using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using MimeKit;
using Signals.Core.Platform.Telemetry;
using Signals.Core.Response.Mail;

namespace Signals.Smtp;

/// <summary>
/// Hands mails to an SMTP server with MailKit, one connection a mail, and tells apart what may be sent again and what may not.
/// </summary>
public sealed partial class SmtpEmailSender : IEmailSender
{
    private const int MaxDetailChars = 300;

    private readonly SmtpSettings _settings;
    private readonly ILogger<SmtpEmailSender> _logger;
    private readonly AccessTokens? _tokens;

    /// <exception cref="ArgumentException">The settings can't work, or would send a secret in the clear.</exception>
    public SmtpEmailSender(SmtpSettings settings, ILogger<SmtpEmailSender> logger)
        : this(settings, logger, AccessTokens.From(settings, TimeProvider.System)) { }

    internal SmtpEmailSender(SmtpSettings settings, ILogger<SmtpEmailSender> logger, AccessTokens? tokens)
    {
        if (settings.Problem() is { } problem)
            throw new ArgumentException($"{problem}", nameof(settings));
        _settings = settings;
        _logger = logger;
        _tokens = tokens;
    }

    public bool IsIdempotent => false;

    /// <summary>
    /// Accepted on the server's 2yz; NoSuchRecipient where it says that the address leads to nobody, Refused on any other 5yz about this
    /// mail; Unknown once the mail's bytes have begun to leave and no answer
    /// came; everything else (no connection, 4yz, a greeting or sign-in refused, which a person can put right) is Transient.
    /// </summary>
    public async Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        try
        {
            using var mail = MimeMessages.Of(message);
            string? token = _tokens is null ? null : await _tokens.GetAsync(cancellationToken);
            return await SendAsync(mail, MimeMessages.Mailbox(message.From), MimeMessages.Mailbox(message.To), token, cancellationToken);
        }
        catch (InvalidMailException fault)
        {
            return new SendOutcome(SendStatus.Refused, fault.Message);
        }
        catch (AccessTokenException fault)
        {
            return Blocked(Shown(fault.Message));
        }
    }

    private async Task<SendOutcome> SendAsync(
        MimeMessage mail,
        MailboxAddress from,
        MailboxAddress to,
        string? token,
        CancellationToken cancellationToken
    )
    {
        using var conversation = new SmtpConversation(_settings, cancellationToken);
        using var server = new SmtpClient(conversation)
        {
            LocalDomain = from.Domain,
            CheckCertificateRevocation = false,
            Timeout = Timeout.Infinite,
        };
        bool isAboutMail = false;
        try
        {
            await server.ConnectAsync(_settings.Host, _settings.Port, OptionOf(_settings.Security), conversation.Token);
            await SignInAsync(server, token, conversation.Token);
            isAboutMail = true;
            string answer = await server.SendAsync(MimeMessages.Wire, mail, from, [to], conversation.Token);
            // The mail is accepted by now: whatever happens while saying goodbye changes nothing, and MailKit passes over it.
            await server.DisconnectAsync(quit: true, conversation.Token);
            return new SendOutcome(SendStatus.Accepted, Told(SmtpStatusCode.Ok, answer), $"<{mail.MessageId}>");
        }
        catch (ServiceNotAuthenticatedException fault)
        {
            return Blocked(Told(SmtpStatusCode.AuthenticationRequired, fault.Message));
        }
        catch (SmtpCommandException fault) when (isAboutMail)
        {
            var status = NoSuchRecipient().IsMatch(fault.Message)
                ? SendStatus.NoSuchRecipient
                : StatusOf((int)fault.StatusCode, conversation.MailIsLeaving);
            return new SendOutcome(status, Told(fault.StatusCode, fault.Message), $"<{mail.MessageId}>");
        }
        catch (Exception fault) when (conversation.MailIsLeaving)
        {
            return new SendOutcome(SendStatus.Unknown, $"The mail left and no answer came: {Told(fault, conversation)}");
        }
        catch (Exception fault) when (IsExpected(fault) || (fault is OperationCanceledException && conversation.TimedOut))
        {
            string detail = Told(fault, conversation);
            return IsOfSettings(fault) ? Blocked(detail) : new SendOutcome(SendStatus.Transient, detail);
        }
    }

    /// <summary>No mail's own fault: they wait until a person has mended the account or the settings.</summary>
    private SendOutcome Blocked(string detail)
    {
        SignalsMetrics.RecordBlockedMail();
        Log.NotOurs(_logger, detail, _settings);
        return new SendOutcome(SendStatus.Transient, detail);
    }

    private async Task SignInAsync(SmtpClient server, string? token, CancellationToken cancellationToken)
    {
        if (_settings.User is not { } user)
            return;
        if (_tokens is null || token is null)
        {
            await server.AuthenticateAsync(user, _settings.Password!, cancellationToken);
            return;
        }
        bool isStandard = server.AuthenticationMechanisms.Contains("OAUTHBEARER") && !server.AuthenticationMechanisms.Contains("XOAUTH2");
        try
        {
            await server.AuthenticateAsync(
                isStandard ? new SaslMechanismOAuthBearer(user, token) : new SaslMechanismOAuth2(user, token),
                cancellationToken
            );
        }
        catch (AuthenticationException)
        {
            _tokens.Forget(token);
            throw;
        }
    }

    /// <summary>A reply in no class that SMTP knows says nothing of a mail that has left.</summary>
    private static SendStatus StatusOf(int code, bool hasLeft) =>
        code switch
        {
            >= 500 and < 600 => SendStatus.Refused,
            >= 400 and < 500 => SendStatus.Transient,
            >= 200 and < 300 when hasLeft => SendStatus.Accepted,
            _ => hasLeft ? SendStatus.Unknown : SendStatus.Transient,
        };

    /// <summary>
    /// RFC 3463's codes for an address that leads to nobody: no such mailbox, no such system, no such form, moved away; and RFC 7505's for
    /// a domain that takes no mail. A full mailbox (5.2.2), a policy (5.7) and what is wrong with the sender (5.1.7, 5.1.8) are not among
    /// them.
    /// </summary>
    [GeneratedRegex(@"^5\.1\.(?:1|2|3|6|10)(?:[^\d.]|$)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NoSuchRecipient();

    private static SecureSocketOptions OptionOf(SmtpSecurity security) =>
        security switch
        {
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };

    private static bool IsExpected(Exception fault) =>
        fault
            is IOException
                or SocketException
                or TimeoutException
                or ProtocolException
                or CommandException
                or AuthenticationException
                or SaslException
                or SslHandshakeException
                or NotSupportedException;

    /// <summary>The server would not sign in, or cannot speak as it is asked to.</summary>
    private static bool IsOfSettings(Exception fault) =>
        fault is AuthenticationException or SaslException or SslHandshakeException or NotSupportedException;

    private string Told(Exception fault, SmtpConversation conversation) =>
        fault switch
        {
            _ when conversation.TimedOut =>
                $"{_settings.Host}:{_settings.Port} took more than {_settings.Timeout.TotalSeconds:0.###} s for a step.",
            SmtpCommandException answer => $"The server would not begin: {Told(answer.StatusCode, answer.Message)}",
            AuthenticationException => $"The server would not sign in: {Shown(fault.Message)}",
            _ => Shown(fault.Message),
        };

    /// <summary>For people: the code and what was said.</summary>
    private static string Told(SmtpStatusCode code, string text) => $"{(int)code} {Shown(text)}".TrimEnd();

    /// <summary>One line of printable ASCII, whatever a server says.</summary>
    private static string Shown(string text) =>
        string.Concat(text.ReplaceLineEndings(" ").Take(MaxDetailChars).Select(c => c is < ' ' or > '~' ? '?' : c)).TrimEnd();

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Error,
            "No mail can be sent: {Detail} Check the mail server's settings: {Settings}. Mails wait until then."
        )]
        public static partial void NotOurs(ILogger logger, string detail, SmtpSettings settings);
    }
}
