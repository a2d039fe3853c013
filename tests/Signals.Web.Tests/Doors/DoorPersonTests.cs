using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Doors;

/// <summary>Where everybody is an account, whoever pays is a user: by an id in metadata, or by an address.</summary>
public sealed class DoorPersonTests() : DoorHost("person")
{
    [Theory]
    [InlineData("customer-created", "acme")]
    [InlineData("customer-without-metadata", "ann")]
    public async Task A_payment_that_failed_is_the_users(string customer, string user)
    {
        await PostAsync("stripe", "invoice-payment-failed", customer);
        await Host.SettleAsync();
        await Host.SendAsync(SignalsHost.Person(user, new { email = "ann@acme.example" }));
        await PostAsync("stripe", "subscription-updated");
        await DaysLaterAsync(2);

        var account = await new AccountRows(Host.Store).GetAccountAsync(
            AccountKey.Own(PersonKey.User(user)),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(("pro", 100), (AccountFacts.Of(account!, Host.Model).Plan, AccountFacts.Of(account!, Host.Model).Price));
        var causes = (await Host.GetAsync($"/api/accounts/{user}")).GetProperty("causes").EnumerateArray();
        Assert.Contains("payment-failing", causes.Select(cause => cause.GetProperty("id").GetString()));
    }
}
