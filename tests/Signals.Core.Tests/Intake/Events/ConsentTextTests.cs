using Signals.Core.Intake.Events;

namespace Signals.Core.Tests.Intake.Events;

public sealed class ConsentTextTests
{
    [Theory]
    [InlineData("""{"categoryPreferences":{"Marketing":false,"Analytics":true}}""", false)]
    [InlineData("""{"categoryPreferences":{"marketing":true}}""", true)]
    [InlineData("""{"categoryPreferences":{"marketing":"denied"},"version":2}""", false)]
    [InlineData("""{"categoryPreferences":{"Analytics":false}}""", null)]
    [InlineData("""{"categoryPreferences":{"marketing":null,"x":[1]}}""", null)]
    [InlineData("""{"categoryPreferences":[]}""", null)]
    [InlineData("""{"other":{"marketing":false}}""", null)]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    [InlineData("true", null)]
    public void What_the_consent_says_of_a_category_is_kept(string consent, bool? expected)
    {
        var usage = Wire.Accepted(
            $$"""{ "type": "track", "userId": "u1", "event": "E", "context": { "consent": {{consent}}, "locale": "fr" } }"""
        );

        Assert.Equal(expected, usage.Consent is { } text ? ConsentText.Find(text, "Marketing") : null);
        Assert.Equal("fr", usage.Locale);
    }

    [Fact]
    public void Very_many_categories_are_bounded()
    {
        string many = string.Join(',', Enumerable.Range(0, 1_000).Select(i => $"\"c{i}\":false"));
        var usage = Wire.Accepted(
            $$"""{ "type": "track", "userId": "u1", "event": "E", "context": { "consent": { "categoryPreferences": { {{many}} } } } }"""
        );

        Assert.InRange(usage.Consent!.Length, 1, 500);
    }
}
