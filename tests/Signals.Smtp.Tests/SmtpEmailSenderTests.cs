using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Response.Mail;
using Signals.Testing.Mail;

namespace Signals.Smtp.Tests;

public sealed class SmtpEmailSenderTests
{
    [Fact]
    public async Task An_accepted_mail_reached_the_server_byte_for_byte()
    {
        await using var server = FakeSmtpServer.Start();

        var outcome = await SendAsync(server, Mails.Plain);

        Assert.Equal(new SendOutcome(SendStatus.Accepted, "250 queued as 42", "<o-20260110-7f3a@nimbus.example>"), outcome);
        Assert.Equal(Encoding.ASCII.GetString(MimeMessages.Write(Mails.Plain)), server.Data);
        Assert.Equal(
            ["EHLO nimbus.example", "MAIL FROM:<help@nimbus.example>", "RCPT TO:<ada@customer.example>", "DATA", "QUIT"],
            server.Commands
        );
    }

    [Theory]
    [InlineData("greeting", "421 too busy", SendStatus.Transient)]
    [InlineData("greeting", "554 go away", SendStatus.Transient)]
    [InlineData("greeting", "nonsense", SendStatus.Transient)]
    [InlineData("greeting", FakeSmtpServer.Drop, SendStatus.Transient)]
    [InlineData("greeting", FakeSmtpServer.Hang, SendStatus.Transient)]
    [InlineData("EHLO", FakeSmtpServer.Drop, SendStatus.Transient)]
    [InlineData("MAIL", "451 later", SendStatus.Transient)]
    [InlineData("MAIL", "550 not from you", SendStatus.Refused)]
    [InlineData("RCPT", "450 mailbox busy", SendStatus.Transient)]
    [InlineData("RCPT", "550 no such user", SendStatus.Refused)]
    [InlineData("RCPT", "550 5.1.1 user unknown", SendStatus.NoSuchRecipient)]
    [InlineData("RCPT", "550 5.1.2 no such domain", SendStatus.NoSuchRecipient)]
    [InlineData("RCPT", "553 5.1.3 bad address syntax", SendStatus.NoSuchRecipient)]
    [InlineData("RCPT", "551 5.1.6 moved away", SendStatus.NoSuchRecipient)]
    [InlineData("RCPT", "556 5.1.10 takes no mail", SendStatus.NoSuchRecipient)]
    [InlineData(".", "550 5.1.1 user unknown", SendStatus.NoSuchRecipient)]
    [InlineData("RCPT", "550 5.1.7 bad sender", SendStatus.Refused)]
    [InlineData("RCPT", "550 5.1.11 something else", SendStatus.Refused)]
    [InlineData("RCPT", "552 5.2.2 mailbox full", SendStatus.Refused)]
    [InlineData("RCPT", "550 5.7.1 by our policy", SendStatus.Refused)]
    [InlineData("RCPT", "450 4.1.1 user unknown just now", SendStatus.Transient)]
    [InlineData("RCPT", FakeSmtpServer.Hang, SendStatus.Transient)]
    [InlineData("DATA", "451 later", SendStatus.Transient)]
    [InlineData("DATA", "554 no", SendStatus.Refused)]
    [InlineData("in data", FakeSmtpServer.Drop, SendStatus.Unknown)]
    [InlineData(".", "452 disk full", SendStatus.Transient)]
    [InlineData(".", "554 looks like spam", SendStatus.Refused)]
    [InlineData(".", FakeSmtpServer.Drop, SendStatus.Unknown)]
    [InlineData(".", FakeSmtpServer.Hang, SendStatus.Unknown)]
    [InlineData(".", "garbage", SendStatus.Unknown)]
    [InlineData("QUIT", FakeSmtpServer.Drop, SendStatus.Accepted)]
    public async Task What_the_server_does_decides_what_may_be_done_next(string step, string reply, SendStatus expected)
    {
        await using var server = FakeSmtpServer.Start((step, reply));

        // Only a server that never answers is waited out; the others answer in their own time.
        var patience = reply == FakeSmtpServer.Hang ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(20);
        var outcome = await Sender(Settings(server.Port) with { Timeout = patience })
            .SendAsync(Mails.Plain, TestContext.Current.CancellationToken);

        Assert.Equal(expected, outcome.Status);
        Assert.False(string.IsNullOrWhiteSpace(outcome.Detail));
    }

    [Fact]
    public async Task Nobody_listening_is_transient()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var outcome = await Sender(Settings(port)).SendAsync(Mails.Plain, TestContext.Current.CancellationToken);

