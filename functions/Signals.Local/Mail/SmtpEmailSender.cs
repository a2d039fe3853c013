using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Signals.Core.Response.Mail;

namespace Signals.Local.Mail;

/// <summary>
/// Hands mails to an SMTP server: the very bytes of <see cref="MimeWriter"/>, one connection a mail. The framework's client does not
/// say whether a failure came before or after the mail had left, which decides whether it may be sent again.
/// </summary>
public sealed class SmtpEmailSender : IEmailSender
{
    private static readonly byte[] EndOfData = "\r\n.\r\n"u8.ToArray();

    private readonly SmtpSettings _settings;

    /// <exception cref="ArgumentException">The settings can't work, or would send a password in the clear.</exception>
    public SmtpEmailSender(SmtpSettings settings)
    {
        if (settings.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(settings));
        _settings = settings;
    }

    public bool IsIdempotent => false;

    /// <summary>
    /// Accepted on the server's 2yz; Refused on a 5yz about this mail; Unknown once the mail's bytes have begun to leave and no answer
    /// came; everything else (no connection, 4yz, a greeting or sign-in refused, which a person can put right) is Transient.
    /// </summary>
    public async Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        byte[] data;
        string from, to;
        try
        {
            data = DotStuffed(MimeWriter.Write(message));
            from = MailHeader.Ascii(message.From.Address);
            to = MailHeader.Ascii(message.To.Address);
        }
        catch (InvalidMailException problem)
        {
            return new SendOutcome(SendStatus.Refused, problem.Message);
        }

        bool leaving = false;
        try
        {
            await using var server = await SmtpConnection.OpenAsync(_settings, cancellationToken);
            await GreetAsync(server, MailHeader.Domain(message.From.Address), cancellationToken);
            if (Failure(await server.CommandAsync($"MAIL FROM:<{from}>", cancellationToken), 250) is { } badSender)
                return badSender;
            if (Failure(await server.CommandAsync($"RCPT TO:<{to}>", cancellationToken), 250, 251) is { } badRecipient)
                return badRecipient;
            if (Failure(await server.CommandAsync("DATA", cancellationToken), 354) is { } noData)
                return noData;
            leaving = true;
            await server.WriteAsync(data, cancellationToken);
            var reply = await server.ReplyAsync(cancellationToken);
            if (Failure(reply, 250) is { } refused)
                return refused;
            await QuitAsync(server, cancellationToken);
            return new SendOutcome(SendStatus.Accepted, reply.Text, MimeWriter.MessageId(message));
        }
        catch (Exception problem) when (leaving && IsExpected(problem, orCanceled: true))
        {
            return new SendOutcome(SendStatus.Unknown, $"The mail left and no answer came: {problem.Message}");
        }
        catch (Exception problem) when (!leaving && IsExpected(problem, orCanceled: false))
        {
            return new SendOutcome(SendStatus.Transient, problem.Message);
        }
    }

    /// <summary>Greeting, EHLO, STARTTLS and sign-in: all that is about the server and not about the mail.</summary>
    private async Task GreetAsync(SmtpConnection server, string ownName, CancellationToken cancellationToken)
    {
        Expect(await server.ReplyAsync(cancellationToken), 220, "greet");
        var offers = await HelloAsync(server, ownName, cancellationToken);
        if (_settings.Security == SmtpSecurity.StartTls)
        {
            if (!offers.Contains("STARTTLS", StringComparer.OrdinalIgnoreCase))
                throw new SmtpException($"{_settings.Host} does not offer STARTTLS; nothing is sent in the clear.");
            Expect(await server.CommandAsync("STARTTLS", cancellationToken), 220, "change to TLS");
            await server.EncryptAsync(cancellationToken);
            offers = await HelloAsync(server, ownName, cancellationToken);
        }
        if (_settings.User is not null)
            await SignInAsync(server, offers, cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> HelloAsync(SmtpConnection server, string ownName, CancellationToken cancellationToken)
    {
        var reply = await server.CommandAsync($"EHLO {ownName}", cancellationToken);
        Expect(reply, 250, "say hello");
        return reply.Lines;
    }

    private async Task SignInAsync(SmtpConnection server, IReadOnlyList<string> offers, CancellationToken cancellationToken)
    {
        string offered = offers.FirstOrDefault(line => line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase)) ?? "";
        string[] ways = offered.ToUpperInvariant().Split([' ', '='], StringSplitOptions.RemoveEmptyEntries);
        if (ways.Contains("PLAIN"))
        {
            Expect(await server.CommandAsync("AUTH PLAIN " + Base64($"\0{_settings.User}\0{_settings.Password}"), cancellationToken), 235, "sign in");
            return;
        }
        if (!ways.Contains("LOGIN"))
            throw new SmtpException($"{_settings.Host} offers neither AUTH PLAIN nor AUTH LOGIN.");
        Expect(await server.CommandAsync("AUTH LOGIN", cancellationToken), 334, "sign in");
        Expect(await server.CommandAsync(Base64(_settings.User!), cancellationToken), 334, "sign in");
        Expect(await server.CommandAsync(Base64(_settings.Password!), cancellationToken), 235, "sign in");
    }

    /// <summary>The mail is accepted by now: whatever happens while saying goodbye changes nothing.</summary>
    private static async Task QuitAsync(SmtpConnection server, CancellationToken cancellationToken)
    {
        try
        {
            await server.CommandAsync("QUIT", cancellationToken);
        }
        catch (Exception problem) when (IsExpected(problem, orCanceled: true))
        {
            return;
        }
    }

    private static void Expect(SmtpReply reply, int code, string step)
    {
        if (reply.Code != code)
            throw new SmtpException($"The server would not {step}: {reply.Text}");
    }

    private static SendOutcome? Failure(SmtpReply reply, params ReadOnlySpan<int> expected) =>
        expected.Contains(reply.Code) ? null : new SendOutcome(reply.Code is >= 500 and < 600 ? SendStatus.Refused : SendStatus.Transient, reply.Text);

    private static bool IsExpected(Exception problem, bool orCanceled) =>
        problem is IOException or SocketException or TimeoutException or SmtpException or AuthenticationException ||
        (orCanceled && problem is OperationCanceledException);

    /// <summary>A line that starts with a dot gets a second one (RFC 5321, 4.5.2), and a lone dot ends it all.</summary>
    private static byte[] DotStuffed(byte[] mail)
    {
        using var stuffed = new MemoryStream(mail.Length + 64);
        for (int i = 0; i < mail.Length; i++)
        {
            if (mail[i] == '.' && (i == 0 || mail[i - 1] == '\n'))
                stuffed.WriteByte((byte)'.');
            stuffed.WriteByte(mail[i]);
        }
        stuffed.Write(mail.AsSpan().EndsWith("\r\n"u8) ? EndOfData.AsSpan(2) : EndOfData);
        return stuffed.ToArray();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
