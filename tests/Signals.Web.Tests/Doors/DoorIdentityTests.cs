using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.PersonFiles;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Doors;

/// <summary>Whose an event is that knows an address, or the service's own id of a customer, and nothing else.</summary>
public sealed class DoorIdentityTests : DoorHost
{
    [Fact]
    public async Task An_address_leads_to_the_user_whom_the_product_calls_by_it_whichever_comes_first()
    {
        await PostAsync("stripe", "customer-without-metadata", "invoice-payment-failed");
        await Host.SettleAsync();
        await GivenAnnAsync();

        Assert.Equal(1, (await AccountAsync()).History.Total("Payment Failed")?.Count);

        await PostAsync("stripe", "invoice-paid");
        await Host.SettleAsync();
        Assert.Equal(1, (await AccountAsync()).History.Total("Payment Succeeded")?.Count);
    }

    [Fact]
    public async Task An_id_in_metadata_says_whose_a_customer_is_and_later_posts_that_know_nothing_else_are_theirs()
    {
        await PostAsync("stripe", "invoice-payment-failed");
        await Host.FoldAsync();
        Assert.Null(await FindAsync(AccountKey.Group("acme")));

        await PostAsync("stripe", "customer-created");
        await Host.FoldAsync();

        Assert.Equal(1, (await AccountAsync()).History.Total("Payment Failed")?.Count);
    }

    [Fact]
    public async Task A_customer_known_by_an_address_first_is_the_accounts_once_that_is_said()
    {
        await GivenAnnAsync();
        await PostAsync("stripe", "customer-without-metadata");
        await Host.FoldAsync();
        string body = Payload("stripe/customer-created").Replace("acme\"", "other\"", StringComparison.Ordinal);
        await SendAsync("stripe", body);
        await Host.FoldAsync();

        await PostAsync("stripe", "invoice-payment-failed");
        await Host.FoldAsync();

        Assert.Equal(1, (await AccountAsync("other")).History.Total("Payment Failed")?.Count);
        Assert.Null((await AccountAsync()).History.Total("Payment Failed"));
    }

    [Fact]
    public async Task An_account_that_was_said_is_not_taken_back_by_an_address()
    {
        await GivenAnnAsync();
        string body = Payload("stripe/customer-created").Replace("acme\"", "other\"", StringComparison.Ordinal);
        await SendAsync("stripe", body);
        await Host.FoldAsync();

        await PostAsync("stripe", "customer-without-metadata", "invoice-payment-failed");
        await Host.FoldAsync();

        Assert.Equal(1, (await AccountAsync("other")).History.Total("Payment Failed")?.Count);
        Assert.Null((await AccountAsync()).History.Total("Payment Failed"));
    }

    [Fact]
    public async Task A_browser_says_of_nobody_that_an_address_or_a_customer_is_theirs()
    {
        await PostAsync("stripe", "customer-without-metadata", "invoice-payment-failed");
        await Host.FoldAsync();

        await Host.SendAsync(
            SignalsHost.BrowserKey,
            [
                new
                {
                    type = "identify",
                    userId = "mallory",
                    anonymousId = "door:stripe:cus_1",
                    traits = new { email = "ann@acme.example" },
                },
                SignalsHost.Account("mallory", "evil", new { }),
                new
                {
                    type = "alias",
                    userId = "mallory",
                    previousId = "mailto:ann@acme.example",
                    anonymousId = "mailto:ann@acme.example",
                },
            ]
        );
        await Host.SettleAsync();
        await GivenAnnAsync();

        Assert.Equal(1, (await AccountAsync()).History.Total("Payment Failed")?.Count);
        Assert.Null((await AccountAsync("evil")).History.Total("Payment Failed"));
    }

    [Fact]
    public async Task Whom_services_told_of_is_found_and_forgotten_by_the_address()
    {
        await PostAsync("delighted", "created");
        await Host.FoldAsync();
        var finder = Host.Services.GetRequiredService<PersonFinder>();

        var found = Assert.Single(await finder.FindAsync("Ann@ACME.example", TestContext.Current.CancellationToken));
        Assert.Equal(PersonKey.Anonymous("mailto:ann@acme.example"), found.Key);

        using (var erased = await Host.Client.DeleteAsync("/api/people/ann%40acme.example", TestContext.Current.CancellationToken))
            Assert.True(erased.IsSuccessStatusCode);
        Host.Clock.Advance(TimeSpan.FromMinutes(20));
        await Host.WorkAsync();
        await PostAsync("delighted", "updated");
        await Host.FoldAsync();

        Assert.Empty((await FindAsync(new AccountKey(found.Key.Value)))?.Feedback.Answers ?? []);
    }

    private async Task<AccountState?> FindAsync(AccountKey account) =>
        await new AccountRows(Host.Store).GetAccountAsync(account, TestContext.Current.CancellationToken);
}
