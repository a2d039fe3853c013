using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Digests;
using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Xunit;

namespace Signals.Testing.World;

/// <summary>Ten days of an account in trouble, in which all that Signals sends leaves: what a sandbox recipient is tried on.</summary>
public static class SandboxStory
{
    public const string Me = "me@company.example";

    public const string Ann = "ann.lee@customer.example";

    private const string Manager = "cs@nimbus.example";

    private static readonly ValueModel Model = StoryModels.OfGroups.WithSetUp() with
    {
        Billing = new BillingDefinition { Failed = ["Payment Failed"], Recovered = ["Payment Succeeded"] },
        Alerts = new AlertSettings { To = [Manager], Webhooks = [new AlertWebhook(AlertChannels.Slack, "https://chat.example/hook")] },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>
    /// What left about the accounts: messages to customers, alerts by mail and to a chat. Digests leave beside. A chat that is posted to
    /// fails the test.
    /// </summary>
    /// <param name="sender">The host's own.</param>
    public static async Task<IReadOnlyList<OutreachRecord>> PlayAsync(IEmailSender sender)
    {
        var world = await SignalsWorld.WithAsync(Model);
        await world.RestartAsync(with: services =>
            services.AddSingleton(sender).AddSingleton(SandboxRecipient.Parse(Me)!).AddSingleton<IAlertChannel>(new ClosedChannel())
        );
        world.Given("ann-7f3c").HasEmail(Ann).Joins("acme").With("plan", "pro").On(0).Tracks("Import Failed").Times(3).On(0);
        world
            .Given("ben-91d0")
            .HasEmail("ben@customer.example")
            .Joins("beta")
            .With("plan", "pro")
            .On(0)
            .Tracks("Payment Failed")
            .With("amount", 99)
            .On(2, 4);
        for (int day = 1; day <= 10; day++)
        {
            await world.AdvanceToAsync(day);
            await world.Get<DailyDigest>().RunAsync(Cancel);
            await world.RunAsync();
        }
        IReadOnlyList<OutreachRecord> left =
        [
            .. (await world.OutreachAsync("acme"))
                .Concat(await world.OutreachAsync("beta"))
                .Where(record => record.State == OutreachState.Sent),
        ];
        Assert.Contains(left, record => record.Kind == OutreachKind.Message && record.To == Ann);
        Assert.Contains(left, record => record.Kind == OutreachKind.Alert && record.To == Manager);
        Assert.Contains(left, record => record.Channel == AlertChannels.Slack);
        return left;
    }

    private sealed class ClosedChannel : IAlertChannel
    {
        public string Kind => AlertChannels.Slack;

        public bool IsIdempotent => false;

        public Task<SendOutcome> SendAsync(OutreachRecord record, RenderedMessage message, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A chat was posted to while everything goes to one address.");
    }
}
