using Signals.Core.Response.Planning;
using Signals.Core.State.People;

namespace Signals.Core.Tests.Response.Planning;

public sealed class GreetingNameTests
{
    [Theory]
    [InlineData("Ada", "Ada Lovelace", "Ada")]
    [InlineData(null, "Noah Reyes", "Noah")]
    [InlineData("test123", "Ada Lovelace", "Ada")]
    [InlineData(null, "Jean-François Noël", "Jean-François")]
    [InlineData(null, "Dr Ada Lovelace", "Dr Ada Lovelace")]
    [InlineData(null, "J. Hartley", "J. Hartley")]
    [InlineData(null, "J Hartley", "J Hartley")]
    [InlineData(null, "van Dyke", "van Dyke")]
    [InlineData(null, "李 小龍", "李 小龍")]
    [InlineData("  Anne \u00a0 Marie ", null, "Anne Marie")]
    [InlineData("N/A", "null", "")]
    [InlineData(null, null, "")]
    public void It_is_the_first_name_where_that_is_one(string? first, string? name, string expected)
    {
        var profile = new Profile();
        profile.Set(Traits.FirstName, first, DateTimeOffset.UnixEpoch, 1);
        profile.Set(Traits.Name, name, DateTimeOffset.UnixEpoch, 1);

        Assert.Equal(expected, GreetingName.Of(profile));
    }

    [Theory]
    [InlineData("hu-HU", "Kovács Anna", "Kovács Anna")]
    [InlineData("en-GB", "Anna Kovács", "Anna")]
    public void Where_families_come_first_the_name_stays_whole(string locale, string name, string expected)
    {
        var profile = new Profile();
        profile.Set(Traits.Name, name, DateTimeOffset.UnixEpoch, 1);
        profile.Set(Traits.Locale, locale, DateTimeOffset.UnixEpoch, 1);

        Assert.Equal(expected, GreetingName.Of(profile));
    }

    [Fact]
    public void Either_spelling_of_the_trait_will_do()
    {
        var profile = new Profile();
        profile.Set(Traits.FirstNameUnderscored, "Ada", DateTimeOffset.UnixEpoch, 1);

        Assert.Equal("Ada", GreetingName.Of(profile));
    }

    [Theory]
    [InlineData("Zoë O’Neill-Świątek")]
    [InlineData("J.R. Hartley")]
    [InlineData("李小龍")]
    [InlineData("محمد")]
    [InlineData("Jean-François")]
    public void Names_of_any_script_are_names(string name) => Assert.Equal(name, GreetingName.Checked(name));

    [Theory]
    [InlineData("ada@customer.example")]
    [InlineData("evil.example")]
    [InlineData("www.evil")]
    [InlineData("Claim your prize: click!")]
    [InlineData("user42")]
    [InlineData("UNKNOWN")]
    [InlineData("Prénom")]
    [InlineData("{{personEmail}}")]
    [InlineData("<script>")]
    [InlineData("Ada\u202eadA")]
    [InlineData("Ada\nBcc: eve")]
    [InlineData("-")]
    [InlineData("🙂")]
    [InlineData("A name that goes on and on and on and on and on and on and on and on")]
    public void Whatever_else_people_type_is_none(string name) =>
        Assert.Equal("", GreetingName.Checked(name.Replace("\n", " : ", StringComparison.Ordinal)));
}