        Assert.Equal(SendStatus.Transient, outcome.Status);
    }

    [Fact]
    public async Task A_stop_while_the_answer_is_awaited_is_unknown_and_not_an_exception()
    {
        await using var server = FakeSmtpServer.Start((".", FakeSmtpServer.Hang));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var sending = Sender(Settings(server.Port)).SendAsync(Mails.Plain, stop.Token);
        while (server.Data.Length == 0)
            await Task.Yield();

        await stop.CancelAsync();

        Assert.Equal(SendStatus.Unknown, (await sending).Status);
    }

    [Fact]
    public async Task A_lone_dot_in_the_body_does_not_end_the_mail()
    {
        await using var server = FakeSmtpServer.Start();
        var mail = Mails.Plain with { Text = "before\n.\nRSET\nafter" };

        await SendAsync(server, mail);

        Assert.Contains("after", server.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("RSET", server.Commands);
    }

    [Fact]
    public async Task A_mail_with_a_bad_address_is_refused_before_anyone_is_called()
    {
        await using var server = FakeSmtpServer.Start();

        var outcome = await SendAsync(
            server,
            Mails.Plain with
            {
                To = new EmailAddress("ada@customer.example>\r\nRCPT TO:<eve@evil.example"),
            }
        );

        Assert.Equal(SendStatus.Refused, outcome.Status);
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task Signing_in_on_this_machine_uses_what_the_server_offers()
    {
        await using var plain = FakeSmtpServer.Start();
        await SendAsync(plain, Mails.Plain, user: "ada");
        Assert.Contains("AUTH PLAIN " + Convert.ToBase64String("\0ada\0secret"u8), plain.Commands);

        await using var refused = FakeSmtpServer.Start(("AUTH", "535 wrong password"));
        var outcome = await SendAsync(refused, Mails.Plain, user: "ada");
        Assert.Equal(SendStatus.Transient, outcome.Status);
        Assert.DoesNotContain("secret", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_in_the_clear_when_TLS_was_asked_for_and_is_not_offered()
    {
        await using var server = FakeSmtpServer.Start();

        var outcome = await Sender(Settings(server.Port) with { Security = SmtpSecurity.StartTls })
            .SendAsync(Mails.Plain, TestContext.Current.CancellationToken);

        Assert.Equal(SendStatus.Transient, outcome.Status);
        Assert.Equal(["EHLO nimbus.example"], server.Commands);
    }

    [Fact]
    public async Task Words_spoken_before_the_change_to_TLS_end_the_conversation()
    {
        await using var server = FakeSmtpServer.Start(("EHLO", "250-fake\r\n250 STARTTLS"), ("STARTTLS", "220 go\r\n250 injected"));

        var outcome = await Sender(Settings(server.Port) with { Security = SmtpSecurity.StartTls })
            .SendAsync(Mails.Plain, TestContext.Current.CancellationToken);

        Assert.Equal(SendStatus.Transient, outcome.Status);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public void A_password_is_never_sent_in_the_clear_to_another_machine_nor_shown()
    {
        var settings = new SmtpSettings
        {
            Host = "mail.example.com",
            Port = 25,
            Security = SmtpSecurity.None,
            User = "ada",
            Password = "secret",
        };

        Assert.Throws<ArgumentException>(() => Sender(settings));
        Assert.DoesNotContain("secret", settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL", "530 5.7.0 authentication required", SendStatus.Transient)]
    [InlineData("RCPT", "251 will forward", SendStatus.Accepted)]
    [InlineData("DATA", "350 what else", SendStatus.Transient)]
    [InlineData("DATA", "354", SendStatus.Accepted)]
    [InlineData(".", "251 passed on", SendStatus.Accepted)]
    [InlineData(".", "354 go on", SendStatus.Unknown)]
    [InlineData(".", "999 no such class", SendStatus.Unknown)]
    public async Task An_odd_reply_means_what_is_safe(string step, string reply, SendStatus expected)
    {
        await using var server = FakeSmtpServer.Start((step, reply));

        var outcome = await SendAsync(server, Mails.Plain);

        Assert.Equal(expected, outcome.Status);
    }

    [Theory]
    [InlineData("EHLO", SendStatus.Transient)]
    [InlineData(".", SendStatus.Unknown)]
    public async Task A_reply_without_end_is_not_read_to_its_end(string step, SendStatus expected)
    {
        await using var server = FakeSmtpServer.Start(
            (step, string.Concat(Enumerable.Repeat("250-and so on\r\n", 100_000)) + "250 at last")
        );

        var outcome = await SendAsync(server, Mails.Plain);

        Assert.Equal(expected, outcome.Status);
        Assert.Contains("at most 16384 bytes", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_server_says_is_told_as_one_line_of_plain_text()
    {
        await using var server = FakeSmtpServer.Start(("RCPT", "550-5.1.1 no \u0007such\u001b[31m user\r\n550 5.1.1 ask é"));

        var outcome = await SendAsync(server, Mails.Plain);

        Assert.Equal("550 5.1.1 no ?such?[31m user 5.1.1 ask ?", outcome.Detail);
    }

    [Theory]
    [InlineData("AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER", "AUTH XOAUTH2 ", "user=ada\u0001")]
    [InlineData("AUTH OAUTHBEARER", "AUTH OAUTHBEARER ", "n,a=ada,\u0001host=127.0.0.1\u0001")]
    public async Task An_access_token_signs_in_by_what_the_server_offers(string offer, string command, string begin)
    {
        await using var server = FakeSmtpServer.Start(("EHLO", $"250-fake\r\n250 {offer}"));

        var outcome = await Sender(OAuthSettings(server.Port), Tokens()).SendAsync(Mails.Plain, TestContext.Current.CancellationToken);

        Assert.Equal(SendStatus.Accepted, outcome.Status);
        string said = Assert.Single(server.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.StartsWith(command, said, StringComparison.Ordinal);
        string response = Encoding.ASCII.GetString(Convert.FromBase64String(said[command.Length..]));
        Assert.StartsWith(begin, response, StringComparison.Ordinal);
        Assert.EndsWith("\u0001auth=Bearer t-1\u0001\u0001", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_the_server_refuses_is_not_used_again()
    {
        var tokens = Tokens();
        // The server says why in a challenge of its own, which is answered with an empty line.
        await using (
            var server = FakeSmtpServer.Start(
                ("EHLO", "250-fake\r\n250 AUTH XOAUTH2"),
                ("AUTH", "334 eyJzdGF0dXMiOiI0MDEifQ=="),
                ("", "535 5.7.8 token expired")
            )
        )
        {
            var refused = await Sender(OAuthSettings(server.Port), tokens).SendAsync(Mails.Plain, TestContext.Current.CancellationToken);

            Assert.Equal(SendStatus.Transient, refused.Status);
            Assert.Contains("token expired", refused.Detail, StringComparison.Ordinal);
            Assert.DoesNotContain("t-1", refused.Detail, StringComparison.Ordinal);
        }

        Assert.Equal("t-2", await tokens.GetAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_token_nobody_is_called_and_the_mail_waits()
    {
        await using var server = FakeSmtpServer.Start();
        var none = new AccessTokens(() => throw new AccessTokenException("No token today."), TimeProvider.System);

        var outcome = await Sender(OAuthSettings(server.Port), none).SendAsync(Mails.Plain, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome(SendStatus.Transient, "No token today."), outcome);
        Assert.Empty(server.Commands);
    }

    [Theory]
    [InlineData("AUTH", "535 5.7.8 wrong password", 1)]
    [InlineData("EHLO", "250 no way to sign in here", 1)]
    [InlineData("MAIL", "530 5.7.0 authentication required", 1)]
    [InlineData("greeting", "421 too busy", 0)]
    [InlineData("MAIL", "451 come again", 0)]
    [InlineData("RCPT", "550 5.1.1 no such user", 0)]
    [InlineData(".", "250 queued", 0)]
    public async Task What_a_person_has_to_mend_is_counted_and_nothing_else(string step, string reply, int blocked)
    {
        await using var server = FakeSmtpServer.Start((step, reply));
        int counted = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "signals.mail.blocked")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        // Other tests send meanwhile, in flows of their own.
        var flow = new AsyncLocal<bool> { Value = true };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => counted += flow.Value ? (int)count : 0);
        listener.Start();

        await SendAsync(server, Mails.Plain, user: "ada");

        Assert.Equal(blocked, counted);
    }

    private static SmtpEmailSender Sender(SmtpSettings settings) => new(settings, NullLogger<SmtpEmailSender>.Instance);

    private static SmtpEmailSender Sender(SmtpSettings settings, AccessTokens tokens) =>
        new(settings, NullLogger<SmtpEmailSender>.Instance, tokens);

    private static AccessTokens Tokens()
    {
        int fetched = 0;
        return new AccessTokens(() => Task.FromResult(new AccessToken($"t-{++fetched}", DateTimeOffset.MaxValue)), TimeProvider.System);
    }

    private static SmtpSettings OAuthSettings(int port) => Settings(port) with { User = "ada", TokenCommand = "not asked here" };

    private static Task<SendOutcome> SendAsync(FakeSmtpServer server, EmailMessage mail, string? user = null) =>
        Sender(Settings(server.Port) with { User = user, Password = user is null ? null : "secret" })
            .SendAsync(mail, TestContext.Current.CancellationToken);

    private static SmtpSettings Settings(int port) =>
        new()
        {
            Host = "127.0.0.1",
            Port = port,
            Security = SmtpSecurity.None,
            Timeout = TimeSpan.FromSeconds(20),
        };
}
