using System.Security.Cryptography;
using System.Text;
using Signals.Core.Model;
using Signals.Core.Response.Suppressions;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Suppressions;

public sealed class RecipientKeyTests
{
    private static readonly RecipientKey Key = new(new byte[32]);

    [Theory]
    [InlineData("ada@xn--bcher-kva.example", "Ada@Bücher.example")]
    [InlineData("ada@customer.example", "\"Ada\" <ADA@customer.example.>")]
    [InlineData("ada@customer.example", "mailto:ada@customer.example")]
    public void Every_spelling_has_one_key(string one, string other) => Assert.Equal(Key.Of(one), Key.Of(other));

    [Fact]
    public void An_address_in_plain_ASCII_has_the_key_it_always_had()
    {
        Assert.Equal(FormerKey("ada+news@customer.example"), Key.Of(" Ada+News@customer.example"));
        Assert.Empty(Key.FormerOf("ada+news@customer.example"));
    }

    [Fact]
    public void Other_spellings_know_the_keys_of_earlier_versions()
    {
        Assert.Equal([FormerKey("ada@bücher.example")], Key.FormerOf("ada@xn--bcher-kva.example"));
        Assert.Equal([FormerKey("ada@bücher.example")], Key.FormerOf("Ada@BÜCHER.example"));
        Assert.Equal([FormerKey("<ada@customer.example>")], Key.FormerOf("<Ada@customer.example>"));
    }

    [Theory]
    [InlineData("ann@bücher.example", null)]
    [InlineData("ann@bücher.example", CauseIds.OnboardingStalled)]
    [InlineData("ann@customer.example.", null)]
    public async Task Who_said_no_under_a_former_key_gets_no_mail(string written, string? topic)
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople.WithSetUp());
        world.Given("ann").HasEmail(written).Tracks("Import Failed").Times(2).On(0);
        world.Given("bob").HasEmail("bob@bücher.example").Tracks("Import Failed").Times(2).On(0);
        await world
            .Get<ISuppressions>()
            .UnsubscribeAsync(FormerKey(written), topic, "page:x", world.At(0), TestContext.Current.CancellationToken);

        await world.AdvanceToAsync(day: 5);

        Assert.Equal(
            ["bob@xn--bcher-kva.example"],
            world.Mail.Left.Select(mail => mail.To).Where(to => !to.StartsWith("cs@", StringComparison.Ordinal))
        );
        Assert.True(
            await world.Get<ISuppressions>().IsSuppressedAsync(world.RecipientKey.Of(written), topic, TestContext.Current.CancellationToken)
        );
    }

    /// <summary>As versions before one identity made it, with the key of <see cref="Key"/> and of the world.</summary>
    private static string FormerKey(string address) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(new byte[32], Encoding.UTF8.GetBytes(address)).AsSpan(0, RecipientKey.Bytes));
}
