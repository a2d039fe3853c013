using System.Globalization;
using Signals.Core.Platform.Time;

namespace Signals.Core.Tests.Platform.Time;

public sealed class WorkingTimeTests
{
    [Theory]
    [InlineData("UTC", "2025-03-03T10:00:00Z", 24, "2025-03-04T10:00:00Z")] // Monday
    [InlineData("UTC", "2025-03-07T10:00:00Z", 24, "2025-03-10T10:00:00Z")] // Friday: Monday
    [InlineData("UTC", "2025-03-07T10:00:00Z", 14, "2025-03-08T00:00:00Z")] // as the Friday ends
    [InlineData("UTC", "2025-03-08T10:00:00Z", 1, "2025-03-10T01:00:00Z")] // Saturday: from Monday on
    [InlineData("UTC", "2025-03-07T23:30:00Z", 0.5, "2025-03-08T00:00:00Z")]
    [InlineData("UTC", "2025-03-03T00:00:00Z", 240, "2025-03-15T00:00:00Z")] // two weeks of working days
    [InlineData("Europe/Paris", "2025-03-28T11:00:00Z", 24, "2025-03-31T10:00:00Z")] // noon to noon, over the change to summer time
    [InlineData("Pacific/Auckland", "2025-03-06T20:00:00Z", 24, "2025-03-09T20:00:00Z")] // Friday morning there, Monday morning there
    public void It_counts_hours_of_Monday_to_Friday(string zone, string from, double hours, string expected) =>
        Assert.Equal(Moment(expected), WorkingTime.After(Moment(from), hours, TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("UTC", "2025-03-03T10:00:00Z", "2025-03-03T12:30:00Z", 2.5)]
    [InlineData("UTC", "2025-03-07T10:00:00Z", "2025-03-10T10:00:00Z", 24)] // Friday to Monday
    [InlineData("UTC", "2025-03-08T10:00:00Z", "2025-03-09T10:00:00Z", 0)] // within a weekend
    [InlineData("UTC", "2025-03-03T00:00:00Z", "2025-03-15T00:00:00Z", 240)]
    [InlineData("UTC", "2025-03-04T10:00:00Z", "2025-03-03T10:00:00Z", 0)]
    [InlineData("Europe/Paris", "2025-03-28T11:00:00Z", "2025-03-31T10:00:00Z", 24)]
    public void The_hours_between_two_moments_are_those_of_Monday_to_Friday(string zone, string from, string to, double expected) =>
        Assert.Equal(expected, WorkingTime.HoursBetween(Moment(from), Moment(to), TimeZoneInfo.FindSystemTimeZoneById(zone)), 9);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
