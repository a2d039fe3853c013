using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Azure.Mail;
using Signals.Azure.Settings;
using Signals.Core.Response.Mail;
using Signals.Testing.World;

namespace Signals.Azure.Tests.Mail;

/// <summary>"Send all to me", over SendGrid.</summary>
public sealed class SandboxRecipientTests : IDisposable
{
    private const int Most = 40;

    private readonly ScriptedTransport _transport = new();

    public void Dispose() => _transport.Dispose();

    [Fact]
    public async Task All_that_leaves_goes_to_the_one_address_and_says_for_whom_it_was()
    {
        for (int i = 0; i < Most; i++)
            _transport.Answer(HttpStatusCode.Accepted);
        var settings = new SendGridSettings("SG.key");
        var sender = new SendGridEmailSender(
            SendGridClients.Create(settings, _transport, TimeSpan.FromSeconds(30)),
            settings,
            TimeProvider.System,
            NullLogger<SendGridEmailSender>.Instance
        );

        var left = await SandboxStory.PlayAsync(sender);

        Assert.True(_transport.Requests.Count >= left.Count, $"{_transport.Requests.Count} mails for {left.Count} messages");
        var said = new List<string>();
        foreach (var (_, _, body) in _transport.Requests)
        {
            using var sent = JsonDocument.Parse(body);
            var mail = sent.RootElement;
            var personalization = Assert.Single(mail.GetProperty("personalizations").EnumerateArray());
            var to = Assert.Single(personalization.GetProperty("to").EnumerateArray());
            Assert.Equal(SandboxStory.Me, to.GetProperty("email").GetString());
            Assert.False(personalization.TryGetProperty("cc", out _) || personalization.TryGetProperty("bcc", out _));
            var headers = mail.GetProperty("headers");
            Assert.DoesNotContain(headers.EnumerateObject(), header => header.Name.StartsWith("List-", StringComparison.Ordinal));
            string original = headers.GetProperty(SandboxRecipient.Header).GetString()!;
            var subject = mail.TryGetProperty("subject", out var whole) ? whole : personalization.GetProperty("subject");
            Assert.StartsWith($"[{original}] ", subject.GetString(), StringComparison.Ordinal);
            said.Add(original);
        }
        Assert.Contains(SandboxStory.Ann, said);
    }
}
