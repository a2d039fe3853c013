using System.Text;
using Signals.Core.Intake.Events;

namespace Signals.Core.Tests.Intake.Events;

public sealed class EventTimeTests
{
    [Theory]
    [InlineData("2018-10-01T00:01:04Z", "2018-10-01T00:01:04.000Z")]
    [InlineData("2018-10-01T00:01:04.5Z", "2018-10-01T00:01:04.500Z")]
    [InlineData("2018-10-01T00:01:04.123456789Z", "2018-10-01T00:01:04.123Z")]
    [InlineData("2018-10-01T00:01:04,250Z", "2018-10-01T00:01:04.250Z")]
    [InlineData("2018-10-01T02:01:04+02:00", "2018-10-01T00:01:04.000Z")]
    [InlineData("2018-10-01T02:01:04+0200", "2018-10-01T00:01:04.000Z")]
    [InlineData("2018-09-30T21:31:04-02:30", "2018-10-01T00:01:04.000Z")]
    [InlineData("2018-10-01T02:01:04+02", "2018-10-01T00:01:04.000Z")]
    [InlineData("2018-10-01T00:01:04", "2018-10-01T00:01:04.000Z")]
    [InlineData("2018-10-01t00:01:04z", "2018-10-01T00:01:04.000Z")]
    [InlineData("2018-10-01 00:01:04", "2018-10-01T00:01:04.000Z")]
    [InlineData("2018-10-01 02:01:04 +0200", "2018-10-01T00:01:04.000Z")]
    [InlineData("2018-10-01 00:01:04 UTC", "2018-10-01T00:01:04.000Z")]
    [InlineData("2018-10-01T00:01Z", "2018-10-01T00:01:00.000Z")]
    [InlineData("20181001T000104Z", "2018-10-01T00:01:04.000Z")]
    [InlineData("2018-10-01", "2018-10-01T00:00:00.000Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z")]
    [InlineData("2018-09-30T24:00:00Z", "2018-10-01T00:00:00.000Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z")]
    [InlineData(" 2018-10-01T00:01:04Z ", "2018-10-01T00:01:04.000Z")]
    public void The_shapes_that_sdks_send_are_read(string text, string expected)
    {
        bool read = EventTime.TryParse(Encoding.UTF8.GetBytes(text), out long moment);

        Assert.True(read);
        Assert.Equal(DateTimeOffset.Parse(expected), DateTimeOffset.FromUnixTimeMilliseconds(moment));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2018-13-01T00:00:00Z")]
    [InlineData("2018-02-30T00:00:00Z")]
    [InlineData("2018-10-01T25:00:00Z")]
    [InlineData("2018-10-01T24:00:01Z")]
    [InlineData("2018-10-01T00:60:00Z")]
    [InlineData("2018-10-01T00:00:00+99:00")]
    [InlineData("2018-10-01T00:00:00.Z")]
    [InlineData("2018-10-01T00:00:00Zz")]
    [InlineData("2018-10-01T")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("Mon Oct 01 2018 00:01:04 GMT+0000")]
    [InlineData("+012018-10-01T00:00:00Z")]
    public void What_is_no_moment_is_refused(string text) => Assert.False(EventTime.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData(1538352064, "2018-10-01T00:01:04Z")]
    [InlineData(1538352064500, "2018-10-01T00:01:04.500Z")]
    [InlineData(1538352064.5, "2018-10-01T00:01:04.500Z")]
    public void Numbers_are_unix_seconds_or_milliseconds(double number, string expected)
    {
        Assert.True(EventTime.TryFromUnix(number, out long moment));
        Assert.Equal(DateTimeOffset.Parse(expected), DateTimeOffset.FromUnixTimeMilliseconds(moment));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void Numbers_beyond_the_calendar_are_refused(double number) => Assert.False(EventTime.TryFromUnix(number, out _));
}
