using Signals.Core.Intake.Events;

namespace Signals.Core.Tests.Intake.Events;

public sealed class TraitTimeTests
{
    [Theory]
    [InlineData("2026-12-20", "2026-12-20T00:00:00Z")]
    [InlineData(" 2026-12-20 ", "2026-12-20T00:00:00Z")]
    [InlineData("20261220", "2026-12-20T00:00:00Z")]
    [InlineData("2026/12/20", "2026-12-20T00:00:00Z")]
    [InlineData("2026-12-20T08:30:00+02:00", "2026-12-20T06:30:00Z")]
    [InlineData("2026-12-20T08:30:00.123Z", "2026-12-20T08:30:00.123Z")]
    [InlineData("2026-12-20 08:30:00 UTC", "2026-12-20T08:30:00Z")]
    [InlineData("2026-12-20 08:30:00 +0000 UTC", "2026-12-20T08:30:00Z")]
    [InlineData("2026-12-20 08:30:00.5 +0100 CET m=+0.0001", "2026-12-20T07:30:00.5Z")]
    [InlineData("2026-12-20 08:30:00 -0800", "2026-12-20T16:30:00Z")]
    [InlineData("20/12/2026", "2026-12-20T00:00:00Z")]
    [InlineData("20.12.2026", "2026-12-20T00:00:00Z")]
    [InlineData("20-12-2026", "2026-12-20T00:00:00Z")]
    [InlineData("12/20/2026", "2026-12-20T00:00:00Z")]
    [InlineData("20/12/2026 08:30", "2026-12-20T08:30:00Z")]
    [InlineData("5/5/2026", "2026-05-05T00:00:00Z")]
    [InlineData("1797724800", "2026-12-20T00:00:00Z")]
    [InlineData("1797724800.0", "2026-12-20T00:00:00Z")]
    [InlineData("1797724800000", "2026-12-20T00:00:00Z")]
    [InlineData("1.7977248E12", "2026-12-20T00:00:00Z")]
    [InlineData("Dec 20, 2026", "2026-12-20T00:00:00Z")]
    [InlineData("Sun, 20 Dec 2026 08:30:00 GMT", "2026-12-20T08:30:00Z")]
    public void A_date_is_read_however_programs_write_it(string text, string expected) =>
        Assert.Equal(new TraitTime(DateTimeOffset.Parse(expected), true), TraitTime.Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01")]
    [InlineData("0001-01-01 00:00:00 +0000 UTC")]
    [InlineData("01/01/0001")]
    [InlineData("0000-00-00")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("1970-01-01T00:00:00.000Z")]
    [InlineData("1970-01-01")]
    [InlineData("19700101")]
    [InlineData("-62135596800")]
    [InlineData("1999-12-31")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("9999-12-31")]
    [InlineData("31/12/9999")]
    [InlineData("253402300799")]
    public void What_programs_write_for_no_date_is_clearly_none(string? text) =>
        Assert.Equal(new TraitTime(null, true), TraitTime.Read(text));

    [Theory]
    [InlineData("05/12/2026")]
    [InlineData("5/12/2026")]
    [InlineData("05.12.2026")]
    [InlineData("05-12-2026 08:30")]
    [InlineData("13/13/2026")]
    [InlineData("31/02/2026")]
    [InlineData("20/12/26")]
    [InlineData("2026-13-01")]
    [InlineData("true")]
    [InlineData("soon")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    [InlineData("12:30")]
    [InlineData("[object Object]")]
    public void What_cannot_be_read_or_be_read_in_two_ways_is_not_guessed_at(string text) =>
        Assert.Equal(new TraitTime(null, false), TraitTime.Read(text));

    [Fact]
    public void No_text_makes_it_throw()
    {
        const string Signs = "0123456789/.-: TZUTCm=+eEDecNaN";
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(0, 30)).Select(_ => Signs[random.Next(Signs.Length)])]);
            var read = TraitTime.Read(text);
            Assert.True(read.Moment is not { } moment || (moment >= TraitTime.Earliest && moment < TraitTime.Latest), text);
        }
    }
}
