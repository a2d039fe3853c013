using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using SendGrid;
using SendGrid.Helpers.Mail;
using Signals.Azure.Mail;
using Signals.Azure.Settings;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Mail;
using Signals.Testing;
using Signals.Testing.Mail;

namespace Signals.Azure.Tests.Mail;

public sealed class SendGridEmailSenderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 10, 9, 30, 0, TimeSpan.Zero);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ScriptedTransport _transport = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _transport.Dispose();

    [Fact]
    public async Task A_mail_that_was_taken_leaves_as_it_was_written()
    {
        _transport.Answer(HttpStatusCode.Accepted, headers: ("X-Message-Id", "sg-17"));

        var outcome = await Sender().SendAsync(Mails.ToAda, Cancellation);

        Assert.Equal(new SendOutcome(SendStatus.Accepted, ProviderId: "sg-17"), outcome);
        var (method, path, body) = Assert.Single(_transport.Requests);
        Assert.Equal(("POST", "/v3/mail/send"), (method, path));
        using var sent = JsonDocument.Parse(body);
        var mail = sent.RootElement;
        Assert.Equal("help@nimbus.example|Nimbus help", Mailbox(mail.GetProperty("from")));
        Assert.Equal("reply@nimbus.example|", Mailbox(mail.GetProperty("reply_to")));
        Assert.Equal("ada@customer.example|Ada Löve", Mailbox(mail.GetProperty("personalizations")[0].GetProperty("to")[0]));
        Assert.Equal("About your import", Text(mail, "subject") ?? Text(mail.GetProperty("personalizations")[0], "subject"));
        Assert.Equal(
            ["text/plain", "Hello Ada,\n\nHere is how.\n", "text/html", "<p>Hello Ada,</p>\n"],
            mail.GetProperty("content").EnumerateArray().SelectMany(part => new[] { Text(part, "type"), Text(part, "value") })
        );
        Assert.Equal("<https://nimbus.example/u/token>", Text(mail.GetProperty("headers"), "List-Unsubscribe"));
        Assert.Equal("List-Unsubscribe=One-Click", Text(mail.GetProperty("headers"), "List-Unsubscribe-Post"));
        Assert.Equal(Mails.ToAda.Id, Text(mail.GetProperty("custom_args"), "signals_outreach"));
        Assert.Equal("onboarding-stalled", Assert.Single(mail.GetProperty("categories").EnumerateArray()).GetString());
        foreach (string tracking in new[] { "click_tracking", "open_tracking", "subscription_tracking" })
            Assert.False(mail.GetProperty("tracking_settings").GetProperty(tracking).GetProperty("enable").GetBoolean());
        Assert.False(mail.GetProperty("mail_settings").GetProperty("sandbox_mode").GetProperty("enable").GetBoolean());
    }

    [Fact]
    public async Task In_the_sandbox_nothing_is_delivered_and_the_mail_is_taken()
    {
        _transport.Answer(HttpStatusCode.OK);

        var outcome = await Sender(new SendGridSettings("SG.key", Sandbox: true)).SendAsync(Mails.ToAda, Cancellation);

        Assert.Equal(SendStatus.Accepted, outcome.Status);
        using var sent = JsonDocument.Parse(_transport.Requests[0].Body);
        Assert.True(sent.RootElement.GetProperty("mail_settings").GetProperty("sandbox_mode").GetProperty("enable").GetBoolean());
    }

    [Theory]
    [InlineData(400, SendStatus.Refused)]
    [InlineData(413, SendStatus.Refused)]
    [InlineData(422, SendStatus.Refused)]
    [InlineData(401, SendStatus.Transient)]
    [InlineData(403, SendStatus.Transient)]
    [InlineData(404, SendStatus.Transient)]
    [InlineData(302, SendStatus.Transient)]
    [InlineData(429, SendStatus.Transient)]
    [InlineData(500, SendStatus.Transient)]
    [InlineData(502, SendStatus.Transient)]
    [InlineData(503, SendStatus.Transient)]
    [InlineData(504, SendStatus.Unknown)]
    public async Task Every_answer_says_what_may_be_done_next(int status, SendStatus expected)
    {
        _transport.Answer(
            (HttpStatusCode)status,
            """{"errors":[{"message":"The from address does not match.","field":"from","help":null},{"message":"And more"}]}"""
        );

        var outcome = await Sender().SendAsync(Mails.ToAda, Cancellation);

        Assert.Equal(expected, outcome.Status);
        Assert.Equal($"SendGrid answered {status}: The from address does not match. (from). And more.", outcome.Detail);
        Assert.Equal(expected == SendStatus.Transient, outcome.RetryAfter is not null);
        Assert.Single(_transport.Requests);
    }

    [Theory]
    [InlineData("Retry-After", "17", 17)]
    [InlineData("X-RateLimit-Reset", "1768037445", 45)]
    [InlineData("X-RateLimit-Reset", "1768037300", 30)]
    [InlineData("X-RateLimit-Reset", "soon", 30)]
    [InlineData("Retry-After", "999999", 3600)]
    public async Task A_throttled_mail_comes_back_when_SendGrid_says(string header, string value, int seconds)
    {
        _transport.Answer(HttpStatusCode.TooManyRequests, headers: (header, value));

        var outcome = await Sender().SendAsync(Mails.ToAda, Cancellation);

        Assert.Equal((SendStatus.Transient, TimeSpan.FromSeconds(seconds)), (outcome.Status, outcome.RetryAfter));
    }

    [Theory]
    [InlineData("<html>busy</html>", "no reason that can be read.")]
    [InlineData("[]", "no reason that can be read.")]
    [InlineData("{\"errors\":7}", "no reason that can be read.")]
    [InlineData("{\"errors\":[7,{\"message\":8}]}", "no reason.")]
    [InlineData("{\"errors\":[]}", "no reason given.")]
    [InlineData("", "no reason that can be read.")]
    public async Task A_reason_that_cannot_be_read_decides_nothing(string body, string reason)
    {
        _transport.Answer(HttpStatusCode.BadRequest, body);

        var outcome = await Sender().SendAsync(Mails.ToAda, Cancellation);

        Assert.Equal((SendStatus.Refused, $"SendGrid answered 400: {reason}"), (outcome.Status, outcome.Detail));
    }

    [Fact]
    public async Task A_refused_connection_sent_nothing()
    {
        var outcome = await Sender(new SendGridSettings("SG.key", Endpoint: new Uri($"http://127.0.0.1:{FreePort.Find()}")))
            .SendAsync(Mails.ToAda, Cancellation);

        Assert.Equal(SendStatus.Transient, outcome.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 202 Accep")]
    public async Task A_connection_that_breaks_after_the_mail_left_leaves_it_unknown(string beginning)
    {
        await using var server = new BreakingServer(beginning);

        var outcome = await Sender(new SendGridSettings("SG.key", Endpoint: server.Address)).SendAsync(Mails.ToAda, Cancellation);

        Assert.Equal(SendStatus.Unknown, outcome.Status);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_after_its_status_counts_as_its_status()
    {
        await using var server = new BreakingServer("HTTP/1.1 202 Accepted\r\nX-Message-Id: sg-18\r\nContent-Length: 100\r\n\r\npart");

        var outcome = await Sender(new SendGridSettings("SG.key", Endpoint: server.Address)).SendAsync(Mails.ToAda, Cancellation);

        Assert.Equal((SendStatus.Accepted, "sg-18"), (outcome.Status, outcome.ProviderId));
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_leaves_the_mail_unknown()
    {
        await using var server = new BreakingServer(answer: null);
        using var transport = new SocketsHttpHandler();
        var settings = new SendGridSettings("SG.key", Endpoint: server.Address);

        var outcome = await Sender(SendGridClients.Create(settings, transport, TimeSpan.FromMilliseconds(300)), settings)
            .SendAsync(Mails.ToAda, Cancellation);

        Assert.Equal(SendStatus.Unknown, outcome.Status);
    }

    [Fact]
    public async Task A_stop_after_the_mail_left_is_an_outcome_and_before_it_a_cancellation()
    {
        await using var server = new BreakingServer(answer: null);
        using var stop = new CancellationTokenSource();
        server.OnRequest = stop.Cancel;
        var sender = Sender(new SendGridSettings("SG.key", Endpoint: server.Address));

        Assert.Equal(SendStatus.Unknown, (await sender.SendAsync(Mails.ToAda, stop.Token)).Status);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender.SendAsync(Mails.ToAda, stop.Token));
    }

    [Fact]
    public async Task A_client_that_breaks_without_saying_when_leaves_the_mail_unknown()
    {
        var client = new Mock<ISendGridClient>();
        client
            .Setup(it => it.SendEmailAsync(It.IsAny<SendGridMessage>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new HttpRequestException("broken"));

        Assert.Equal(
            SendStatus.Unknown,
            (await Sender(client.Object, new SendGridSettings("SG.key")).SendAsync(Mails.ToAda, Cancellation)).Status
        );
    }

    [Fact]
    public async Task What_cannot_be_a_mail_is_refused_and_never_leaves()
    {
        var injected = Mails.ToAda with
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["List-Unsubscribe"] = "<https://x>\r\nBcc: all@customer.example",
            },
        };
        var nobody = Mails.ToAda with { To = new Signals.Core.Response.Mail.EmailAddress("ada") };

        Assert.Equal(SendStatus.Refused, (await Sender().SendAsync(injected, Cancellation)).Status);
        Assert.Equal(SendStatus.Refused, (await Sender().SendAsync(nobody, Cancellation)).Status);
        Assert.Empty(_transport.Requests);
    }

    [Fact]
    public async Task Without_a_key_mails_wait()
    {
        var sender = new MissingEmailSender(NullLogger<MissingEmailSender>.Instance);

        var outcome = await sender.SendAsync(Mails.ToAda, Cancellation);

        Assert.Equal(
            (SendStatus.Transient, "neither Signals__SendGridApiKey nor Signals__SmtpHost is set"),
            (outcome.Status, outcome.Detail)
        );
        Assert.False(sender.IsIdempotent);
    }

    private SendGridEmailSender Sender()
    {
        var settings = new SendGridSettings("SG.key");
        return Sender(SendGridClients.Create(settings, _transport, Patience), settings);
    }

    private SendGridEmailSender Sender(SendGridSettings settings) =>
        Sender(
            settings.Endpoint is null ? SendGridClients.Create(settings, _transport, Patience) : SendGridClients.Create(settings),
            settings
        );

    private static SendGridEmailSender Sender(ISendGridClient client, SendGridSettings settings) =>
        new(client, settings, new VirtualClock(Now), NullLogger<SendGridEmailSender>.Instance);

    private static string Mailbox(JsonElement address) => $"{Text(address, "email")}|{Text(address, "name")}";

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
