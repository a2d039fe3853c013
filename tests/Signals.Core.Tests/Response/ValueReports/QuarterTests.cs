using Signals.Core.Response.ValueReports;

namespace Signals.Core.Tests.Response.ValueReports;

public sealed class QuarterTests
{
    [Theory]
    [InlineData("2026-06-20", "2020-01-01", "2026-Q2 2026-Q1 2025-Q4 2025-Q3")]
    [InlineData("2026-06-20", "2026-03-31", "2026-Q2 2026-Q1")]
    [InlineData("2026-06-20", "2026-04-01", "2026-Q2")]
    [InlineData("2026-04-01", "2026-02-01", "2026-Q1")]
    [InlineData("2026-04-02", "2026-02-01", "2026-Q2 2026-Q1")]
    [InlineData("2026-04-01", "2026-04-01", "")]
    public void A_quarter_can_be_told_of_while_its_days_are_kept_and_the_customer_was_there(string today, string first, string expected) =>
        Assert.Equal(expected, string.Join(' ', Quarter.ToTell(DateOnly.Parse(today).DayNumber, DateOnly.Parse(first).DayNumber)));
}
