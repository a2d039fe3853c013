using System.Globalization;
using Signals.Core.Daily.Digests;

namespace Signals.Core.Tests.Daily.Digests;

public sealed class DigestDayTests
{
    [Theory]
    [InlineData("Europe/Paris", "2025-03-04T06:30:00Z", "2025-03-04T06:00:00Z", "2025-03-03T06:00:00Z")] // 07:30 on a Tuesday
    [InlineData("Europe/Paris", "2025-03-04T05:30:00Z", "2025-03-03T06:00:00Z", "2025-02-28T06:00:00Z")] // 06:30: Monday's is the latest
    [InlineData("Europe/Paris", "2025-03-09T20:00:00Z", "2025-03-07T06:00:00Z", "2025-03-06T06:00:00Z")] // Sunday: Friday's
    [InlineData("Europe/Paris", "2025-03-31T05:30:00Z", "2025-03-31T05:00:00Z", "2025-03-28T06:00:00Z")] // summer time came on Sunday
    [InlineData("Pacific/Auckland", "2025-03-03T18:30:00Z", "2025-03-03T18:00:00Z", "2025-03-02T18:00:00Z")] // Tuesday there
    public void It_is_due_on_weekdays_at_seven_of_the_models_zone(string zone, string now, string at, string since)
    {
        var day = DigestDay.Latest(Moment(now), TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal((Moment(at), Moment(since)), (day.At, day.Since));
    }

    [Fact]
    public void Mondays_are_the_first_of_their_week()
    {
        Assert.True(DigestDay.Latest(Moment("2025-03-03T12:00:00Z"), TimeZoneInfo.Utc).IsFirstOfWeek);
        Assert.False(DigestDay.Latest(Moment("2025-03-04T12:00:00Z"), TimeZoneInfo.Utc).IsFirstOfWeek);
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
