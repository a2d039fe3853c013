using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

/// <summary>
/// Alerts quote what customers wrote: whoever events name as CS manager hears of an account only if the model vouches for them.
/// </summary>
public sealed class AlertAddressTests
{
    private const string Boss = "boss@nimbus.example";

    [Theory]
    [InlineData("ann@nimbus.example", "ann@nimbus.example")]
    [InlineData("Ann@NIMBUS.example", "Ann@nimbus.example")]
    [InlineData("help@support.example", "help@support.example")]
    [InlineData("mallory@evil.example", Boss)]
    [InlineData("mallory@evil.nimbus.example", Boss)]
    [InlineData("mallory@nimbus.example.evil.example", Boss)]
    [InlineData("ann@nimbus.example,mallory@evil.example", Boss)]
    [InlineData("mallory@evil.example\n@nimbus.example", Boss)]
    [InlineData("nimbus.example", Boss)]
    [InlineData("Ann", Boss)]
    [InlineData(null, Boss)]
    public void Without_a_list_the_domains_of_the_teams_own_addresses_are_ours(string? csm, string hears) =>
        Assert.Equal([hears], Model(csms: null).AlertAddressesFor(csm));

    [Theory]
    [InlineData("ann@partner.example", "ann@partner.example")]
    [InlineData("ANN@partner.example", "ANN@partner.example")]
    [InlineData("bob@partner.example", Boss)]
    [InlineData("anybody@agency.example", "anybody@agency.example")]
    [InlineData("ann@nimbus.example", Boss)]
    public void With_a_list_it_alone_decides(string csm, string hears) =>
        Assert.Equal([hears], Model("ann@partner.example", "agency.example").AlertAddressesFor(csm));

    [Fact]
    public void An_empty_list_lets_nobody_but_the_team_hear() => Assert.Equal([Boss], Model().AlertAddressesFor("ann@nimbus.example"));

    [Theory]
    [InlineData("agency")]
    [InlineData("@agency.example")]
    [InlineData("*.agency.example")]
    [InlineData("ann@")]
    [InlineData("")]
    public void What_is_neither_an_address_nor_a_domain_is_refused(string entry) =>
        Assert.Equal(
            [
                $"alerts.csms[0]: found \"{entry}\", expected an e-mail address such as \"ann@nimbus.example\" or a domain such as \"nimbus.example\"",
            ],
            new ModelFile().With("alerts", $$"""{ "csms": ["{{entry}}"] }""").Errors()
        );

    private static ValueModel Model(params string[]? csms) =>
        new ModelFile()
            .With("outreach", """{ "from": { "email": "help@support.example" } }""")
            .With(
                "alerts",
                csms is null
                    ? $$"""{ "to": ["{{Boss}}"] }"""
                    : $$"""{ "to": ["{{Boss}}"], "csms": [{{string.Join(", ", csms.Select(csm => $"\"{csm}\""))}}] }"""
            )
            .ReadValid();
}
