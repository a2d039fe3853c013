using System.Globalization;
using Signals.Core.Daily.Digests;
using Signals.Core.Platform.Time;

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
        var day = DigestDay.Latest(Moment(now), WorkCalendar.Of(TimeZoneInfo.FindSystemTimeZoneById(zone)));

        Assert.Equal((Moment(at), Moment(since)), (day.At, day.Since));
    }

    [Fact]
    public void Mondays_are_the_first_of_their_week()
    {
        Assert.True(DigestDay.Latest(Moment("2025-03-03T12:00:00Z"), WorkCalendar.Of(TimeZoneInfo.Utc)).IsFirstOfWeek);
        Assert.False(DigestDay.Latest(Moment("2025-03-04T12:00:00Z"), WorkCalendar.Of(TimeZoneInfo.Utc)).IsFirstOfWeek);
    }

    /// <summary>Monday, 3 March 2025 is a holiday there, and Friday, 7 March.</summary>
    [Theory]
    [InlineData("2025-03-03T12:00:00Z", "2025-02-28", false)] // The holiday has no morning: Friday's is the latest.
    [InlineData("2025-03-04T12:00:00Z", "2025-03-04", true)] // Tuesday is the week's first.
    [InlineData("2025-03-05T12:00:00Z", "2025-03-05", false)]
    [InlineData("2025-03-09T12:00:00Z", "2025-03-06", false)]
    public void A_holiday_has_no_morning(string now, string day, bool first)
    {
        var latest = DigestDay.Latest(Moment(now), Resting);

        Assert.Equal((DateOnly.Parse(day, CultureInfo.InvariantCulture), first), (Days.Date(latest.Day), latest.IsFirstOfWeek));
    }

    [Fact]
    public void A_weeks_report_waits_for_its_first_working_day()
    {
        var week = DigestDay.LatestWeek(Moment("2025-03-04T12:00:00Z"), Resting);

        Assert.Equal((new DateOnly(2025, 3, 3), Moment("2025-03-04T07:00:00Z")), (Days.Date(week.Day), week.At));
        Assert.Equal(new DateOnly(2025, 2, 24), Days.Date(DigestDay.LatestWeek(Moment("2025-03-03T12:00:00Z"), Resting).Day));
    }

    private static WorkCalendar Resting => new(TimeZoneInfo.Utc, "XX", new TwoHolidays());

    private sealed class TwoHolidays : IPublicHolidays
    {
        public IReadOnlyCollection<string> Countries => ["XX"];

        public bool IsHoliday(string country, DateOnly day) => day.Year == 2025 && day is { Month: 3, Day: 3 or 7 };
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
