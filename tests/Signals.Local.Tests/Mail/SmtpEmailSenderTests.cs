using System.Net;
using System.Net.Sockets;
using System.Text;
using Signals.Core.Response.Mail;
using Signals.Local.Mail;

namespace Signals.Local.Tests.Mail;

public sealed class SmtpEmailSenderTests
{
    [Fact]
    public async Task An_accepted_mail_reached_the_server_byte_for_byte()
    {
        await using var server = FakeSmtpServer.Start();

        var outcome = await SendAsync(server, Mails.ToAda);

        Assert.Equal(new SendOutcome(SendStatus.Accepted, "250 queued as 42", "<o-20260110-7f3a@nimbus.example>"), outcome);
        Assert.Equal(Encoding.ASCII.GetString(MimeWriter.Write(Mails.ToAda)), server.Data);
        Assert.Equal(
            ["EHLO nimbus.example", "MAIL FROM:<help@nimbus.example>", "RCPT TO:<ada@customer.example>", "DATA", "QUIT"],
            server.Commands);
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
        var outcome = await new SmtpEmailSender(Settings(server.Port) with { Timeout = patience })
            .SendAsync(Mails.ToAda, TestContext.Current.CancellationToken);

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

        var outcome = await new SmtpEmailSender(Settings(port)).SendAsync(Mails.ToAda, TestContext.Current.CancellationToken);

        Assert.Equal(SendStatus.Transient, outcome.Status);
    }

    [Fact]
    public async Task A_stop_while_the_answer_is_awaited_is_unknown_and_not_an_exception()
    {
        await using var server = FakeSmtpServer.Start((".", FakeSmtpServer.Hang));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var sending = new SmtpEmailSender(Settings(server.Port)).SendAsync(Mails.ToAda, stop.Token);
        while (server.Data.Length == 0)
            await Task.Yield();

        await stop.CancelAsync();

        Assert.Equal(SendStatus.Unknown, (await sending).Status);
    }

    [Fact]
    public async Task A_lone_dot_in_the_body_does_not_end_the_mail()
    {
        await using var server = FakeSmtpServer.Start();
        var mail = Mails.ToAda with { Text = "before\n.\nRSET\nafter" };

        await SendAsync(server, mail);

        Assert.Contains("after", server.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("RSET", server.Commands);
    }

    [Fact]
    public async Task A_mail_with_a_bad_address_is_refused_before_anyone_is_called()
    {
        await using var server = FakeSmtpServer.Start();

        var outcome = await SendAsync(server, Mails.ToAda with { To = new EmailAddress("ada@customer.example>\r\nRCPT TO:<eve@evil.example") });

        Assert.Equal(SendStatus.Refused, outcome.Status);
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task Signing_in_on_this_machine_uses_what_the_server_offers()
    {
        await using var plain = FakeSmtpServer.Start();
        await SendAsync(plain, Mails.ToAda, user: "ada");
        Assert.Contains("AUTH PLAIN " + Convert.ToBase64String("\0ada\0secret"u8), plain.Commands);

        await using var refused = FakeSmtpServer.Start(("AUTH", "535 wrong password"));
        var outcome = await SendAsync(refused, Mails.ToAda, user: "ada");
        Assert.Equal(SendStatus.Transient, outcome.Status);
        Assert.DoesNotContain("secret", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_in_the_clear_when_TLS_was_asked_for_and_is_not_offered()
    {
        await using var server = FakeSmtpServer.Start();

        var outcome = await new SmtpEmailSender(Settings(server.Port) with { Security = SmtpSecurity.StartTls })
            .SendAsync(Mails.ToAda, TestContext.Current.CancellationToken);

        Assert.Equal(SendStatus.Transient, outcome.Status);
        Assert.Equal(["EHLO nimbus.example"], server.Commands);
    }

    [Fact]
    public async Task Words_spoken_before_the_change_to_TLS_end_the_conversation()
    {
        await using var server = FakeSmtpServer.Start(
            ("EHLO", "250-fake\r\n250 STARTTLS"), ("STARTTLS", "220 go\r\n250 injected"));

        var outcome = await new SmtpEmailSender(Settings(server.Port) with { Security = SmtpSecurity.StartTls })
            .SendAsync(Mails.ToAda, TestContext.Current.CancellationToken);

        Assert.Equal(SendStatus.Transient, outcome.Status);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public void A_password_is_never_sent_in_the_clear_to_another_machine_nor_shown()
    {
        var settings = new SmtpSettings { Host = "mail.example.com", Port = 25, Security = SmtpSecurity.None, User = "ada", Password = "secret" };

        Assert.Throws<ArgumentException>(() => new SmtpEmailSender(settings));
        Assert.DoesNotContain("secret", settings.ToString(), StringComparison.Ordinal);
    }

    private static Task<SendOutcome> SendAsync(FakeSmtpServer server, EmailMessage mail, string? user = null) =>
        new SmtpEmailSender(Settings(server.Port) with { User = user, Password = user is null ? null : "secret" })
            .SendAsync(mail, TestContext.Current.CancellationToken);

    private static SmtpSettings Settings(int port) =>
        new() { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None, Timeout = TimeSpan.FromSeconds(20) };
}
