using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Model;
using Signals.Core.Response.Delivery;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Mail;

/// <summary>What becomes of the one address says nothing of those for whom the mails were.</summary>
public sealed class SandboxRecipientTests
{
    private const string Me = "me@company.example";
    private const string Ann = "ann@customer.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task That_there_is_no_such_address_suppresses_nobody()
    {
        var world = await GivenAsync(_ => new SendOutcome(SendStatus.NoSuchRecipient, "550 5.1.1 user unknown"));

        var message = Assert.Single(await world.MessagesAsync("acme"));

        Assert.Equal((OutreachState.Failed, Ann), (message.State, message.To));
        Assert.False(await IsSuppressedAsync(world));
    }

    [Theory]
    [InlineData(DeliveryEvent.Bounced)]
    [InlineData(DeliveryEvent.SpamReport)]
    [InlineData(DeliveryEvent.Unsubscribed)]
    [InlineData(DeliveryEvent.TopicUnsubscribed)]
    public async Task What_a_provider_tells_of_it_suppresses_nobody(DeliveryEvent kind)
    {
        var world = await GivenAsync(_ => new SendOutcome(SendStatus.Accepted));
        var message = Assert.Single(await world.MessagesAsync("acme"));
        Assert.Equal(Me, Assert.Single(world.Mail.Left, sent => sent.Mail.Id == message.Id).To);
        var told = new DeliveryReport(message.Id, kind, world.Clock.GetUtcNow(), null, Me);

        await world.Get<DeliveryReports>().ApplyAsync([told], Cancel);
        Assert.False(await IsSuppressedAsync(world));

        await world.Get<DeliveryReports>().ApplyAsync([told with { Email = "ANN@customer.example" }], Cancel);
        Assert.True(await IsSuppressedAsync(world));
    }

    private static async Task<SignalsWorld> GivenAsync(Func<EmailMessage, SendOutcome> answers)
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups.WithSetUp());
        await world.RestartAsync(with: services => services.AddSingleton(SandboxRecipient.Parse(Me)!));
        world.Mail.Answers = answers;
        world.Given("ann").HasEmail(Ann).Joins("acme").On(0).Tracks("Import Failed").Times(3).On(0);
        await world.AdvanceToAsync(2);
        return world;
    }

    private static async Task<bool> IsSuppressedAsync(SignalsWorld world)
    {
        var state = await world.Get<Recipients>().GetAsync(world.Get<RecipientKey>().Of(Ann), Cancel);
        return state.IsSuppressed(CauseIds.OnboardingStalled);
    }
}
