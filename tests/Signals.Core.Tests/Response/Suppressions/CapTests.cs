using Signals.Core.Model;
using Signals.Core.Response.Delivery;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Identity;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Suppressions;

/// <summary>Caps keep people from too many mails: what reached nobody takes no place in them, however that came to be known.</summary>
public sealed class CapTests
{
    private static readonly ValueModel Model = StoryModels.OfGroups.WithSetUp() with
    {
        Outreach = StoryModels.OfGroups.Outreach with { PerAccount = new SendCap(1, 7) },
    };

    [Theory]
    [InlineData(SendStatus.Refused, OutreachState.Failed)]
    [InlineData(SendStatus.NoSuchRecipient, OutreachState.Bounced)]
    public async Task What_the_server_turns_away_leaves_the_accounts_place_to_a_colleague(SendStatus answer, OutreachState state)
    {
        var world = await WorldAsync();
        world.Mail.Answers = mail => new SendOutcome(
            mail.To.Address.StartsWith("ann", StringComparison.Ordinal) ? answer : SendStatus.Accepted
        );

        await world.AdvanceToAsync(day: 8);
        world.Given("bob").Tracks("Profile Opened").On(9);
        await world.AdvanceToAsync(day: 12);

        Assert.Contains(await world.MessagesAsync("acme"), record => record.To == "ann@example.com" && record.State == state);
        Assert.Contains("bob@example.com", world.Mail.Left.Select(mail => mail.To));
    }

    [Theory]
    [InlineData(DeliveryEvent.Bounced, false)]
    [InlineData(DeliveryEvent.Blocked, false)]
    [InlineData(DeliveryEvent.Dropped, false)]
    [InlineData(DeliveryEvent.DroppedAsUnsubscribed, false)]
    [InlineData(DeliveryEvent.Delivered, true)]
    [InlineData(DeliveryEvent.SpamReport, true)]
    public async Task What_a_provider_reports_later_counts_alike(DeliveryEvent what, bool takesPlace)
    {
        var world = await WorldAsync();
        await world.AdvanceToAsync(day: 8);
        var sent = (await world.MessagesAsync("acme")).First(record => record.State == OutreachState.Sent);

        await world
            .Get<DeliveryReports>()
            .ApplyAsync([new DeliveryReport(sent.Id, what, world.At(9), "a reason")], TestContext.Current.CancellationToken);

        Assert.Equal(takesPlace, await TakesPlaceAsync(world, world.RecipientKey.Of(sent.To), sent.Id));
        Assert.Equal(takesPlace, await TakesPlaceAsync(world, world.RecipientKey.OfAccount(AccountKey.Group("acme")), sent.Id));
    }

    private static async Task<SignalsWorld> WorldAsync()
    {
        var world = await SignalsWorld.WithAsync(Model);
        foreach (string person in (string[])["ann", "bob"])
            world.Given(person).HasEmail().Joins("acme").On(0).Tracks("Profile Opened").On(person == "ann" ? 0 : 7);
        return world;
    }

    private static async Task<bool> TakesPlaceAsync(SignalsWorld world, string key, string outreachId) =>
        (await world.Get<Recipients>().GetAsync(key, TestContext.Current.CancellationToken)).Sends.Any(send =>
            send.OutreachId == outreachId
        );
}
