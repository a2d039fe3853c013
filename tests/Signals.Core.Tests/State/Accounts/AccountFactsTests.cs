using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.State.Accounts;

/// <summary>What an account is called.</summary>
public sealed class AccountFactsTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Ann Lee", "ann@customer.example", "Ann Lee", "Ann Lee")]
    [InlineData(null, "ann@customer.example", "ann@customer.example", "")]
    [InlineData(null, null, "7f3c", "")]
    public void A_persons_own_account_is_called_by_their_name_or_address_before_their_id(
        string? name,
        string? email,
        string called,
        string told
    )
    {
        var facts = FactsOf(new AccountState(AccountKey.Own(new PersonKey("u_7f3c")), "7f3c"), name, email);

        Assert.Equal((called, told), (facts.Name, facts.ToldName));
    }

    [Fact]
    public void A_groups_address_is_not_its_name()
    {
        var facts = FactsOf(new AccountState(AccountKey.Group("acme"), "acme"), null, "office@acme.example");

        Assert.Equal(("acme", ""), (facts.Name, facts.ToldName));
    }

    private static AccountFacts FactsOf(AccountState account, string? name, string? email)
    {
        account.Profile.Set(Traits.Name, name, At, 1);
        account.Profile.Set(Traits.Email, email, At, 2);
        return AccountFacts.Of(account, StoryModels.OfPeople);
    }
}
