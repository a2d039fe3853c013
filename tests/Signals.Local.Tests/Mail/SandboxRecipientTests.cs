using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Signals.Core.Response.Mail;
using Signals.Smtp;
using Signals.Testing.Mail;
using Signals.Testing.World;

namespace Signals.Local.Tests.Mail;

/// <summary>"Send all to me", over SMTP.</summary>
public sealed class SandboxRecipientTests
{
    [Fact]
    public async Task All_that_leaves_goes_to_the_one_address_and_says_for_whom_it_was()
    {
        await using var server = FakeSmtpServer.Start();
        var sender = new SmtpEmailSender(
            new SmtpSettings
            {
                Host = "127.0.0.1",
                Port = server.Port,
                Security = SmtpSecurity.None,
            },
            NullLogger<SmtpEmailSender>.Instance
        );

        var left = await SandboxStory.PlayAsync(sender);

        var recipients = server.Commands.Where(command => command.StartsWith("RCPT", StringComparison.Ordinal)).ToList();
        Assert.True(recipients.Count >= left.Count, $"{recipients.Count} mails for {left.Count} messages");
        Assert.All(recipients, command => Assert.Equal($"RCPT TO:<{SandboxStory.Me}>", command));
        var mails = server.Mails.ConvertAll(Parsed);
        Assert.All(mails, mail => Assert.StartsWith($"[{mail.Headers[SandboxRecipient.Header]}] ", mail.Subject, StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.Equal([SandboxStory.Me], mail.GetRecipients(onlyUnique: true).Select(mailbox => mailbox.Address)));
        Assert.All(
            mails,
            mail => Assert.DoesNotContain(mail.Headers, header => header.Field.StartsWith("List-", StringComparison.Ordinal))
        );
        Assert.Contains(mails, mail => mail.Headers[SandboxRecipient.Header] == SandboxStory.Ann);
        Assert.Contains(mails, mail => mail.Subject!.Contains("digest", StringComparison.Ordinal));
    }

    private static MimeMessage Parsed(string wire)
    {
        using var bytes = new MemoryStream(System.Text.Encoding.Latin1.GetBytes(wire));
        return MimeMessage.Load(bytes);
    }
}
