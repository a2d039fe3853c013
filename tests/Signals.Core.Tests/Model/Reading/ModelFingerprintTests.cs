using Signals.Testing.World;

namespace Signals.Core.Tests.Model.Reading;

public sealed class ModelFingerprintTests
{
    private const string Written = """
        { "product": "Nimbus", "value": { "unit": "minutes", "from": [{ "event": "Watched", "amount": 3 }] }, "plans": { "a": { "price": 1 } } }
        """;

    [Theory]
    [InlineData("""{"plans":{"a":{"price":1}},"value":{"from":[{"amount":3,"event":"Watched"}],"unit":"minutes"},"product":"Nimbus"}""")]
    [InlineData(
        """
            // a comment
            { "product": "Nimbus", "value": { "unit": "minutes", "from": [{ "event": "\u0057atched", "amount": 3.0 }], }, "plans": { "a": { "price": 1e0 } } }
            """
    )]
    public void Another_layout_has_the_same_fingerprint(string sameMeaning) =>
        Assert.Equal(ModelFile.Read(Written).Model!.Fingerprint, ModelFile.Read(sameMeaning).Model!.Fingerprint);

    [Theory]
    [InlineData("\"Nimbus\"", "\"Cumulus\"")]
    [InlineData("\"amount\": 3", "\"amount\": 4")]
    [InlineData("\"price\": 1", "\"price\": 1, \"seats\": 2")]
    public void Another_meaning_has_another_fingerprint(string before, string after) =>
        Assert.NotEqual(ModelFile.Read(Written).Model!.Fingerprint, ModelFile.Read(Written.Replace(before, after)).Model!.Fingerprint);

    [Fact]
    public void A_fingerprint_is_32_hex_digits() => Assert.Matches("^[0-9a-f]{32}$", ModelFile.Read(Written).Model!.Fingerprint);
}
