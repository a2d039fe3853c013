using Signals.Web.Dashboard;

namespace Signals.Web.Tests.Dashboard;

public sealed class ReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-0.0, "0", "0")]
    [InlineData(-0.04, "0", "0")]
    [InlineData(0.25, "0.3", "0,3")]
    [InlineData(-7.25, "-7.3", "-7,3")]
    [InlineData(99.96, "100", "100")]
    [InlineData(1234.6, "1,235", "1\u202f235")]
    public void Amounts_read_as_either_language_writes_them_and_nought_has_no_sign(double amount, string english, string french)
    {
        Assert.Equal(english, Of("en").Amount(amount));
        Assert.Equal(french, Of("fr").Amount(amount));
    }

    private static Reader Of(string language) =>
        new()
        {
            Language = language,
            Zone = TimeZoneInfo.Utc,
            Currency = "USD",
            Now = Now,
        };
}
