using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Signals.Core.Platform.Messaging;
using Signals.Testing.Mail;

namespace Signals.Functions.Tests.Driven;

/// <summary>What customers, and those who mean no good, send, and what comes of it, through the whole function app.</summary>
public sealed class StoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_payment_that_failed_becomes_one_mail_and_no_second_one()
    {
        await using var app = await DrivenApp.StartAsync();
        using var answer = await app.SendAsync(
            "/v1/batch",
            [
                """{"type":"identify","userId":"ada","traits":{"email":"ada@customer.example","firstName":"Ada"}}""",
                """{"type":"track","userId":"ada","event":"Payment Failed"}""",
            ]
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(new PipelineCounts(2, 2, 0, 0, 0, 0), await app.FoldedAsync(2));

        // All accounts, by the queue of reviews, and from there by the queue of outreach.
        await ReviewAllAsync(app);
        await app.UntilAsync(() => !app.SendGrid.Mails.IsEmpty);
        await UntilQuietAsync(app);
        await ReviewAllAsync(app);
        await app.Worker.RunTimerAsync("sweep", Token);
        await UntilQuietAsync(app);

        Assert.Single(app.SendGrid.SubjectsTo("ada@customer.example"));
        Assert.Equal("sent", await StateOfMessageAsync(app, "ada"));
        foreach (string queue in QueueNames.All)
            Assert.Equal((0, 0), (app.Broker.Queue(queue).Count, app.Broker.Queue(queue).DeadLetters!.Count));
    }

    [Fact]
    public async Task Where_a_mail_server_is_set_the_mail_goes_there()
    {
        await using var server = FakeSmtpServer.Start();
        await using var app = await DrivenApp.StartAsync(
            more: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Signals__SendGridApiKey"] = "",
                ["Signals__SmtpHost"] = "127.0.0.1",
                ["Signals__SmtpPort"] = server.Port.ToString(CultureInfo.InvariantCulture),
                ["Signals__SmtpSecurity"] = "none",
                ["Signals__SmtpUser"] = "nimbus",
                ["Signals__SmtpPassword"] = "a-password-for-driven-tests",
            }
        );
        using var answer = await app.SendAsync(
            "/v1/batch",
            [
                """{"type":"identify","userId":"ada","traits":{"email":"ada@customer.example","firstName":"Ada"}}""",
                """{"type":"track","userId":"ada","event":"Payment Failed"}""",
            ]
        );
        await app.FoldedAsync(2);

        await ReviewAllAsync(app);
        await app.UntilAsync(() => server.Mails.Count > 0);
        await UntilQuietAsync(app);

        Assert.Contains("\r\nTo: Ada <ada@customer.example>\r\n", Assert.Single(server.Mails), StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<ada@customer.example>", server.Commands);
        Assert.Contains(server.Commands, command => command.StartsWith("AUTH ", StringComparison.Ordinal));
        Assert.Equal("sent", await StateOfMessageAsync(app, "ada"));
        Assert.Empty(app.SendGrid.Mails);
    }

    [Fact]
    public async Task Poison_goes_to_the_dead_letter_with_its_reason_and_the_rest_goes_on()
    {
        await using var app = await DrivenApp.StartAsync();
        await using var client = new ServiceBusClient(app.Broker.ConnectionString);
        await client
            .CreateSender(QueueNames.Usage)
            .SendMessagesAsync(
                [
                    new ServiceBusMessage("no batch of events") { MessageId = "words" },
                    new ServiceBusMessage(new byte[] { 0xff, 0x00, 0x9f }) { MessageId = "bytes" },
                    new ServiceBusMessage { MessageId = "nothing" },
                ],
                Token
            );
        foreach (string queue in (string[])[QueueNames.Reviews, QueueNames.Outreach])
            await client.CreateSender(queue).SendMessageAsync(new ServiceBusMessage("{}") { MessageId = queue }, Token);
        using var answer = await app.SendAsync("/v1/batch", ["""{"type":"track","userId":"bob","event":"Watched"}"""]);

        Assert.Equal(1, (await app.FoldedAsync(1)).Folded);
        await app.UntilAsync(() => QueueNames.All.Sum(queue => app.Broker.Queue(queue).DeadLetters!.Count) == 5);

        Assert.Equal(3, (await app.PipelineAsync()).DeadLettered);
        var dead = app.Broker.Queue(QueueNames.Usage).DeadLetters!.Messages;
        Assert.Equal(["bytes", "nothing", "words"], dead.Select(message => message.MessageId).Order(StringComparer.Ordinal));
        Assert.All(dead, message => Assert.Equal(("CannotBeHandled", true), (message.Reason, message.Description?.Length > 0)));
    }

    [Fact]
    public async Task While_the_tables_are_gone_events_are_taken_and_once_they_are_back_each_is_folded_once()
    {
        await using var app = await DrivenApp.StartAsync();
        await app.SendAsync("/v1/batch", Watched("before", 10));
        await app.FoldedAsync(10);

        app.Wire.Cut();
        using var answer = await app.SendAsync("/v1/batch", Watched("during", 20));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // The handler has tried, and given it back.
        await app.UntilAsync(() => app.Worker.Warnings.Count > 0);
        Assert.Equal(1, app.Broker.Queue(QueueNames.Usage).Count);
        app.Wire.Mend();

        Assert.Equal(new PipelineCounts(30, 30, 0, 0, 0, 0), await app.FoldedAsync(30));
    }

    internal static IEnumerable<string> Watched(string people, int count) =>
        Enumerable.Range(0, count).Select(i => $$"""{"type":"track","userId":"{{people}}-{{i % 50}}","event":"Watched"}""");

    private static async Task ReviewAllAsync(DrivenApp app)
    {
        using var reviews = await app.Worker.Web.PostAsync("/api/reviews", new StringContent("", Encoding.UTF8, "application/json"), Token);
        Assert.True(reviews.IsSuccessStatusCode, $"{reviews.StatusCode}");
    }

    private static Task UntilQuietAsync(DrivenApp app) =>
        app.UntilAsync(() => QueueNames.All.All(queue => app.Broker.Queue(queue).Count == 0));

    private static async Task<string?> StateOfMessageAsync(DrivenApp app, string account)
    {
        using var outreach = JsonDocument.Parse(await app.Worker.Web.GetStringAsync($"/api/outreach?account={account}", Token));
        return outreach
            .RootElement.GetProperty("items")
            .EnumerateArray()
            .Single(item => item.GetProperty("kind").GetString() == "message")
            .GetProperty("state")
            .GetString();
    }
}
