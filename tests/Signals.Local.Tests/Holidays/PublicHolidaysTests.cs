using System.Globalization;
using Signals.Holidays;

namespace Signals.Local.Tests.Holidays;

public sealed class PublicHolidaysTests
{
    private static readonly PublicHolidays Holidays = new();

    [Theory]
    [InlineData("FR", "2026-07-14", true)]
    [InlineData("FR", "2026-11-11", true)]
    [InlineData("FR", "2026-11-12", false)]
    [InlineData("DE", "2026-10-03", true)]
    [InlineData("DE", "2026-07-14", false)]
    [InlineData("GB", "2026-12-28", true)] // Boxing Day falls on a Saturday: Monday makes up for it.
    [InlineData("US", "2026-11-26", true)]
    [InlineData("US", "2026-07-14", false)]
    [InlineData("XX", "2026-12-25", false)]
    public void A_country_rests_on_its_own_days(string country, string day, bool rests) =>
        Assert.Equal(rests, Holidays.IsHoliday(country, DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    /// <summary>A country that rests too often would get no digests; one that never rests is not known after all.</summary>
    [Fact]
    public void Every_country_that_is_named_rests_on_some_days_of_a_year_and_works_on_most() =>
        Assert.All(
            Holidays.Countries,
            country =>
                Assert.InRange(
                    Enumerable.Range(0, 365).Count(day => Holidays.IsHoliday(country, new DateOnly(2026, 1, 1).AddDays(day))),
                    4, // Switzerland as a whole: the cantons have more.
                    25
                )
        );
}
