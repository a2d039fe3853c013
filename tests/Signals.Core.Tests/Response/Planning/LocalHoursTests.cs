using Signals.Core.Model;
using Signals.Core.Response.Planning;

namespace Signals.Core.Tests.Response.Planning;

public sealed class LocalHoursTests
{
    [Theory]
    // Ordinary nights: from eight in the evening to eight in the morning.
    [InlineData("Europe/Paris", "20:00", "08:00", "2025-05-12T10:00Z", "2025-05-12T10:00Z")]
    [InlineData("Europe/Paris", "20:00", "08:00", "2025-05-12T18:00Z", "2025-05-13T06:00Z")]
    [InlineData("Europe/Paris", "20:00", "08:00", "2025-05-12T17:59:59Z", "2025-05-12T17:59:59Z")]
    [InlineData("Europe/Paris", "20:00", "08:00", "2025-05-13T05:59:59Z", "2025-05-13T06:00Z")]
    [InlineData("Europe/Paris", "20:00", "08:00", "2025-05-13T06:00Z", "2025-05-13T06:00Z")]
    // The night in which the clock goes forward, and the one in which it goes back.
    [InlineData("Europe/Paris", "20:00", "08:00", "2025-03-29T22:00Z", "2025-03-30T06:00Z")]
    [InlineData("Europe/Paris", "20:00", "08:00", "2025-10-25T22:00Z", "2025-10-26T07:00Z")]
    // An end that does not exist that night (02:30 becomes 03:00).
    [InlineData("Europe/Paris", "20:00", "02:30", "2025-03-29T22:00Z", "2025-03-30T01:00Z")]
    // An end that comes twice: the first one for those who wait for it, the second for those in between.
    [InlineData("Europe/Paris", "20:00", "02:30", "2025-10-25T22:00Z", "2025-10-26T00:30Z")]
    [InlineData("Europe/Paris", "20:00", "02:30", "2025-10-26T01:10Z", "2025-10-26T01:30Z")]
    // Half-hour zones, and quiet hours within a day.
    [InlineData("Asia/Kolkata", "20:00", "08:00", "2025-05-12T15:00Z", "2025-05-13T02:30Z")]
    [InlineData("UTC", "12:00", "14:00", "2025-05-12T13:00Z", "2025-05-12T14:00Z")]
    [InlineData("UTC", "12:00", "14:00", "2025-05-12T15:00Z", "2025-05-12T15:00Z")]
    [InlineData("UTC", "08:00", "08:00", "2025-05-12T03:00Z", "2025-05-12T03:00Z")]
    public void The_next_moment_outside_the_quiet_hours(string zone, string from, string to, string now, string allowed)
    {
        var quiet = new QuietHours(TimeOnly.Parse(from), TimeOnly.Parse(to));
        Assert.Equal(
            DateTimeOffset.Parse(allowed),
            LocalHours.NextAllowed(DateTimeOffset.Parse(now), quiet, weekends: true, TimeZoneInfo.FindSystemTimeZoneById(zone))
        );
    }

    [Theory]
    // Friday evening, Saturday noon and Sunday night lead to Monday morning there; Monday noon is fine.
    [InlineData("Europe/Paris", "2025-05-16T19:00Z", "2025-05-19T06:00Z")]
    [InlineData("Europe/Paris", "2025-05-17T10:00Z", "2025-05-19T06:00Z")]
    [InlineData("Europe/Paris", "2025-05-18T21:59Z", "2025-05-19T06:00Z")]
    [InlineData("Europe/Paris", "2025-05-19T10:00Z", "2025-05-19T10:00Z")]
    // It is Friday still in Los Angeles, and Monday already in Tokyo.
    [InlineData("America/Los_Angeles", "2025-05-17T01:00Z", "2025-05-17T01:00Z")]
    [InlineData("Asia/Tokyo", "2025-05-18T23:30Z", "2025-05-18T23:30Z")]
    // The clock goes forward, and back, on the Sunday in between.
    [InlineData("Europe/Paris", "2025-03-29T10:00Z", "2025-03-31T06:00Z")]
    [InlineData("Europe/Paris", "2025-10-25T10:00Z", "2025-10-27T07:00Z")]
    public void A_weekend_is_waited_out(string zone, string now, string allowed)
    {
        var quiet = new QuietHours(new TimeOnly(20, 0), new TimeOnly(8, 0));
        Assert.Equal(
            DateTimeOffset.Parse(allowed),
            LocalHours.NextAllowed(DateTimeOffset.Parse(now), quiet, weekends: false, TimeZoneInfo.FindSystemTimeZoneById(zone))
        );
    }

    [Fact]
    public void Without_quiet_hours_Monday_begins_at_midnight() =>
        Assert.Equal(
            DateTimeOffset.Parse("2025-05-18T22:00Z"),
            LocalHours.NextAllowed(
                DateTimeOffset.Parse("2025-05-17T10:00Z"),
                null,
                weekends: false,
                TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")
            )
        );

    [Theory]
    [InlineData("Europe/Paris", "20:00", "08:00", true)]
    [InlineData("Europe/Paris", "20:00", "08:00", false)]
    [InlineData("Europe/Paris", "20:00", "02:30", true)]
    [InlineData("America/New_York", "22:00", "01:30", false)]
    [InlineData("Australia/Lord_Howe", "21:00", "02:15", true)]
    public void Every_quarter_of_an_hour_of_a_year_leads_forward_and_out_of_the_quiet(string zoneId, string from, string to, bool weekends)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var quiet = new QuietHours(TimeOnly.Parse(from), TimeOnly.Parse(to));
        var start = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var now = start; now < start.AddYears(1); now = now.AddMinutes(15))
        {
            var allowed = LocalHours.NextAllowed(now, quiet, weekends, zone);
            Assert.True(allowed >= now, $"{now:O} leads back to {allowed:O}");
            var local = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(allowed, zone).DateTime);
            Assert.True(
                weekends || TimeZoneInfo.ConvertTime(allowed, zone).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
                $"{now:O} leads to a weekend"
            );
            Assert.True(local < quiet.From && local >= quiet.To, $"{now:O} leads to {local} local time");
        }
    }
}
